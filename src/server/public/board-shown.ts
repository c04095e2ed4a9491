/** What a hamlet's public board shows (domain model F54): what the commune answered, in the words that were written for all to read. Nobody's name, and not what was said. */
import type { RecordedEvent } from '#domain/feedback-fold.ts';
import { foldFeedback } from '#domain/feedback-fold.ts';
import { isReferredKind } from '#domain/feedback.ts';
import type { FeedbackState } from '#domain/feedback.ts';
import { communeCodeOf } from '#domain/identifiers.ts';
import { presentArea } from '#domain/permissions.ts';
import { areaTitle } from '#domain/place-name.ts';
import { isKind } from '#domain/record.ts';
import type { AnyRecord, RecordState } from '#domain/record.ts';
import { isAboutStaff } from '#domain/topic.ts';
import type { Database } from '../database/schema.ts';
import { readRecords, rowToRecord } from '../records-at-hand.ts';

export interface BoardShown {
  readonly hamletId: string;
  readonly title: string;
  readonly communeTitle: string;
  /** The newest first. `toldOn`: the local day on which whoever spoke was told; nobody reads their answer here before that. */
  readonly answers: readonly { readonly toldOn: string; readonly publicAnswer: string }[];
}

const told: ReadonlySet<FeedbackState> = new Set(['delivered', 'confirmed', 'closed_unreachable']);
/** On a wall of A4, and further back than a meeting asks. */
const mostAnswers = 60;

/** `hamletId`: as it is written on the poster, of a hamlet that stands for itself or was merged since. Undefined: there is no such hamlet. */
export async function boardShown(db: Database, hamletId: string): Promise<BoardShown | undefined> {
  const communeCode = communeCodeOf(hamletId);
  const areas = new Map<string, AnyRecord>((await readRecords(db, communeCode, 'area')).map((area) => [area.recordId, area]));
  const find = (id: string) => areas.get(id);
  if (!areas.has(hamletId)) return undefined;
  const present = presentArea(hamletId, { find });
  const [hamlet, commune] = [find(present), find(communeCode)];
  if (!isKind(hamlet, 'area') || hamlet.fields.level !== 'hamlet' || !isKind(commune, 'area')) return undefined;
  const lying = [...areas.keys()].filter((id) => presentArea(id, { find }) === present);
  const rows = await db
    .selectFrom('record')
    .selectAll()
    .where('communeCode', '=', communeCode)
    .where('areaId', 'in', lying)
    .where('kind', 'in', ['feedback', 'feedback_event'])
    .where('deleted', '=', 0)
    .execute();
  const said: RecordState<'feedback'>[] = [];
  const events = new Map<string, RecordedEvent[]>();
  for (const record of rows.map(rowToRecord)) {
    if (isKind(record, 'feedback')) said.push(record);
    if (!isKind(record, 'feedback_event')) continue;
    const { feedbackId } = record.fields;
    events.set(feedbackId, [...(events.get(feedbackId) ?? []), { eventId: record.recordId, event: record.fields }]);
  }
  const answers = said.flatMap(({ recordId, fields }) => {
    const { state, topic, publicAnswer, deliveredOn, answeredOn } = foldFeedback(fields, events.get(recordId) ?? []);
    const toldOn = deliveredOn ?? answeredOn;
    return told.has(state) && publicAnswer !== undefined && toldOn !== undefined && !isReferredKind(fields.kind) && !isAboutStaff(topic) ? [{ toldOn, publicAnswer }] : [];
  });
  return {
    hamletId: present,
    title: areaTitle(hamlet.fields),
    communeTitle: areaTitle(commune.fields),
    answers: answers.toSorted((a, b) => (a.toldOn === b.toldOn ? 0 : a.toldOn < b.toldOn ? 1 : -1)).slice(0, mostAnswers),
  };
}
