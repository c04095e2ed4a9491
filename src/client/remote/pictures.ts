/** What became of pictures at the endpoint, and the pictures of others, on demand. */
import { attachmentTypes } from '#domain/attachment.ts';
import type { Result } from '#domain/result.ts';
import { pictureStateAnswerSchema } from '#sync/picture-calls.ts';
import type { PictureStateAnswer } from '#sync/picture-calls.ts';
import type { SessionCallError, SessionCalls } from './session-calls.ts';

export { maxPicturesAsked } from '#sync/picture-calls.ts';
export type { PictureState } from '#sync/picture-calls.ts';

export async function askPictureStates(calls: Pick<SessionCalls, 'post'>, recordIds: readonly string[]): Promise<Result<PictureStateAnswer, SessionCallError>> {
  return await calls.post('/attachment/state', { recordIds }, pictureStateAnswerSchema);
}

/** `refused`: one of `pictureErrors` (#sync/picture-calls.ts) with 404. It is kept in memory alone. */
export async function fetchPicture(calls: Pick<SessionCalls, 'postForBytes'>, recordId: string): Promise<Result<Blob, SessionCallError>> {
  return await calls.postForBytes('/attachment', { recordId }, attachmentTypes);
}
