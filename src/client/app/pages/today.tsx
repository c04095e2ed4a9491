import { ConflictList } from '#client/features/conflicts/conflict-list.tsx';
import { ToRead } from '#client/features/handbook/to-read.tsx';
import { entryTitle } from '#client/features/sync-status/entry-words.ts';
import { SyncLine } from '#client/features/sync-status/sync-line.tsx';
import { WaitingCount } from '#client/features/supervisor/waiting-count.tsx';
import { isSupervisor } from '#client/features/supervisor/waiting-words.ts';
import { reasonWords } from '#client/languages/error-words.ts';
import { recordAbout } from '#client/languages/record-title.ts';
import { useMessages } from '#client/languages/use-messages.ts';
import type { Messages } from '#client/languages/vi.ts';
import { areaName, myHamlets } from '#client/store/my-hamlets.ts';
import { useStore } from '#client/store/use-store.ts';
import { ButtonLink } from '#client/ui/button.tsx';
import { formatAgo, formatDay, formatShortDay } from '#client/ui/dates.ts';
import { Empty } from '#client/ui/empty.tsx';
import { List, Row } from '#client/ui/list.tsx';
import { Page } from '#client/ui/page.tsx';
import { paths } from '#client/ui/paths.ts';
import { Section } from '#client/ui/section.tsx';
import { StorageWarning } from '#client/ui/storage-warning.tsx';
import { dayOf } from '#domain/identifiers.ts';
import { todayLists } from '../today-lists.ts';
import type { PersonForOccasion, PromisedHousehold, SaidFeedback, TodayLists } from '../today-lists.ts';
import { draftsOnToday, DraftsLeft } from './drafts-left.tsx';
import { Glance } from './glance.tsx';
import { LeftOfBar } from './left-of-bar.tsx';

const dueShown = 5;

/** Where each section stands on the page, for the line at its top. */
const anchors = { needsYou: 'can-xem', toTell: 'can-bao', promised: 'da-hen', due: 'nen-tham', people: 'dip-le-tet', drafts: 'viet-do' } as const;

/** What a member does today: what needs them, answers to tell, doors to knock at, what was left half written. What is empty takes no room. */
export function TodayPage() {
  const m = useMessages();
  const store = useStore();
  const hamlets = myHamlets(store);
  const lists = todayLists(store);
  const drafts = draftsOnToday(store, m);
  const needsYou = lists.entries.length + lists.returnedFeedback.length + lists.askedVisits.length;
  const g = m.today.glance;
  const parts = [
    { anchor: anchors.needsYou, count: needsYou, words: g.needsYou(needsYou), isUrgent: true },
    { anchor: anchors.toTell, count: lists.toTell.length, words: g.toTell(lists.toTell.length) },
    { anchor: anchors.promised, count: lists.promised.length, words: g.promised(lists.promised.length) },
    { anchor: anchors.due, count: lists.due.length, words: g.due(lists.due.length) },
    { anchor: anchors.people, count: lists.people.length, words: g.people(lists.people.length) },
    { anchor: anchors.drafts, count: drafts.length, words: g.drafts(drafts.length) },
  ].filter(({ count }) => count > 0);
  return (
    <Page title={m.today.title} actions={hamlets.map((hamletId) => areaName(store, hamletId)).join(', ')}>
      <SyncLine />
      <StorageWarning />
      {isSupervisor(store.account().assignments) ? <WaitingCount /> : null}
      {parts.length === 0 ? <Empty>{g.nothing}</Empty> : <Glance label={g.label} parts={parts} />}
      {needsYou === 0 ? null : <NeedsYou lists={lists} count={needsYou} />}
      <ConflictList />
      {lists.toTell.length === 0 ? null : <ToTell toTell={lists.toTell} />}
      {lists.promised.length === 0 ? null : <Promised promised={lists.promised} />}
      <ToRead />
      {lists.due.length === 0 ? null : <Due due={lists.due} />}
      {lists.people.length === 0 ? null : <OnOccasion people={lists.people} />}
      <DraftsLeft anchor={anchors.drafts} />
      <LeftOfBar />
    </Page>
  );
}

/** Entries the commune could not simply take, and questions it sent back. */
function NeedsYou({ lists, count }: { readonly lists: TodayLists; readonly count: number }) {
  const m = useMessages();
  const store = useStore();
  return (
    <Section title={m.today.needsYou} count={count} anchor={anchors.needsYou}>
      <List label={m.today.needsYou}>
        {lists.entries.map((entry) => (
          <Row
            key={entry.deviceSeq}
            href={paths.sync()}
            title={entryTitle(m, store, entry)}
            detail={entry.reason === undefined ? undefined : reasonWords(m, entry.reason)}
          />
        ))}
        {lists.askedVisits.map(({ asked, visit }) => (
          <Row
            key={asked.recordId}
            href={paths.correctVisit(visit.recordId)}
            title={recordAbout(m, visit, { find: (id) => store.find(id), day: formatDay })}
            detail={`${m.today.asksAbout(m.words.fields[asked.fields.field] ?? '')}: ${asked.fields.comment}`}
          />
        ))}
        {lists.returnedFeedback.map(({ said, standing }) => (
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

/** Answers that wait to be told at the door, the oldest first. */
function ToTell({ toTell }: { readonly toTell: readonly SaidFeedback[] }) {
  const m = useMessages();
  return (
    <Section title={m.today.toTell} count={toTell.length} anchor={anchors.toTell}>
      <List label={m.today.toTell}>
        {toTell.map(({ said, standing }) => (
          <Row
            key={said.recordId}
            href={paths.tell(said.recordId)}
            title={`${standing.topic === undefined ? '' : `${m.words.topics[standing.topic]} · `}${said.fields.citizenName ?? m.today.whoHasCode(said.fields.receiptCode ?? '')}`}
            detail={standing.answeredOn === undefined ? undefined : m.today.answered(formatAgo(standing.answeredOn))}
          />
        ))}
      </List>
    </Section>
  );
}

/** Where somebody said they would come again, and the day is there. */
function Promised({ promised }: { readonly promised: readonly PromisedHousehold[] }) {
  const m = useMessages();
  const today = dayOf(useStore().commandContext().now);
  return (
    <Section title={m.today.promised} count={promised.length} anchor={anchors.promised}>
      <List label={m.today.promised}>
        {promised.map(({ household, visit, on }) => (
          <Row
            key={household.recordId}
            href={paths.household(household.recordId)}
            title={m.words.household(household.fields.headName, household.fields.no)}
            detail={`${household.fields.houseLabel} · ${promiseWords(m, on, visit.fields.date, today)}`}
          />
        ))}
      </List>
    </Section>
  );
}

function promiseWords(m: Messages, on: string | undefined, visitedOn: string, today: string): string {
  if (on === undefined) return m.today.askedLater(formatShortDay(visitedOn));
  if (on === today) return m.today.promisedToday;
  return on < today ? m.today.promisedPast(formatShortDay(on)) : m.today.promisedOn(formatShortDay(on));
}

/** Households nobody was met in for three months: a few to begin with, never a reproach. Those an official list names stand first, and nothing says why: the screen is seen at doors. */
function Due({ due }: { readonly due: TodayLists['due'] }) {
  const m = useMessages();
  return (
    <Section title={m.today.due} count={due.length} anchor={anchors.due}>
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
      {due.length <= dueShown ? null : <ButtonLink href={paths.households()}>{m.today.moreDue(due.length - dueShown)}</ButtonLink>}
    </Section>
  );
}

/** Prestigious persons who were not called on yet for what is celebrated these days. */
function OnOccasion({ people }: { readonly people: readonly PersonForOccasion[] }) {
  const m = useMessages();
  return (
    <Section title={m.today.people} count={people.length} anchor={anchors.people}>
      <List label={m.today.people}>
        {people.map(({ person, occasion, day }) => (
          <Row
            key={`${person.recordId} ${occasion}`}
            href={paths.person(person.recordId, occasion === 'lunar_new_year' ? 'tet' : undefined)}
            title={person.fields.fullName}
            detail={m.today.notSeenFor[occasion](formatShortDay(day))}
          />
        ))}
      </List>
    </Section>
  );
}
