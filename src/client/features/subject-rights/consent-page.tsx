import { useState } from 'react';
import { useLocation } from 'wouter';
import { fieldErrorWords, saveErrorWords } from '#client/languages/error-words.ts';
import { useMessages } from '#client/languages/use-messages.ts';
import { memberName } from '#client/store/my-hamlets.ts';
import { useStore } from '#client/store/use-store.ts';
import { Button } from '#client/ui/button.tsx';
import { Choice } from '#client/ui/choice.tsx';
import { formatDay } from '#client/ui/dates.ts';
import { Empty } from '#client/ui/empty.tsx';
import { TextField } from '#client/ui/field.tsx';
import { Fold } from '#client/ui/fold.tsx';
import { List, Row } from '#client/ui/list.tsx';
import { Mark } from '#client/ui/mark.tsx';
import { Notice } from '#client/ui/notice.tsx';
import { Page } from '#client/ui/page.tsx';
import { paths } from '#client/ui/paths.ts';
import { Section } from '#client/ui/section.tsx';
import { useToast } from '#client/ui/toast.tsx';
import { consentWays } from '#domain/consent.ts';
import type { ConsentDecision, ConsentWay } from '#domain/consent.ts';
import { isToAnswerItself, namedAmong } from '#domain/record-consent.ts';
import type { RecordState } from '#domain/record.ts';
import { ConsentQuestion } from './consent-question.tsx';
import { doublesOf, householdOf, mayChangeHousehold } from '#client/store/household-in-hand.ts';
import { useOneSave } from '#client/store/use-one-save.ts';
import { answerEntry } from './household-answer.ts';

/** What a household answered when it was asked, and its answer of today: given, taken back, or given again of its own accord. */
export function ConsentPage({ id }: { readonly id: string }) {
  const m = useMessages();
  const store = useStore();
  const household = householdOf(store, id);
  if (household === undefined) {
    return (
      <Page title={m.subjectRights.consent.title} back={paths.households()}>
        <Empty>{m.households.gone}</Empty>
      </Page>
    );
  }
  // Another answer is another question: what was half chosen for the last one is none for this.
  return <ConsentOfHousehold key={household.fields.contact} household={household} />;
}

function ConsentOfHousehold({ household }: { readonly household: RecordState<'household'> }) {
  const m = useMessages();
  const store = useStore();
  const showToast = useToast();
  const [, navigate] = useLocation();
  const c = m.subjectRights.consent;
  const { contact, headName, no } = household.fields;
  const back = paths.household(household.recordId);
  const consents = store.childrenOf('consent', household.recordId);
  const { save, isSaving, error } = useOneSave();

  const say = async (decision: ConsentDecision, way: ConsentWay, name?: string) => {
    if (!(await save(answerEntry(store, household, { decision, way, headName: name })))) return;
    showToast(c.saved);
    navigate(back, { replace: true });
  };
  const isAsked = contact === 'not_asked' || isToAnswerItself(household, consents);
  const doubles = namedAmong(doublesOf(store, household.recordId)).map(({ fields }) => fields.no);
  const wrongName = error?.code === 'refused' && error.rejection.field === 'headName' ? fieldErrorWords(m, error.rejection) : undefined;
  const asking = { onSay: say, isSaving, doubles, wrongName };

  return (
    <Page title={c.title} heading={m.words.household(headName, no)} back={back}>
      <div>
        <p className="quiet">{c.now}</p>
        <p>
          <strong>{m.words.householdContacts[isAsked ? 'not_asked' : contact]}</strong>
        </p>
      </div>
      {error === undefined || wrongName !== undefined ? null : <Notice tone="danger">{saveErrorWords(m, error)}</Notice>}
      {!mayChangeHousehold(store, household) ? null : contact === 'yes' ? <TakeBack {...asking} /> : isAsked ? <Ask {...asking} isNameless={contact === 'no'} /> : <AgreeAgain {...asking} />}
      <Section title={c.past}>
        {consents.length === 0 ? (
          <Empty>{c.neverAnswered}</Empty>
        ) : (
          <List label={c.past}>
            {consents.map((consent) => (
              <Row
                key={consent.recordId}
                href={paths.record(consent.recordId)}
                title={c.line(formatDay(consent.fields.on), m.words.consentDecisions[consent.fields.decision])}
                detail={c.lineDetail(m.words.consentWays[consent.fields.way], consent.fields.wording, memberName(store, consent.memberId) ?? m.subjectRights.held.formerMember)}
                mark={<Mark state={store.mark(consent).state} />}
              />
            ))}
          </List>
        )}
      </Section>
    </Page>
  );
}

interface AskingProps {
  readonly onSay: (decision: ConsentDecision, way: ConsentWay, headName?: string) => Promise<void>;
  readonly isSaving: boolean;
  /** The numbers of those that name it, and lose it with a refusal. */
  readonly doubles: readonly number[];
  /** What is wrong with the name that was given with a yes. */
  readonly wrongName: string | undefined;
}

/** `isNameless`: nothing is left of its name, which it gives with its yes. */
function Ask({ onSay, isSaving, doubles, wrongName, isNameless }: AskingProps & { readonly isNameless: boolean }) {
  const m = useMessages();
  const [headName, setHeadName] = useState('');
  const [said, setSaid] = useState<Parameters<Parameters<typeof ConsentQuestion>[0]['onChange']>[0]>({ answer: undefined, way: 'spoken' });
  const { answer, way } = said;
  return (
    <>
      <ConsentQuestion answer={answer} way={way} onChange={setSaid} doubles={doubles} />
      {answer === 'given' && isNameless ? <HeadName value={headName} onChange={setHeadName} error={wrongName} /> : null}
      {answer === 'given' || answer === 'refused' ? (
        <Button variant="primary" wide disabled={isSaving} onClick={() => void onSay(answer, way, headName)}>
          {isSaving ? m.ui.saving : m.ui.save}
        </Button>
      ) : null}
    </>
  );
}

function TakeBack({ onSay, isSaving, doubles }: AskingProps) {
  const m = useMessages();
  const c = m.subjectRights.consent;
  const [isAsked, setIsAsked] = useState(false);
  const [way, setWay] = useState<ConsentWay>('spoken');
  if (!isAsked) {
    return (
      <div className="line">
        <Button onClick={() => setIsAsked(true)}>{c.withdraw}</Button>
      </div>
    );
  }
  return (
    <Section title={c.withdrawAsk}>
      <Notice tone="warn">
        <p>{c.goes}</p>
        {doubles.length === 0 ? null : <p>{c.goesOnDoubles(doubles.join(', '))}</p>}
        <p>{c.stays}</p>
      </Notice>
      <WayChoice way={way} onChange={setWay} />
      <div className="line">
        <Button onClick={() => setIsAsked(false)}>{m.ui.cancel}</Button>
        <Button variant="danger" disabled={isSaving} onClick={() => void onSay('withdrawn', way)}>
          {isSaving ? m.ui.saving : c.withdrawYes}
        </Button>
      </div>
    </Section>
  );
}

/** Nobody asks them: the place to write down that they came themselves is closed until it is opened. */
function AgreeAgain({ onSay, isSaving, wrongName }: AskingProps) {
  const m = useMessages();
  const c = m.subjectRights.consent;
  const [headName, setHeadName] = useState('');
  const [way, setWay] = useState<ConsentWay>('spoken');
  return (
    <Fold label={c.agreeAgain}>
      <div className="stack">
        <p>{c.agreeAgainHint}</p>
        <HeadName value={headName} onChange={setHeadName} error={wrongName} />
        <WayChoice way={way} onChange={setWay} />
        <Button variant="primary" wide disabled={isSaving} onClick={() => void onSay('given', way, headName)}>
          {isSaving ? m.ui.saving : m.ui.save}
        </Button>
      </div>
    </Fold>
  );
}

function HeadName({ value, error, onChange }: { readonly value: string; readonly error: string | undefined; readonly onChange: (name: string) => void }) {
  const m = useMessages();
  return <TextField label={m.words.fields['headName']} maxLength={80} value={value} error={error} onChange={(event) => onChange(event.currentTarget.value)} />;
}

function WayChoice({ way, onChange }: { readonly way: ConsentWay; readonly onChange: (way: ConsentWay) => void }) {
  const m = useMessages();
  return (
    <Choice
      label={m.subjectRights.consent.way}
      options={consentWays.map((value) => ({ value, label: m.words.consentWays[value] }))}
      value={way}
      onChange={onChange}
    />
  );
}
