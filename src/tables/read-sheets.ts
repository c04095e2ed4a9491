/** The one way a table comes in: the bytes of a file, whatever its name, to rows of text. The same code in the browser and in Node. */
import { err, ok } from '#domain/result.ts';
import type { Result } from '#domain/result.ts';
import { readCsv } from './csv.ts';
import { decodeText } from './decode-text.ts';
import { mendLegacyText } from './legacy-text.ts';
import { bounds } from './table.ts';
import type { ReadFile, Sheet, TableError, TextEncoding } from './table.ts';
import { readWorkbook } from './workbook.ts';

export type { ReadFile, Sheet, TableError, TableRow, TextEncoding } from './table.ts';

/** Never throws for what is in a file; what a file can cost is bounded by `bounds`. */
export async function readSheets(bytes: Uint8Array): Promise<Result<ReadFile, TableError>> {
  if (bytes.length > bounds.fileBytes) return err({ code: 'too_large' });
  if (bytes.length === 0) return err({ code: 'empty' });
  if (beginsWith(bytes, zip)) {
    const sheets = await readWorkbook(bytes);
    return sheets.ok ? ok(readFile(sheets.value, 'xlsx', 'utf-8')) : sheets;
  }
  if (beginsWith(bytes, ole)) return err({ code: isEncrypted(bytes) ? 'locked' : 'old_spreadsheet' });
  if (earlyExcel.some((beginning) => beginsWith(bytes, beginning))) return err({ code: 'old_spreadsheet' });

  const decoded = decodeText(bytes);
  if (decoded === undefined) return err({ code: 'not_text' });
  if (/^\s*(?:<!doctype html|<html|<table|<\?xml)/iu.test(decoded.text)) return err({ code: 'old_spreadsheet' });
  const rows = readCsv(decoded.text);
  return rows.ok ? ok(readFile([{ name: '', rows: rows.value }], 'csv', decoded.encoding)) : rows;
}

function readFile(sheets: readonly Sheet[], kind: ReadFile['kind'], encoding: TextEncoding): ReadFile {
  const mended = mendLegacyText(sheets);
  return { sheets: mended.sheets, kind, encoding: mended.encoding ?? encoding };
}

const beginsWith = (bytes: Uint8Array, beginning: readonly number[]) => beginning.every((byte, index) => bytes[index] === byte);

const zip = [0x50, 0x4b];
/** Compound File Binary: .xls since Excel 5, and around an .xlsx with a password (MS-OFFCRYPTO 2.3). */
const ole = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
/** BIFF 2, 3 and 4 stand in no container: a BOF record of 4 or 6 bytes. */
const earlyExcel = [[0x09, 0x00, 0x04, 0x00], [0x09, 0x02, 0x06, 0x00], [0x09, 0x04, 0x06, 0x00]];

/** The names of the container's streams are UTF-16, on even places. */
const isEncrypted = (bytes: Uint8Array) => new TextDecoder('utf-16le').decode(bytes).includes('EncryptedPackage');
