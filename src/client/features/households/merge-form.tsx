import { useState } from 'react';
import { useLocation } from 'wouter';
import { saveErrorWords } from '#client/languages/error-words.ts';
import { valueWords } from '#client/languages/record-words.ts';
import { useMessages } from '#client/languages/use-messages.ts';
import { householdOf } from '#client/store/household-in-hand.ts';
import { useOneSave } from '#client/store/use-one-save.ts';
import { useStore } from '#client/store/use-store.ts';
import { Button } from '#client/ui/button.tsx';
import { Choice } from '#client/ui/choice.tsx';
import { Confirm } from '#client/ui/confirm.tsx';
import { formatDay } from '#client/ui/dates.ts';
import { Facts } from '#client/ui/facts.tsx';
import { FormPage } from '#client/ui/form-page.tsx';
import { Notice } from '#client/ui/notice.tsx';
import { formatNumber } from '#client/ui/numbers.ts';
import { paths } from '#client/ui/paths.ts';
import { Section } from '#client/ui/section.tsx';
import { isDetailField } from '#domain/household.ts';
import { standingVisits } from '#domain/last-visit.ts';
import { differingFields, mayGoOn, mergeHouseholds, mergeableFields, takesBack, unmergeHousehold, usuallyTaken } from '#domain/merge-households.ts';
import type { MergeableField } from '#domain/merge-households.ts';
import type { RecordState } from '#domain/record.ts';
import { isOfBloc } from '#domain/role.ts';
import { useUndo } from './use-undo.ts';

type Household = RecordState<'household'>;

interface MergeFormProps {
  readonly household: Household;
  readonly other: Household;
  readonly onChooseOther: () => void;
}

/** Which of the two goes on, and which details hold where they differ: all chosen, nothing typed. */
export function MergeForm({ household, other, onChooseOther }: MergeFormProps) {
  const m = useMessages();
  const store = useStore();
  const showUndo = useUndo();
  const [, navigate] = useLocation();
  const w = m.households.merging;
  const visitsOf = (id: string) => standingVisits(store.childrenOf('visit', id)).length;
  const both = [household, other] as const;
  const mayKeep = both.filter((one, index) => mayGoOn(one, both[1 - index] as Household));
  const [keptId, setKeptId] = useState(() => usuallyKept(mayKeep, visitsOf).recordId);
  const kept = mayKeep.find(({ recordId }) => recordId === keptId) ?? mayKeep[0] ?? household;
  const double = kept.recordId === household.recordId ? other : household;
  /** What a person chose otherwise than is usual. */
  const [picks, setPicks] = useState<Readonly<Record<string, 'kept' | 'double'>>>({});
  const [isAsking, setIsAsking] = useState(false);
  const { save, isSaving, error } = useOneSave();

  const isBloc = isOfBloc(store.account());
  const usual = usuallyTaken(kept, double);
  const differing = differingFields(kept, double);
  const pickable = differing.filter((field) => field !== 'needs' || isBloc);
  const pickOf = (field: MergeableField) => picks[field] ?? (usual.includes(field) ? 'double' : 'kept');
  const wordsOf = ({ fields }: Household, field: MergeableField) =>
    valueWords(m, 'household', field, fields[field], { day: formatDay, amount: formatNumber, nameOf: () => undefined }) ?? w.nothing;
  const same = mergeableFields.filter((field) => !differing.includes(field) && !(kept.fields.contact === 'no' && isDetailField(field)) && kept.fields[field] !== undefined);

  const merge = async () => {
    const fromDouble = pickable.filter((field) => pickOf(field) === 'double');
    if (!(await save(mergeHouseholds(kept, double, fromDouble, store.commandContext())))) return;
    const after = householdOf(store, kept.recordId)?.fields ?? kept.fields;
    navigate(paths.household(kept.recordId), { replace: true });
    showUndo(
      w.done,
      (now) => {
        const [goesOn, gone] = [householdOf(now, kept.recordId), householdOf(now, double.recordId)];
        return goesOn === undefined || gone === undefined ? undefined : unmergeHousehold(gone, now.commandContext(), { now: goesOn, before: kept.fields, after });
      },
      w.undone,
    );
  };
  const isLost = takesBack(kept, double);

  return (
    <FormPage
      title={w.title}
      back={paths.household(household.recordId)}
      onSubmit={async () => {
        if (isLost) setIsAsking(true);
        else await merge();
      }}
      isSaving={isSaving}
      problems={[error && saveErrorWords(m, error)]}
      saveWords={w.save}
    >
      {mayKeep.length === 1 ? (
        <Notice tone="warn">
          <p>{w.declinedKept}</p>
          {isLost ? <p>{w.takesBack}</p> : null}
        </Notice>
      ) : null}
      <Choice
        label={w.keep}
        hint={w.keepHint}
        options={mayKeep.map(({ recordId, fields }) => ({
          value: recordId,
          label: `${m.words.household(fields.headName, fields.no)} · ${w.visitCount(visitsOf(recordId))}`,
        }))}
        value={kept.recordId}
        onChange={(id) => {
          setKeptId(id);
          // They were about the other way round.
          setPicks({});
        }}
      />
      {pickable.length === 0 ? null : (
        <Section title={w.pick}>
          {pickable.map((field) => (
            <Choice
              key={field}
              label={m.words.fields[field]}
              options={[
                { value: 'kept' as const, label: wordsOf(kept, field) },
                { value: 'double' as const, label: wordsOf(double, field) },
              ]}
              value={pickOf(field)}
              onChange={(pick) => setPicks((before) => ({ ...before, [field]: pick }))}
            />
          ))}
        </Section>
      )}
      {differing.includes('needs') && !isBloc ? <p className="quiet">{w.needsByBloc}</p> : null}
      {same.length === 0 ? null : (
        <Section title={w.same}>
          <Facts facts={same.map((field) => ({ name: m.words.fields[field] ?? field, words: wordsOf(kept, field) }))} />
        </Section>
      )}
      <div className="line">
        <Button onClick={onChooseOther}>{w.otherChoice}</Button>
      </div>
      {isAsking ? (
        <Confirm
          question={w.takesBackAsk}
          yes={w.save}
          onNo={() => setIsAsking(false)}
          onYes={() => {
            setIsAsking(false);
            void merge();
          }}
        />
      ) : null}
    </FormPage>
  );
}

/** The one that was visited more, else the one that was there first. */
function usuallyKept(households: readonly Household[], visitsOf: (householdId: string) => number): Household {
  const [first] = [...households].sort((a, b) => visitsOf(b.recordId) - visitsOf(a.recordId) || a.occurredAt.localeCompare(b.occurredAt) || a.fields.no - b.fields.no);
  if (first === undefined) throw new Error('none of the two may go on');
  return first;
}
