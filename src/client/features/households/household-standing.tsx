import { saveErrorWords } from '#client/languages/error-words.ts';
import { areaWordsOf } from '#client/languages/place-words.ts';
import { useMessages } from '#client/languages/use-messages.ts';
import type { FieldStore } from '#client/store/field-store.ts';
import { doublesOf, doublesToMend, householdOf, mayKeepRegister } from '#client/store/household-in-hand.ts';
import { areaName } from '#client/store/my-hamlets.ts';
import { useOneSave } from '#client/store/use-one-save.ts';
import { useStore } from '#client/store/use-store.ts';
import { Button, ButtonLink } from '#client/ui/button.tsx';
import { formatDay } from '#client/ui/dates.ts';
import { List, Row } from '#client/ui/list.tsx';
import { Notice } from '#client/ui/notice.tsx';
import { paths } from '#client/ui/paths.ts';
import { useToast } from '#client/ui/toast.tsx';
import { reopenHousehold } from '#domain/close-household.ts';
import { likelyDoubles } from '#domain/likely-doubles.ts';
import { unmergeHousehold } from '#domain/merge-households.ts';
import { presentHousehold } from '#domain/merged-households.ts';
import { namedWhereTheyLeft } from '#domain/move-household.ts';
import { presentArea } from '#domain/permissions.ts';
import { emptyDoubles, isToAnswerItself, namedDoubles, saidNoOnDouble } from '#domain/record-consent.ts';
import type { RecordState } from '#domain/record.ts';
import { isOfBloc } from '#domain/role.ts';

type Household = RecordState<'household'>;

/** Said first, of a household that stands in no list: why, where it goes on, and how to undo it. Nothing of any other. */
export function HouseholdStanding({ household }: { readonly household: Household }) {
  if (household.fields.mergedInto !== undefined) return <Double household={household} />;
  return household.fields.closedReason === undefined ? null : <Closed household={household} />;
}

function Double({ household }: { readonly household: Household }) {
  const m = useMessages();
  const store = useStore();
  const showToast = useToast();
  const { save, isSaving, error } = useOneSave();
  const w = m.households.merging;
  const goesOn = householdOf(store, presentHousehold(household.recordId, store));
  const isKnown = goesOn !== undefined && goesOn.recordId !== household.recordId;
  const part = async () => {
    if (await save(unmergeHousehold(household, store.commandContext()))) showToast(w.undone);
  };
  return (
    <Notice tone="warn">
      <p>{isKnown ? w.mergedInto : w.goesOnElsewhere}</p>
      {isKnown ? (
        <List>
          <Row href={paths.household(goesOn.recordId)} title={m.words.household(goesOn.fields.headName, goesOn.fields.no)} detail={goesOn.fields.houseLabel} />
        </List>
      ) : null}
      {mayKeepRegister(store, household) ? (
        <>
          <p>{household.fields.contact === 'no' ? w.undoNameless : w.undoHint}</p>
          {error === undefined ? null : <p>{saveErrorWords(m, error)}</p>}
          <Button disabled={isSaving} onClick={() => void part()}>
            {w.undo}
          </Button>
        </>
      ) : null}
    </Notice>
  );
}

function Closed({ household }: { readonly household: Household }) {
  const m = useMessages();
  const store = useStore();
  const showToast = useToast();
  const { save, isSaving, error } = useOneSave();
  const { closing, moving } = m.households;
  const { closedOn = '', closedReason = 'mistake', closedTo } = household.fields;
  const isMoved = closedReason === 'moved_hamlet' && closedTo !== undefined;
  const there = isMoved ? likelyThere(household, store.searchHouseholds('', closedTo)) : [];
  const reopen = async () => {
    if (await save(reopenHousehold(household, store.commandContext()))) showToast(closing.undone);
  };
  // Who moved it is who may take it back: a team would have it in two hamlets.
  const mayReopen = mayKeepRegister(store, household) && (!isMoved || isOfBloc(store.account()));
  return (
    <Notice tone="warn">
      <p>{isMoved ? moving.movedTo(formatDay(closedOn), areaWordsOf(m, store, closedTo)) : closing.since(formatDay(closedOn), m.words.closingReasons[closedReason])}</p>
      {there.length === 0 ? null : (
        <List label={moving.there}>
          {there.map(({ recordId, fields }) => (
            <Row key={recordId} href={paths.household(recordId)} title={m.words.household(fields.headName, fields.no)} detail={fields.houseLabel} />
          ))}
        </List>
      )}
      {mayReopen ? (
        <>
          {isMoved ? <p>{moving.reopenHint}</p> : null}
          {error === undefined ? null : <p>{saveErrorWords(m, error)}</p>}
          <Button disabled={isSaving} onClick={() => void reopen()}>
            {closing.reopen}
          </Button>
        </>
      ) : null}
    </Notice>
  );
}

/** No record says which household of the new hamlet it is, for its team may not read the old one: the likeliest, by name or phone. */
function likelyThere({ fields }: Household, among: readonly Household[]): readonly Household[] {
  return likelyDoubles({ headName: fields.headName, phone: fields.phone }, among).slice(0, 2).map(({ household }) => household);
}

/** What is said of the one that goes on: which doubles it has, and that one of them said no. */
export function DoublesOf({ household }: { readonly household: Household }) {
  const m = useMessages();
  const store = useStore();
  const doubles = doublesOf(store, household.recordId);
  if (doubles.length === 0) return null;
  return (
    <List label={m.households.doubles}>
      {doubles.map(({ recordId, fields }) => (
        <Row key={recordId} href={paths.household(recordId)} title={m.words.household(fields.headName, fields.no)} detail={m.households.pastMarks.merged} />
      ))}
    </List>
  );
}

/** It declined: it is counted, not detailed. Where it only lost its name with another one's refusal, it is asked itself. */
export function Declined({ household }: { readonly household: Household }) {
  const m = useMessages();
  const store = useStore();
  if (household.fields.contact !== 'no') return null;
  if (!isToAnswerItself(household, store.childrenOf('consent', household.recordId))) return <Notice tone="calm">{m.households.declined}</Notice>;
  return <ToAsk household={household} words={m.households.answersItself} />;
}

function ToAsk({ household, words }: { readonly household: Household; readonly words: string }) {
  const m = useMessages();
  return (
    <Notice tone="warn">
      <p>{words}</p>
      <ButtonLink href={paths.consent(household.recordId)}>{m.households.askConsent}</ButtonLink>
    </Notice>
  );
}

/** It may have been asked under the other number, by somebody without a signal. Who agreed after that is not asked again. */
export function DoubleSaidNo({ household }: { readonly household: Household }) {
  const m = useMessages();
  const store = useStore();
  if (!saidNoOnDouble(household, doublesOf(store, household.recordId), store.childrenOf('consent', household.recordId))) return null;
  return <ToAsk household={household} words={m.households.doubleSaidNo} />;
}

/** It declined, and is named all the same: on a double on which it agreed since, or maybe where it lived before. */
export function NamedStill({ household }: { readonly household: Household }) {
  const m = useMessages();
  const store = useStore();
  const showToast = useToast();
  const { save, isSaving, error } = useOneSave();
  const doubles = namedDoubles(household, doublesToMend(store, household.recordId));
  const left = isOfBloc(store.account()) ? leftElsewhere(store, household) : [];
  const empty = async () => {
    if (await save(emptyDoubles(doubles, store.commandContext()))) showToast(m.households.doublesEmptied);
  };
  return (
    <>
      {doubles.length === 0 ? null : (
        <Notice tone="warn">
          <p>{m.households.doubleNamed(doubles.map(({ fields }) => fields.no).join(', '))}</p>
          {error === undefined ? null : <p>{saveErrorWords(m, error)}</p>}
          <div className="line">
            <ButtonLink href={paths.consent(household.recordId)}>{m.households.askConsent}</ButtonLink>
            <Button disabled={isSaving} onClick={() => void empty()}>
              {m.households.emptyDoubles}
            </Button>
          </div>
        </Notice>
      )}
      {left.length === 0 ? null : (
        <Notice tone="warn">
          <p>{m.households.namedWhereItLeft}</p>
          <List label={m.households.past(String(left.length))}>
            {left.map(({ recordId, areaId, fields }) => (
              <Row key={recordId} href={paths.consent(recordId)} title={m.words.household(fields.headName, fields.no)} detail={`${areaName(store, areaId)} · ${fields.houseLabel}`} />
            ))}
          </List>
        </Notice>
      )}
    </>
  );
}

function leftElsewhere(store: FieldStore, household: Household): readonly Household[] {
  const here = presentArea(household.areaId, store);
  const moved = store.all('household').filter(({ fields }) => fields.closedTo !== undefined && presentArea(fields.closedTo, store) === here);
  return namedWhereTheyLeft(household, moved, store.inHamlet('household', here));
}
