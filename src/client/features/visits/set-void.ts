/** Makes a record void, or lets it count again, at once. */
import type { FieldStore, SaveError } from '#client/store/field-store.ts';
import type { VoidReason } from '#domain/visit.ts';
import { voidRecord } from '#domain/void-record.ts';
import type { VoidableRecord } from '#domain/void-record.ts';

/** `reason` undefined: it counts again. Undefined: it is so now, or was so already. Else why not, also where the rules refuse it before anything is written. */
export async function setVoidIn(store: Pick<FieldStore, 'commandContext' | 'write'>, record: VoidableRecord, reason: VoidReason | undefined): Promise<SaveError | undefined> {
  const made = voidRecord(record, reason, store.commandContext());
  if (!made.ok) return { code: 'refused', rejection: made.error };
  if (made.value === undefined) return undefined;
  const saved = await store.write([made.value]);
  return saved.ok ? undefined : saved.error;
}
