/**
 * Lists outside the database, append-only: what a restored backup must not undo (revocations, changes of roles, erasures, cancelled invitations) or forget (devices). Each is applied at every
 * start, so what is done for a line must be the same done twice.
 */
import { closeSync, existsSync, fstatSync, fsyncSync, ftruncateSync, openSync, readFileSync, readSync, writeFileSync } from 'node:fs';
import type * as z from 'zod/mini';

export interface AppendOnlyList<Line> {
  all(): Line[];
  /** Returns when it is on the disk. */
  append(line: Line): void;
}

/** One JSON a line. `all` throws on a line that `schema` does not read: to pass over one would let a lost phone back in. */
export function createListFile<Line>(path: string, schema: z.ZodMiniType<Line>): AppendOnlyList<Line> {
  return {
    all() {
      if (!existsSync(path)) return [];
      const lines = readFileSync(path, 'utf8').split('\n');
      return lines.flatMap((text, index) => {
        if (text.trim() === '') return [];
        const line = readLine(schema, text);
        if (!line.success) throw new Error(`${path}: line ${index + 1} cannot be read`);
        return [line.data];
      });
    },
    append(line) {
      const file = openSync(path, 'a+', 0o600);
      try {
        // A line that was cut off (a full disk) stays a line of its own: it must not swallow this one.
        appendWhole(file, `${endsInsideLine(file) ? '\n' : ''}${JSON.stringify(line)}\n`);
        fsyncSync(file);
      } finally {
        closeSync(file);
      }
    },
  };
}

/** A list that lasts as long as its process: tests, the simulation. */
export function createListInMemory<Line>(): AppendOnlyList<Line> {
  const lines: Line[] = [];
  return { all: () => [...lines], append: (line) => void lines.push(line) };
}

/** All of it or nothing. A disk that is full takes a part, and may say so only to whoever asks again for the rest. */
function appendWhole(file: number, text: string): void {
  const { size } = fstatSync(file);
  try {
    writeFileSync(file, text);
  } catch (reason) {
    // Unless another process has written behind it.
    if (fstatSync(file).size < size + Buffer.byteLength(text)) ftruncateSync(file, size);
    throw reason;
  }
}

function endsInsideLine(file: number): boolean {
  const { size } = fstatSync(file);
  if (size === 0) return false;
  const last = Buffer.alloc(1);
  readSync(file, last, 0, 1, size - 1);
  return last.toString() !== '\n';
}

function readLine<Line>(schema: z.ZodMiniType<Line>, text: string): { success: true; data: Line } | { success: false } {
  try {
    const parsed = schema.safeParse(JSON.parse(text));
    return parsed.success ? { success: true, data: parsed.data } : { success: false };
  } catch {
    return { success: false };
  }
}
