/** What was sent and should not count: the record and its history stay, with the reason. Cleared, it counts again. */
import { correction, entryOf } from './command.ts';
import type { CommandContext, CommandError } from './command.ts';
import type { EntryDraft } from './change.ts';
import type { RecordState } from './record.ts';
import { ok } from './result.ts';
import type { Result } from './result.ts';
import type { VoidReason } from './visit.ts';

const voidableKinds = ['visit', 'prestigious_contact', 'benefit'] as const;
export type VoidableKind = (typeof voidableKinds)[number];
export type VoidableRecord = { [K in VoidableKind]: RecordState<K> }[VoidableKind];

export function isVoidable(record: RecordState): record is VoidableRecord {
  return voidableKinds.some((kind) => kind === record.kind);
}

/** Is it void, and to be counted, listed as due or as last met nowhere? */
export function isVoid({ fields }: { readonly fields: { readonly voidReason?: VoidReason | undefined } }): boolean {
  return fields.voidReason !== undefined;
}

/**
 * `reason` undefined: it counts again. What the commune asked about it stays open: shown nowhere while it is void, asked again where it counts again.
 * Undefined: nothing differs, and nothing is to be saved.
 */
export function voidRecord(
  record: VoidableRecord,
  reason: VoidReason | undefined,
  context: CommandContext,
): Result<EntryDraft | undefined, CommandError> {
  const changed = correction(record, record.kind, { voidReason: reason });
  if (!changed.ok) return changed;
  return changed.value === undefined ? ok(undefined) : entryOf([changed.value], context);
}
