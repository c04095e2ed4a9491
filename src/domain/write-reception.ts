/** Where and when a commune receives citizens: its administrator writes it down, and the slip for complaints and denunciations says it on every phone. */
import type { Area } from './area.ts';
import type { EntryDraft } from './change.ts';
import { correction, entryOf } from './command.ts';
import type { CommandContext, CommandError } from './command.ts';
import type { RecordState } from './record.ts';
import { err, ok } from './result.ts';
import type { Result } from './result.ts';
import { tidyText } from './vietnamese-text.ts';

export const receptionFields = ['receptionPlace', 'receptionHours'] as const satisfies readonly (keyof Area)[];
/** As the commune's own notice says it, each on one line. */
export type Reception = { readonly [F in (typeof receptionFields)[number]]: string };

/** Both are wanted: a citizen who is sent there must know when. Undefined: nothing differs, and nothing is to be saved. */
export function writeReception(commune: RecordState<'area'>, reception: Reception, context: CommandContext): Result<EntryDraft | undefined, CommandError> {
  const { receptionPlace, receptionHours } = reception;
  const fields = { receptionPlace: tidyText(receptionPlace), receptionHours: tidyText(receptionHours) };
  const empty = receptionFields.find((field) => fields[field] === '');
  if (empty !== undefined) return err({ kind: 'area', code: 'required', field: empty });
  const changed = correction(commune, 'area', fields);
  if (!changed.ok) return changed;
  return changed.value === undefined ? ok(undefined) : entryOf([changed.value], context);
}
