/** "Hand over as a file": what exists only on this phone as a bundle, and the receipt that comes back. Making one needs no key: locked and wiped phones can. */
import { dayOf, instantOf } from '#domain/identifiers.ts';
import { err, ok } from '#domain/result.ts';
import type { Result } from '#domain/result.ts';
import { bundleFileName, createBundle, readReceiptFile } from '#sync/bundle.ts';
import type { FileError } from '#sync/bundle.ts';
import type { Disk } from './disk.ts';
import type { FieldStore } from './field-store.ts';
import { readUnsettled } from './sealed-outbox.ts';

/** A file for the person: its name says how many and of which day. */
export interface HandOverFile {
  readonly name: string;
  readonly text: string;
  readonly count: number;
}

/** Undefined: nothing waits. `now`: milliseconds since 1970. Throws `DiskError`. */
export async function makeHandOverFile(disk: Disk, now: number): Promise<HandOverFile | undefined> {
  const unsettled = await readUnsettled(disk);
  if (unsettled === undefined || unsettled.entries.length === 0) return undefined;
  const { endpoint, epoch, communeCode, sessions, entries } = unsettled;
  const text = createBundle({ endpointId: endpoint.endpointId, epoch, communeCode, madeAt: instantOf(now), sessions: [...sessions], entries: [...entries] });
  return { name: bundleFileName(entries.length, dayOf(now)), text, count: entries.length };
}

/** What a receipt file came to. `settled`: entries whose verdict it brought; `notOurs`: receipts of other phones in it, passed over. */
export async function loadReceiptFile(
  store: Pick<FieldStore, 'loadReceipts'>,
  text: string,
): Promise<Result<{ readonly settled: number; readonly notOurs: number }, FileError>> {
  const read = readReceiptFile(text);
  return read.ok ? ok(await store.loadReceipts(read.value.receipts)) : err(read.error);
}
