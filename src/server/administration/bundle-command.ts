/** `import-bundle`: takes in a file of sealed entries that somebody carried here, as the endpoint's own page does. Who carries it cannot read it. */
import { rmSync, writeFileSync } from 'node:fs';
import { instantOf } from '#domain/identifiers.ts';
import { createReceiptFile, fileKindOf, readBundle, splitBundle, tallyOf } from '#sync/bundle.ts';
import type { Bundle, FileError } from '#sync/bundle.ts';
import { protocolVersion } from '#sync/protocol.ts';
import type { SyncAnswer } from '#sync/protocol.ts';
import type { Endpoint } from '../endpoint.ts';
import type { CommandDesk, CommandOf } from './command-desk.ts';
import { createFile, readBytes } from './files.ts';
import { numberText } from './number-text.ts';

/** Done: every entry of the file is here, from now or from before, and the receipt that was asked for is written. */
export async function runImportBundle({ file, receipt }: CommandOf<'import-bundle'>, desk: CommandDesk): Promise<boolean> {
  const { endpoint, context, print } = desk;
  const bundle = openBundle(file, desk);
  // The receipt's file is made before anything is taken: nobody should have to come twice for it.
  if (bundle === undefined || (receipt !== undefined && !createFile(receipt, '', print))) {
    print('Chưa nhận gì vào sổ.');
    return false;
  }
  let receipts: NonNullable<SyncAnswer['receipts']> = [];
  try {
    const answers = await takeIn(endpoint, bundle, receipt !== undefined);
    receipts = answers.flatMap((answer) => answer.receipts ?? []);
    if (receipt !== undefined && receipts.length > 0) {
      const of = { endpointId: bundle.endpointId, madeAt: instantOf(context.now) };
      writeFileSync(receipt, createReceiptFile(receipts, of));
    }
    return report(bundle, answers, receipts.length > 0 ? receipt : undefined, print);
  } finally {
    if (receipt !== undefined && receipts.length === 0) rmSync(receipt, { force: true });
  }
}

function openBundle(file: string, { endpoint, print }: CommandDesk): Bundle | undefined {
  const bytes = readBytes(file, print);
  if (bytes === undefined) return undefined;
  const text = new TextDecoder().decode(bytes);
  const read = readBundle(text);
  if (!read.ok) {
    print(`${file}: ${fileKindOf(text) === 'receipts' ? isReceipt : fileErrors[read.error.code]}`);
    return undefined;
  }
  if (read.value.endpointId === endpoint.identity().endpointId) return read.value;
  print(`${file}: tệp này gửi cho một hệ thống Gần Dân khác (mã ${read.value.endpointId}), ở đây không mở được. Hãy nộp tệp ở nơi ấy.`);
  return undefined;
}

const isReceipt = 'đây là biên nhận. Hãy mang về nạp vào máy đã gửi, không nạp vào sổ.';
const fileErrors: Record<FileError['code'], string> = {
  not_a_bundle: 'đây không phải tệp phiếu của Gần Dân.',
  newer_version: 'tệp do bản Gần Dân mới hơn làm ra. Hãy cập nhật máy chủ rồi nhận lại.',
  damaged: 'tệp bị hỏng hoặc bị thiếu một phần trên đường. Hãy xin lại tệp từ máy đã làm ra nó; trên máy ấy không mất gì.',
  too_large: 'tệp quá lớn, không phải tệp phiếu của một máy.',
};

async function takeIn(endpoint: Endpoint, bundle: Bundle, receipts: boolean): Promise<SyncAnswer[]> {
  const answers: SyncAnswer[] = [];
  for (const part of splitBundle(bundle)) {
    answers.push(await endpoint.sync({ kind: 'bundle' }, { protocol: protocolVersion, ...part, ...(receipts ? { receipts: true } : {}) }));
  }
  return answers;
}

/** False: something of the file was not taken. */
function report(bundle: Bundle, answers: readonly SyncAnswer[], receipt: string | undefined, print: CommandDesk['print']): boolean {
  const { taken, known, strange, unreadable, isOfEarlierEpoch } = tallyOf(bundle, answers);
  print(`Tệp có ${numberText(bundle.entries.length)} mục: nhận mới ${numberText(taken)}, đã có từ trước ${numberText(known)} (không nhân đôi).`);
  if (isOfEarlierEpoch) print('Tệp được làm trước lần phục hồi sổ gần đây; vẫn nhận như thường.');
  if (unreadable > 0) print(`${numberText(unreadable)} mục không đọc được vì đã bị sửa sau khi niêm phong. Các mục này không vào sổ.`);
  if (strange > 0) print(`${numberText(strange)} mục của máy chưa từng đăng ký ở đây. Các mục này không vào sổ.`);
  if (receipt !== undefined) print(`Đã ghi biên nhận ra ${receipt}. Hãy mang về nạp vào máy đã gửi.`);
  return strange + unreadable === 0;
}
