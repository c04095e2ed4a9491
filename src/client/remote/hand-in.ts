/** Hands in a bundle for whoever made it: no account, no key, nothing of it can be read here. */
import { dayOf, instantOf } from '#domain/identifiers.ts';
import { err, ok } from '#domain/result.ts';
import type { Result } from '#domain/result.ts';
import { createReceiptFile, fileKindOf, readBundle, receiptFileName, splitBundle, tallyOf } from '#sync/bundle.ts';
import type { FileError } from '#sync/bundle.ts';
import { endpointIdentitySchema, protocolVersion, syncAnswerSchema } from '#sync/protocol.ts';
import type { SyncAnswer, SyncRequest } from '#sync/protocol.ts';
import { callEndpoint } from './call.ts';
import type { CallError, Fetch } from './call.ts';

export type HandInError =
  | FileError
  /** A receipt: it goes home to the phone, not to the commune. */
  | { readonly code: 'is_receipt' }
  /** Sealed to another endpoint: only that one can open it. */
  | { readonly code: 'foreign' }
  | CallError;

export interface HandedIn {
  /** Entries in the file, and what became of them. */
  readonly entries: number;
  readonly taken: number;
  /** Were there already: nothing is doubled. */
  readonly known: number;
  /** Not this commune's phones', or changed on the way: they changed nothing. */
  readonly unreadable: number;
  /** Why not all were handed in: the connection ended in between. Handing the file in again goes on. */
  readonly broken?: CallError | undefined;
  /** The file was made before the commune's system was restored; it was taken all the same. */
  readonly isOfEarlierEpoch: boolean;
  /** To be taken home; undefined: nothing to tell. */
  readonly receipt?: { readonly name: string; readonly text: string } | undefined;
}

/** `now`: milliseconds since 1970. */
export async function handIn(text: string, now: number, fetchFrom?: Fetch): Promise<Result<HandedIn, HandInError>> {
  if (fileKindOf(text) === 'receipts') return err({ code: 'is_receipt' });
  const read = readBundle(text);
  if (!read.ok) return read;
  const bundle = read.value;
  const identity = await callEndpoint({ method: 'GET', path: '/endpoint', answer: endpointIdentitySchema }, fetchFrom);
  if (!identity.ok) return identity;
  if (identity.value.endpointId !== bundle.endpointId) return err({ code: 'foreign' });

  const answers: SyncAnswer[] = [];
  let broken: CallError | undefined;
  for (const part of splitBundle(bundle)) {
    const body: SyncRequest = { protocol: protocolVersion, ...part, receipts: true };
    const answer = await callEndpoint({ method: 'POST', path: '/sync', body, answer: syncAnswerSchema }, fetchFrom);
    if (!answer.ok) {
      broken = answer.error;
      break;
    }
    answers.push(answer.value);
  }
  if (broken !== undefined && answers.length === 0) return err(broken);

  const { taken, known, strange, unreadable, isOfEarlierEpoch } = tallyOf(bundle, answers);
  const receipts = answers.flatMap((answer) => answer.receipts ?? []);
  return ok({
    entries: bundle.entries.length,
    taken,
    known,
    unreadable: strange + unreadable,
    broken,
    isOfEarlierEpoch,
    receipt:
      receipts.length === 0
        ? undefined
        : {
            name: receiptFileName(taken + known, dayOf(now)),
            text: createReceiptFile(receipts, { endpointId: bundle.endpointId, madeAt: instantOf(now) }),
          },
  });
}
