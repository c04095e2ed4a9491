import { useState } from 'react';
import type { ReactNode } from 'react';
import { areaWordsOf, placeWords } from '#client/languages/place-words.ts';
import { useMessages } from '#client/languages/use-messages.ts';
import type { Fact } from '#client/languages/record-words.ts';
import type { FieldStore } from '#client/store/field-store.ts';
import { memberName } from '#client/store/my-hamlets.ts';
import { useStore } from '#client/store/use-store.ts';
import { Button, ButtonLink } from '#client/ui/button.tsx';
import { formatDay, formatMoment, formatTime, formatWhen } from '#client/ui/dates.ts';
import { Empty } from '#client/ui/empty.tsx';
import { Icon } from '#client/ui/icon.tsx';
import { formatNumber } from '#client/ui/numbers.ts';
import { Page } from '#client/ui/page.tsx';
import { paths } from '#client/ui/paths.ts';
import { useOnline } from '#client/ui/use-online.ts';
import { isHamletId } from '#domain/identifiers.ts';
import { dueOnOf } from '#domain/legal-deadlines.ts';
import { isKind } from '#domain/record.ts';
import type { AnyRecord, RecordState } from '#domain/record.ts';
import { heldAbout, readersOf } from './held.ts';
import type { Held } from './held.ts';
import { consentFacts, draftFacts, feedbackFacts, howLongWords, otherValues, photoFacts, returnFacts, stepFacts, visitFacts } from './held-words.ts';
import type { HeldWordsContext } from './held-words.ts';
import { mayChangeHousehold } from '#client/store/household-in-hand.ts';
import { HouseholdFacts } from './held-household.tsx';
import { HeldLines, HeldSection } from './held-section.tsx';
import { subjectMark } from './request-standing.ts';
import { standingWords } from './request-words.ts';
import styles from './held-page.module.css';

interface HeldPageProps {
  readonly id: string;
  /** Who set what on a record: asked of the commune when it is opened. */
  readonly historyOf: (recordId: string) => ReactNode;
}

/** All that is held about one household, to be handed over at the door or printed: nothing of anybody else, no menu, no list. */
export function HeldPage({ id, historyOf }: HeldPageProps) {
  const m = useMessages();
  const store = useStore();
  const household = store.find(id);
  if (!isKind(household, 'household') || household.deleted) {
    return (
      <Page title={m.subjectRights.held.title} back={paths.households()}>
        <Empty>{m.households.gone}</Empty>
      </Page>
    );
  }
  return <HeldAboutHousehold household={household} store={store} historyOf={historyOf} />;
}

interface HeldAboutHouseholdProps extends Pick<HeldPageProps, 'historyOf'> {
  readonly household: RecordState<'household'>;
  readonly store: FieldStore;
}

function HeldAboutHousehold({ household, store, historyOf }: HeldAboutHouseholdProps) {
  const m = useMessages();
  const h = m.subjectRights.held;
  const [seenAt] = useState(() => store.commandContext().now);
  const held = heldAbout(store, household);
  const context: HeldWordsContext = { day: formatDay, amount: formatNumber, unitName: (unitId) => nameOfUnit(store, unitId) };
  const who = (memberId: string) => memberName(store, memberId);
  const others = (record: AnyRecord) => otherValues(m, record, context, who);

  return (
    <Page title={h.title} back={paths.household(household.recordId)}>
      <article className={styles['held']}>
        <header>
          <p className={styles['name']}>{m.words.household(household.fields.headName, household.fields.no)}</p>
          <p>{placeWords(m, store, household.areaId)}</p>
          <p className={styles['quiet']}>{h.seenAt(`${formatTime(seenAt)} ${formatDay(seenAt)}`)}</p>
        </header>

        <HeldSection title={h.aboutTitle} startsOpen>
          <HouseholdFacts household={household} context={context} />
          <HeldLines lines={others(household)} />
          <p className={styles['quiet']}>{h.firstWritten(who(household.memberId) ?? h.byList, formatDay(household.occurredAt))}</p>
          {historyOf(household.recordId)}
        </HeldSection>

        {held.doubles.length === 0 ? null : (
          <HeldSection title={h.doublesTitle} count={held.doubles.length} startsOpen>
            {held.doubles.map((double) => (
              <section key={double.recordId} className={styles['part']}>
                <h3>{m.words.household(double.fields.headName, double.fields.no)}</h3>
                <HouseholdFacts household={double} context={context} />
                <HeldLines lines={others(double)} />
                {historyOf(double.recordId)}
              </section>
            ))}
          </HeldSection>
        )}

        <HeldSection title={h.consents} count={held.consents.length}>
          <p>
            {m.subjectRights.consent.now}: <strong>{m.words.householdContacts[household.fields.contact]}</strong>
          </p>
          {held.consents.map((consent) => (
            <HeldPart
              key={consent.recordId}
              title={m.subjectRights.consent.line(formatDay(consent.fields.on), m.words.consentDecisions[consent.fields.decision])}
              lines={[...consentFacts(m, consent, context), { name: h.writtenBy, words: who(consent.memberId) ?? h.formerMember }, { name: h.standing, words: h.standings[store.mark(consent).state] }]}
            />
          ))}
        </HeldSection>

        {held.requests.length === 0 ? null : (
          <HeldSection title={h.asked} count={held.requests.length} startsOpen={held.requests.length > 0}>
            {held.requests.map((request) => (
              <HeldPart
                key={request.recordId}
                title={m.words.requestKinds[request.fields.kind]}
                lines={[
                  { name: m.subjectRights.requests.mark, words: subjectMark(request) },
                  { name: m.subjectRights.requests.receivedOn, words: `${formatDay(request.fields.receivedOn)} · ${m.words.requestWays[request.fields.way]}` },
                  { name: m.subjectRights.requests.doneDue, words: formatDay(dueOnOf(request.fields)) },
                  { name: m.subjectRights.requests.standing, words: standingWords(m, request, seenAt, formatDay) },
                  { name: h.standing, words: h.standings[store.mark(request).state] },
                ]}
              />
            ))}
          </HeldSection>
        )}

        <HeldSection title={h.visitsTitle} count={held.visits.length}>
          {held.visits.length === 0 ? <p>{h.noVisits}</p> : null}
          {held.visits.map((visit) => {
            const lines: Fact[] = [
              { name: h.whoCame, words: who(visit.memberId) ?? h.formerMember },
              ...visitFacts(m, visit, context),
              ...photoFacts(m, held.photos.get(visit.recordId) ?? [], context),
              { name: h.writtenAt, words: `${formatMoment(visit.occurredAt)}, ${h.standings[store.mark(visit).state]}` },
              ...held.returns.filter(({ fields }) => fields.visitId === visit.recordId).flatMap((asked) => returnFacts(m, asked, context)),
              ...others(visit),
            ];
            return <HeldPart key={visit.recordId} title={h.visit(formatDay(visit.fields.date), m.words.visitPurposes[visit.fields.purpose])} lines={lines}>{historyOf(visit.recordId)}</HeldPart>;
          })}
        </HeldSection>

        <HeldSection title={h.feedbackTitle} count={held.feedback.length}>
          {held.feedback.length === 0 ? <p>{h.noFeedback}</p> : null}
          {held.feedback.map(({ said, standing }) => (
            <HeldPart
              key={said.recordId}
              title={said.fields.topic === undefined ? m.words.feedbackKinds[said.fields.kind] : m.words.topics[said.fields.topic]}
              lines={[
                { name: h.feedbackNow, words: m.words.feedbackStates[standing.state] },
                ...feedbackFacts(m, said, context),
                { name: h.standing, words: h.standings[store.mark(said).state] },
                ...others(said),
              ]}
            >
              {standing.history.length === 0 ? null : (
                <>
                  <h4>{h.way}</h4>
                  <ol className={styles['way']}>
                    {standing.history.map((step) => {
                      const { title, lines } = stepFacts(m, step, context);
                      return (
                        <li key={step.eventId}>
                          {title}
                          {lines.map((line) => (
                            <span key={line} className={styles['stepLine']}>
                              {line}
                            </span>
                          ))}
                        </li>
                      );
                    })}
                  </ol>
                </>
              )}
              {historyOf(said.recordId)}
            </HeldPart>
          ))}
        </HeldSection>

        {held.drafts.length === 0 ? null : (
          <HeldSection title={h.draftsTitle} count={held.drafts.length}>
            {held.drafts.map((draft) => (
              <HeldPart key={draft.draftId} title={h.draft(formatWhen(draft.savedAt))} lines={draftFacts(m, draft, context)} />
            ))}
          </HeldSection>
        )}

        <Readers household={household} store={store} />
        <HeldSection title={h.howLongTitle}>
          <ul>
            {howLongWords(m).map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </HeldSection>
        <HeldSection title={h.neverTitle}>
          <ul className={styles['never']}>
            {h.never.map((words) => (
              <li key={words}>{words}</li>
            ))}
          </ul>
        </HeldSection>
        <Unknown held={held} store={store} />
      </article>

      <div className={styles['actions']}>
        {mayChangeHousehold(store, household) ? (
          <>
            <h2 className={styles['sectionTitle']}>{h.theyMay}</h2>
            <ButtonLink wide href={paths.correctHousehold(household.recordId)}>
              {h.correct}
            </ButtonLink>
            <ButtonLink wide href={paths.consent(household.recordId)}>
              {household.fields.contact === 'yes' ? m.subjectRights.consent.withdraw : m.subjectRights.consent.title}
            </ButtonLink>
          </>
        ) : null}
        <ButtonLink wide href={paths.newRequest(household.recordId)}>
          {h.ask}
        </ButtonLink>
        <Button variant="primary" wide onClick={() => window.print()}>
          <Icon name="print" />
          {h.print}
        </Button>
      </div>
    </Page>
  );
}

function HeldPart({ title, lines, children }: { readonly title: string; readonly lines: readonly Fact[]; readonly children?: ReactNode }) {
  return (
    <section className={styles['part']}>
      <h3>{title}</h3>
      <HeldLines lines={lines} />
      {children}
    </section>
  );
}

function Readers({ household, store }: Omit<HeldAboutHouseholdProps, 'historyOf'>) {
  const m = useMessages();
  const h = m.subjectRights.held;
  const { hamletId, communeCode, inTeam, inBloc } = readersOf(store, household);
  return (
    <HeldSection title={h.readersTitle}>
      <ul className={styles['readers']}>
        {isHamletId(hamletId) ? (
          <li>
            <strong>{h.team(areaWordsOf(m, store, hamletId))}</strong> ({h.people(inTeam)})
          </li>
        ) : null}
        <li>
          <strong>{h.bloc(areaWordsOf(m, store, communeCode))}</strong> ({h.people(inBloc)})
        </li>
        <li>{h.readerUnits}</li>
        <li>{h.readerNobody}</li>
        <li>{h.readerHost}</li>
      </ul>
      <p className={styles['quiet']}>{h.readersKnown}</p>
    </HeldSection>
  );
}

/** What a complete answer would need and this phone cannot give. */
function Unknown({ held, store }: { readonly held: Held; readonly store: FieldStore }) {
  const m = useMessages();
  const h = m.subjectRights.held;
  const isOnline = useOnline();
  const heardAt = store.lastContactAt();
  const isAtCommune = held.household.version > 0;
  return (
    <HeldSection title={h.unknownTitle}>
      <ul>
        <li>{heardAt === undefined ? h.notHeardYet : h.heardAt(formatWhen(heardAt))}</li>
        <li>{h.unsentElsewhere}</li>
        {isAtCommune ? <li>{isOnline ? h.historyAtCommune : h.historyOffline}</li> : null}
        <li>{h.feedbackElsewhere}</li>
        <li>{h.peopleRegister}</li>
      </ul>
    </HeldSection>
  );
}

function nameOfUnit(store: FieldStore, unitId: string): string | undefined {
  const unit = store.find(unitId);
  return isKind(unit, 'unit') ? unit.fields.name : undefined;
}
