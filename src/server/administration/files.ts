/** The files that a command is given to read or to make; what is wrong with one is said to the person who named it. */
import { readFileSync, writeFileSync } from 'node:fs';
import type { CommandDesk } from './command-desk.ts';

/** Undefined: it cannot be read, and it was said. */
export function readBytes(path: string, print: CommandDesk['print']): Uint8Array | undefined {
  try {
    return readFileSync(path);
  } catch (error) {
    print(`Không đọc được tệp ${path}${hasCode(error, 'ENOENT') ? ': không có tệp này' : ''}.`);
    return undefined;
  }
}

/** Never over another file: it may hold what nobody has dealt with yet. False: it was not made, and it was said. */
export function createFile(path: string, text: string, print: CommandDesk['print']): boolean {
  try {
    writeFileSync(path, text, { flag: 'wx', mode: 0o600 });
    return true;
  } catch (error) {
    print(hasCode(error, 'EEXIST') ? `Tệp ${path} đã có, không ghi đè. Hãy chọn tên khác.` : `Không tạo được tệp ${path}.`);
    return false;
  }
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
