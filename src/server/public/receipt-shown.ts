/** What a receipt code shows to whoever holds it, and to whoever finds the slip: where it stands, since when, and the answer that was written for everybody to read. Domain model 3.2. */
import { sql } from 'kysely';
import type { FeedbackStanding } from '#domain/feedback-fold.ts';
import type { FeedbackState } from '#domain/feedback.ts';
import { standingIn } from '#domain/merged-feedback.ts';
import { isKind } from '#domain/record.ts';
import { standingOf } from '#domain/permissions.ts';
import type { Database } from '../database/schema.ts';
import { createRecordsAtHand } from '../records-at-hand.ts';
import type { RecordsAtHand } from '../records-at-hand.ts';

/** Days are local. No name, no word of what was said, no place: who holds the slip knows, and nobody else is to. */
export interface ReceiptShown {
  readonly code: string;
  readonly state: Exclude<FeedbackState, 'draft'>;
  readonly receivedOn: string;
  /** While an answer is owed. */
  readonly dueOn?: string | undefined;
  readonly answeredOn?: string | undefined;
  readonly toldOn?: string | undefined;
  readonly publicAnswer?: string | undefined;
}

const answered: ReadonlySet<FeedbackState> = new Set(['answered', 'delivered', 'confirmed', 'closed_unreachable']);

/** `code`: in its one written form (`readReceiptCode`). Undefined: nothing of that code has arrived, or it was erased. */
export async function receiptShown(db: Database, code: string): Promise<ReceiptShown | undefined> {
  const row = await recordOf(db, code).executeTakeFirst();
  if (row === undefined) return undefined;
  const records = createRecordsAtHand(db, row.communeCode);
  await records.loadWhole(row.recordId);
  const said = records.find(row.recordId);
  if (!isKind(said, 'feedback')) return undefined;
  const standing = await standingOfGoingOn(records, row.recordId, standingOf(said, records));
  const { state } = standing;
  if (state === 'draft') return undefined;
  const isAnswered = answered.has(state);
  return {
    code,
    state,
    receivedOn: said.fields.receivedOn,
    ...(state === 'assigned' || state === 'in_progress' ? { dueOn: standing.dueOn } : {}),
    ...(isAnswered ? { answeredOn: standing.answeredOn, toldOn: standing.deliveredOn, publicAnswer: standing.publicAnswer } : {}),
  };
}

/** The one question across communes: the slip names none. A code that somebody uses a second time shows the first one still. */
export function recordOf(db: Database, code: string) {
  return (
    db
      .selectFrom('record')
      .select(['communeCode', 'recordId'])
      // Written out, not bound: only so the index of receipts is taken.
      .where(sql<boolean>`kind = 'feedback' and json_extract(fields, '$.receiptCode') = ${code}`)
      .where('deleted', '=', 0)
      .orderBy('receivedAt')
      .orderBy('recordId')
      .limit(1)
  );
}

/** All receipts lead to the one that goes on: where that one stands, if it is there. */
async function standingOfGoingOn(records: RecordsAtHand, feedbackId: string, own: FeedbackStanding): Promise<FeedbackStanding> {
  const seen = new Set([feedbackId]);
  let standing = own;
  for (let next = own.mergedInto; next !== undefined && !seen.has(next); next = standing.mergedInto) {
    seen.add(next);
    await records.loadWhole(next);
    const goingOn = standingIn(next, records);
    if (goingOn === undefined) break;
    standing = goingOn;
  }
  return standing;
}
