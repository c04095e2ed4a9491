import { useState } from 'react';
import { useLocation } from 'wouter';
import { saveErrorWords } from '#client/languages/error-words.ts';
import { useMessages } from '#client/languages/use-messages.ts';
import { useStore } from '#client/store/use-store.ts';
import { Button } from '#client/ui/button.tsx';
import { Choice } from '#client/ui/choice.tsx';
import { formatDay } from '#client/ui/dates.ts';
import { Empty } from '#client/ui/empty.tsx';
import { Notice } from '#client/ui/notice.tsx';
import { Page } from '#client/ui/page.tsx';
import { paths } from '#client/ui/paths.ts';
import { useToast } from '#client/ui/toast.tsx';
import { receiveSubjectRequest } from '#domain/ask-for-rights.ts';
import { dayOf } from '#domain/identifiers.ts';
import { dueOnOf, replyDueOnOf } from '#domain/legal-deadlines.ts';
import type { RecordState } from '#domain/record.ts';
import { isOfTeam } from '#domain/role.ts';
import { requestKinds, requestWays } from '#domain/subject-request.ts';
import type { RequestKind, RequestWay } from '#domain/subject-request.ts';
import { shippedHolidays } from '#domain/working-days.ts';
import { householdOf } from '#client/store/household-in-hand.ts';
import { useOneSave } from '#client/store/use-one-save.ts';

/** A household asks to see, correct or erase what is written about it: taken down where it says so, also without a signal. */
export function RequestForm({ id }: { readonly id: string }) {
  const m = useMessages();
  const household = householdOf(useStore(), id);
  if (household === undefined) {
    return (
      <Page title={m.subjectRights.requests.formTitle} back={paths.households()}>
        <Empty>{m.households.gone}</Empty>
      </Page>
    );
  }
  return <FormOfHousehold household={household} />;
}

function FormOfHousehold({ household }: { readonly household: RecordState<'household'> }) {
  const m = useMessages();
  const store = useStore();
  const showToast = useToast();
  const [, navigate] = useLocation();
  const r = m.subjectRights.requests;
  const [kind, setKind] = useState<RequestKind>('erase');
  const [way, setWay] = useState<RequestWay>(isOfTeam(store.account()) ? 'at_door' : 'office');
  const { save, isSaving, error } = useOneSave();
  const receivedOn = dayOf(store.commandContext().now);
  const back = paths.heldAbout(household.recordId);
  const open = store.all('subject_request').find(({ fields }) => fields.subjectId === household.recordId && fields.kind === kind && fields.closedAs === undefined);

  const submit = async () => {
    if (!(await save(receiveSubjectRequest(household, { kind, receivedOn, way }, store.commandContext())))) return;
    showToast(m.subjectRights.consent.saved);
    navigate(back, { replace: true });
  };

  return (
    <Page
      title={r.formTitle}
      heading={m.words.household(household.fields.headName, household.fields.no)}
      back={back}
      footer={
        <>
          {error === undefined ? null : <Notice tone="danger">{saveErrorWords(m, error)}</Notice>}
          <Button variant="primary" wide disabled={isSaving || open !== undefined} onClick={() => void submit()}>
            {isSaving ? m.ui.saving : r.take}
          </Button>
        </>
      }
    >
      <Choice label={r.asks} options={[...requestKinds].reverse().map((value) => ({ value, label: m.words.requestKinds[value] }))} value={kind} onChange={setKind} />
      <Notice tone={kind === 'erase' ? 'warn' : 'calm'}>{r.means[kind]}</Notice>
      <Choice label={m.subjectRights.consent.way} options={requestWays.map((value) => ({ value, label: m.words.requestWays[value] }))} value={way} onChange={setWay} />
      <p>{r.tellThem(formatDay(replyDueOnOf({ receivedOn }, shippedHolidays)), formatDay(dueOnOf({ kind, receivedOn })))}</p>
      {open === undefined ? null : <Notice tone="calm">{r.alreadyOpen(formatDay(open.fields.receivedOn))}</Notice>}
    </Page>
  );
}
