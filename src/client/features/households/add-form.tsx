import { useState } from 'react';
import type { ComponentType } from 'react';
import { useLocation } from 'wouter';
import { fieldErrorWords, saveErrorWords } from '#client/languages/error-words.ts';
import { useMessages } from '#client/languages/use-messages.ts';
import { hamletsToWriteIn } from '#client/store/household-in-hand.ts';
import { areaName } from '#client/store/my-hamlets.ts';
import { useDraftedForm } from '#client/store/use-form-save.ts';
import { useStore } from '#client/store/use-store.ts';
import { Select } from '#client/ui/choice.tsx';
import { Empty } from '#client/ui/empty.tsx';
import { Fold } from '#client/ui/fold.tsx';
import { FormPage } from '#client/ui/form-page.tsx';
import { Page } from '#client/ui/page.tsx';
import { paths } from '#client/ui/paths.ts';
import { ResumedNotice } from '#client/ui/resumed-notice.tsx';
import { tidyPhone } from '#client/ui/tidy-phone.ts';
import { useToast } from '#client/ui/toast.tsx';
import { addHousehold, nextNumber } from '#domain/add-household.ts';
import type { CommandError } from '#domain/command.ts';
import { consentWording } from '#domain/consent.ts';
import type { ConsentWay } from '#domain/consent.ts';
import { correctableOf } from '#domain/correct-household.ts';
import { dayOf } from '#domain/identifiers.ts';
import { likelyDoubles } from '#domain/likely-doubles.ts';
import { isOfBloc } from '#domain/role.ts';
import { HouseholdFields } from './household-fields.tsx';
import { answered, correctionOf } from './household-values.ts';
import type { ConsentAnswer, NewHouseholdValues, TypedField } from './household-values.ts';
import { LikelyDoubles } from './likely-doubles.tsx';
import { NeedsFields } from './needs-fields.tsx';

/** Asks a household for its consent: given by the page where the two meet. */
export type ConsentBlock = ComponentType<{
  readonly answer: ConsentAnswer | undefined;
  readonly way: ConsentWay;
  readonly onChange: (said: { readonly answer: ConsentAnswer | undefined; readonly way: ConsentWay }) => void;
}>;

interface AddFormProps {
  readonly draftId?: string | undefined;
  readonly Consent: ConsentBlock;
}

/** Writes a household into the register, and says meanwhile which one it may be already. */
export function AddForm({ draftId = 'new-household', Consent }: AddFormProps) {
  const m = useMessages();
  const hamlets = hamletsToWriteIn(useStore());
  if (hamlets.length === 0) {
    return (
      <Page title={m.households.form.newTitle} back={paths.households()}>
        <Empty>{m.app.otherRoleWork}</Empty>
      </Page>
    );
  }
  return <FormInHamlets key={draftId} draftId={draftId} hamlets={hamlets} Consent={Consent} />;
}

function FormInHamlets({ draftId, hamlets, Consent }: { readonly draftId: string; readonly hamlets: readonly string[]; readonly Consent: ConsentBlock }) {
  const m = useMessages();
  const store = useStore();
  const showToast = useToast();
  const [, navigate] = useLocation();
  const f = m.households.form;
  const { values, setValues, form, resumedAt, anotherId } = useDraftedForm<NewHouseholdValues>(store, { draftId, form: 'new_household' }, () => ({}));
  const [error, setError] = useState<CommandError | undefined>(undefined);
  const [isHamletMissing, setIsHamletMissing] = useState(false);

  const hamletId = hamlets.find((id) => id === values.hamletId) ?? (hamlets.length === 1 ? hamlets[0] : undefined);
  const there = hamletId === undefined ? [] : store.inHamlet('household', hamletId);
  const proposed = hamletId === undefined ? undefined : nextNumber(there);
  const consent = values.consent === 'given' || values.consent === 'refused' ? values.consent : undefined;
  const open = correctableOf({ contact: consent === 'refused' ? 'no' : 'yes' });
  const typed = correctionOf({ ...values, no: values.no ?? String(proposed ?? '') }, tidyPhone, () => '');
  // The double of a double is shown by the one that goes on.
  const doubles = likelyDoubles(consent === 'refused' ? { no: typed.no, houseLabel: typed.houseLabel } : typed, there.filter(({ fields }) => fields.mergedInto === undefined));

  const set = (fields: Partial<NewHouseholdValues>) => {
    setValues((before) => ({ ...before, ...fields }));
    if (error?.field !== undefined && (error.field in fields || error.field === 'sourceListId')) setError(undefined);
  };
  const shown = (field: TypedField) => values[field] ?? (field === 'no' && proposed !== undefined ? String(proposed) : '');

  const submit = async () => {
    setIsHamletMissing(hamletId === undefined);
    const context = form.context();
    const input = correctionOf({ ...values, no: shown('no') }, tidyPhone, context.newRandomId);
    const said = consent === undefined ? undefined : { decision: consent, way: values.consentWay ?? 'spoken', wording: consentWording, on: dayOf(context.now) };
    const added = hamletId === undefined ? undefined : addHousehold(hamletId, { ...input, consent: said }, context);
    setError(added === undefined || added.ok ? undefined : added.error);
    if (added === undefined || !added.ok) return;
    if (!(await form.save([added.value.entry]))) return;
    showToast(f.saved);
    navigate(paths.household(added.value.householdId), { replace: true });
  };

  return (
    <FormPage
      title={f.newTitle}
      back={paths.households()}
      actions={m.visits.draft[form.draft]}
      onSubmit={submit}
      isSaving={form.isSaving}
      problems={[form.error && saveErrorWords(m, form.error)]}
      above={<ResumedNotice savedAt={resumedAt} anotherHref={paths.newHousehold(`new-household-${anotherId}`)} />}
      aboveButton={<LikelyDoubles doubles={doubles} />}
    >
      {hamlets.length === 1 ? null : (
        <Select
          label={f.hamlet}
          placeholder={f.chooseHamlet}
          options={hamlets.map((value) => ({ value, label: areaName(store, value) }))}
          value={hamletId}
          onChange={(chosen) => {
            set({ hamletId: chosen });
            setIsHamletMissing(false);
          }}
          error={isHamletMissing ? f.hamletMissing : undefined}
        />
      )}
      <HouseholdFields
        shown={shown}
        onType={(field, value) => set({ [field]: value })}
        error={error}
        open={open}
        numberHint={proposed === undefined ? undefined : f.numberNext(proposed)}
      />
      {isOfBloc(store.account()) && open.includes('needs') ? (
        <NeedsFields needs={values.needs ?? []} list={values.list} onChange={set} error={error?.field === 'sourceListId' ? fieldErrorWords(m, error) : undefined} />
      ) : null}
      <div>
        <Fold label={f.askNow} detail={consent === undefined ? undefined : m.words.consentDecisions[consent]} isOpen={values.consent === undefined ? undefined : true}>
          <Consent answer={values.consent} way={values.consentWay ?? 'spoken'} onChange={({ answer, way }) => setValues((before) => answered(before, answer, way))} />
        </Fold>
        <p className="quiet">{f.consentLater}</p>
      </div>
    </FormPage>
  );
}
