import { ConflictList } from '#client/features/conflicts/conflict-list.tsx';
import { ToRead } from '#client/features/handbook/to-read.tsx';
import { dueHouseholds } from '#client/features/households/household-order.ts';
import { entryTitle } from '#client/features/sync-status/entry-words.ts';
import { SyncLine } from '#client/features/sync-status/sync-line.tsx';
import { WaitingCount } from '#client/features/supervisor/waiting-count.tsx';
import { isSupervisor } from '#client/features/supervisor/waiting-words.ts';
import { reasonWords } from '#client/languages/error-words.ts';
import { useMessages } from '#client/languages/use-messages.ts';
import type { FieldStore } from '#client/store/field-store.ts';
import { areaName, myHamlets } from '#client/store/my-hamlets.ts';
import { useStore } from '#client/store/use-store.ts';
import { ButtonLink } from '#client/ui/button.tsx';
import { formatAgo, formatDay } from '#client/ui/dates.ts';
import { Empty } from '#client/ui/empty.tsx';
import { List, Row } from '#client/ui/list.tsx';
import { Page } from '#client/ui/page.tsx';
import { paths } from '#client/ui/paths.ts';
import { Section } from '#client/ui/section.tsx';
import { StorageWarning } from '#client/ui/storage-warning.tsx';
import { dayOf } from '#domain/identifiers.ts';
import { LeftOfBar } from './left-of-bar.tsx';
import { DraftsLeft } from './drafts-left.tsx';

const dueShown = 5;

/** What a member does today: answers to tell, doors to knock at, what needs them, what was left half written. */
export function TodayPage() {
  const m = useMessages();
  const store = useStore();
  const hamlets = myHamlets(store);
  return (
    <Page title={m.today.title} actions={hamlets.map((hamletId) => areaName(store, hamletId)).join(', ')}>
      <SyncLine />
      <StorageWarning />
      {isSupervisor(store.account().assignments) ? <WaitingCount /> : null}
      <NeedsYou />
      <ConflictList />
      <ToTell />
      <DraftsLeft />
      <ToRead />
      <Due />
      <LeftOfBar />
    </Page>
  );
}

/** Answers that wait to be told at the door, the oldest first. */
function ToTell() {
  const m = useMessages();
  const store = useStore();
  const answered = feedbackInReach(store)
    .filter(({ standing }) => standing.state === 'answered')
    .sort((a, b) => (a.standing.answeredOn ?? '').localeCompare(b.standing.answeredOn ?? ''));
  return (
    <Section title={m.today.toTell} count={answered.length || undefined}>
      {answered.length === 0 ? (
        <Empty>{m.today.nothingToTell}</Empty>
      ) : (
        <List label={m.today.toTell}>
          {answered.map(({ said, standing }) => (
            <Row
              key={said.recordId}
              href={paths.tell(said.recordId)}
              title={`${standing.topic === undefined ? '' : `${m.words.topics[standing.topic]} · `}${said.fields.citizenName ?? m.today.whoHasCode(said.fields.receiptCode ?? '')}`}
              detail={standing.answeredOn === undefined ? undefined : m.today.answered(formatAgo(standing.answeredOn))}
            />
          ))}
        </List>
      )}
    </Section>
  );
}

/** Households nobody was met in for three months: a few to begin with, never a reproach. */
function Due() {
  const m = useMessages();
  const store = useStore();
  const households = myHamlets(store).flatMap((hamletId) => store.inHamlet('household', hamletId));
  const due = dueHouseholds(households, (householdId) => store.childrenOf('visit', householdId), dayOf(store.commandContext().now));
  return (
    <Section title={m.today.due} count={due.length || undefined}>
      {due.length === 0 ? (
        <Empty>{m.today.nothingDue}</Empty>
      ) : (
        <>
          <List label={m.today.due}>
            {due.slice(0, dueShown).map(({ household, lastMetOn }) => (
              <Row
                key={household.recordId}
                href={paths.household(household.recordId)}
                title={m.words.household(household.fields.headName, household.fields.no)}
                detail={`${household.fields.houseLabel} · ${lastMetOn === undefined ? m.today.neverMet : m.today.lastMet(formatDay(lastMetOn))}`}
              />
            ))}
          </List>
          {due.length <= dueShown ? null : <ButtonLink href={paths.households()}>{m.today.allHouseholds}</ButtonLink>}
        </>
      )}
    </Section>
  );
}

/** Entries the commune could not simply take, and questions it sent back. */
function NeedsYou() {
  const m = useMessages();
  const store = useStore();
  const entries = store.outbox().filter(({ state }) => state === 'needs_you');
  const returned = feedbackInReach(store).filter(({ standing }) => standing.state === 'returned');
  const count = entries.length + returned.length;
  if (count === 0) return null;
  return (
    <Section title={m.today.needsYou} count={count}>
      <List label={m.today.needsYou}>
        {entries.map((entry) => (
          <Row
            key={entry.deviceSeq}
            href={paths.sync()}
            title={entryTitle(m, store, entry)}
            detail={entry.reason === undefined ? undefined : reasonWords(m, entry.reason)}
          />
        ))}
        {returned.map(({ said, standing }) => (
          <Row
            key={said.recordId}
            href={paths.feedback(said.recordId)}
            title={`${m.words.feedbackStates.returned}${standing.topic === undefined ? '' : ` · ${m.words.topics[standing.topic]}`}`}
            detail={standing.returned?.comment}
          />
        ))}
      </List>
    </Section>
  );
}

function feedbackInReach(store: FieldStore) {
  return myHamlets(store)
    .flatMap((hamletId) => store.inHamlet('feedback', hamletId))
    .map((said) => ({ said, standing: store.standing(said) }));
}
