/** `import-households` and its like: reads a list, says what it comes to, and writes it in one step or not at all. */
import { rmSync, writeFileSync } from 'node:fs';
import { countCreated } from '#lists/plan-import.ts';
import type { Sheet } from '#tables/table.ts';
import { writeTable } from '#tables/write-table.ts';
import { unknownCommune } from './command-desk.ts';
import type { CommandDesk, CommandOf } from './command-desk.ts';
import { createFile } from './files.ts';
import { readImport, writeImport } from './list-import.ts';
import type { ListReading } from './list-import.ts';
import { readingReport, rowWords, sheetErrorText, wrongRowsReport, wrongRowsTable } from './list-report.ts';
import { numberText } from './number-text.ts';

const nothingWritten = 'Chưa ghi gì vào sổ.';

export async function runListImport(command: CommandOf<'import-list'>, sheets: readonly Sheet[], { endpoint, context, print }: CommandDesk): Promise<boolean> {
  const { layout, communeCode, near, createHamlets } = command;
  const asked = { layout, communeCode, decisions: { answers: {}, otherwise: near, allowsNewHamlets: createHamlets, allowsAboutStaff: true } };
  const read = await readImport(endpoint, sheets, asked, context);
  if (!read.ok) {
    print(read.error.code === 'unknown_commune' ? unknownCommune(communeCode) : sheetErrorText(read.error, layout));
    print(nothingWritten);
    return false;
  }
  const { list, reckoning } = read.value;
  const { wrong, merge } = reckoning;
  for (const line of [...readingReport(list, reckoning), ...wrongRowsReport(wrong)]) print(line);
  if (wrong.length > 0 && command.skipBad === undefined) {
    print(`${numberText(wrong.length)} dòng sai. ${nothingWritten} Sửa danh sách rồi nạp lại, hoặc thêm --skip-bad TỆP_LỖI.`);
    return false;
  }
  if (command.dryRun) {
    print(`Chỉ đọc thử: sẽ ghi ${toWrite(countCreated(reckoning), merge.length, layout)}. ${nothingWritten}`);
    if (wrong.length > 0) print(`${numberText(wrong.length)} dòng sai.`);
    return wrong.length === 0;
  }
  return await writeReading(command, asked, read.value, { endpoint, context, print });
}

async function writeReading(
  { layout, skipBad, undoFile }: CommandOf<'import-list'>,
  asked: Parameters<typeof writeImport>[1],
  reading: ListReading,
  { endpoint, context, print }: Pick<CommandDesk, 'endpoint' | 'context' | 'print'>,
): Promise<boolean> {
  const { wrong } = reading.reckoning;
  const wrongFile = wrong.length > 0 ? skipBad : undefined;
  if (wrongFile !== undefined && !createFile(wrongFile, writeTable(wrongRowsTable(reading.list, wrong)), print)) {
    print(nothingWritten);
    return false;
  }
  // Made before anything is written: a name that is taken is no reason to lose the way back.
  if (undoFile !== undefined && !createFile(undoFile, '', print)) {
    if (wrongFile !== undefined) rmSync(wrongFile, { force: true });
    print(nothingWritten);
    return false;
  }
  let plan: Awaited<ReturnType<typeof writeImport>>;
  try {
    plan = await writeImport(endpoint, asked, reading, context);
    if (plan !== undefined && undoFile !== undefined) writeFileSync(undoFile, `${JSON.stringify(plan.trace)}\n`);
  } finally {
    if (plan === undefined) for (const made of [wrongFile, undoFile]) if (made !== undefined) rmSync(made, { force: true });
  }
  if (plan === undefined) {
    print(`Sổ vừa có thay đổi trong lúc nạp. ${nothingWritten} Hãy chạy lại lệnh này.`);
    return false;
  }
  const { created, merged } = plan.counts;
  print(plan.entries.length === 0 ? 'Không có gì thay đổi.' : `Đã ghi ${toWrite(created, merged, layout)} vào sổ.`);
  if (wrongFile !== undefined) print(`${numberText(wrong.length)} dòng sai không ghi, đã chép sang ${wrongFile}.`);
  if (undoFile !== undefined) print(`Lấy lại lần nạp này bằng: npm run admin -- undo-import ${undoFile} --commune ${asked.communeCode}. Xong thì xóa tệp ấy.`);
  return true;
}

function toWrite(created: number, merged: number, layout: CommandOf<'import-list'>['layout']): string {
  const fresh = `${numberText(created)} ${rowWords[layout]}`;
  return merged === 0 ? fresh : `${fresh} mới, ${numberText(merged)} ${rowWords[layout]} sửa theo danh sách`;
}
