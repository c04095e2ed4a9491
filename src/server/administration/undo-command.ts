/** `undo-import`: takes an import back, from the file that it was noted in. */
import { recordKinds } from '#domain/record.ts';
import type { AnyRecord, RecordKind } from '#domain/record.ts';
import type { ImportTrace } from '#lists/import-plan.ts';
import { readTrace } from '#lists/read-trace.ts';
import { undoImport } from '#lists/undo-import.ts';
import type { LeftReason, Undoing } from '#lists/undo-import.ts';
import type { RecordReader } from '../own-entries.ts';
import { applyAll } from './apply-all.ts';
import { hasCommune } from './command-desk.ts';
import type { CommandDesk, CommandOf } from './command-desk.ts';
import { readBytes } from './files.ts';
import { numberText } from './number-text.ts';

const reasons: Record<LeftReason, string> = {
  changed: 'đã có người sửa', built_upon: 'đã có mục khác ghi theo', gone: 'không còn trong sổ', no_way_back: 'không lấy lại được',
};

export async function runUndoImport({ file, communeCode, dryRun }: CommandOf<'undo-import'>, { endpoint, context, print }: CommandDesk): Promise<boolean> {
  if (!(await hasCommune(communeCode, endpoint, print))) return false;
  const bytes = readBytes(file, print);
  if (bytes === undefined) return false;
  const trace = traceIn(new TextDecoder().decode(bytes));
  if (trace === undefined) {
    print(`${file} không phải là tệp --undo-file của một lần nạp.`);
    return false;
  }
  // Here nobody asks for a permission: what no member may delete is taken out as it came in.
  const undo = async (read: RecordReader) => undoImport(trace, await everything(read, communeCode), () => true, context);
  let undone: Undoing | undefined;
  if (dryRun) undone = await undo(endpoint.records);
  else {
    await applyAll(endpoint, async (read) => {
      undone = await undo(read);
      return [{ communeCode, drafts: undone.entries }];
    });
  }
  if (undone === undefined) throw new Error('an import was taken back without being read');
  for (const line of undoReport(undone, dryRun)) print(line);
  return true;
}

async function everything(read: RecordReader, communeCode: string): Promise<AnyRecord[]> {
  const records: AnyRecord[] = [];
  for (const kind of recordKinds) records.push(...(await read<RecordKind>(communeCode, kind)));
  return records;
}

function traceIn(text: string): ImportTrace | undefined {
  try {
    return readTrace(JSON.parse(text));
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function undoReport({ closed, setBack, left }: Undoing, dryRun: boolean): string[] {
  const lines = [`${dryRun ? 'Chỉ đọc thử: sẽ lấy lại' : 'Đã lấy lại'} ${numberText(closed)} mục mới, trả ${numberText(setBack)} mục về như trước.`];
  for (const [reason, text] of Object.entries(reasons)) {
    const stays = left.filter((one) => one.reason === reason);
    if (stays.length > 0) lines.push(`Giữ nguyên ${numberText(stays.length)} mục ${text}: ${stays.map(({ kind, recordId }) => `${kind} ${recordId}`).join(', ')}.`);
  }
  return lines;
}
