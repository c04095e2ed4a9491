/** Who set what on a record, and when: asked of the endpoint, which keeps it. */
import { historyAnswerSchema } from '#sync/protocol.ts';
import type { RecordHistory } from '#sync/protocol.ts';
import type { Result } from '#domain/result.ts';
import type { SessionCallError, SessionCalls } from './session-calls.ts';

export type { RecordHistory } from '#sync/protocol.ts';

/** The fields this member may read, oldest first. `refused` with 404: the record is not theirs to read, or the endpoint does not have it yet. */
export async function fetchHistory(calls: SessionCalls, recordId: string): Promise<Result<RecordHistory, SessionCallError>> {
  return await calls.post('/history', { recordId }, historyAnswerSchema);
}
