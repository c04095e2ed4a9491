import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { createListFile } from './append-only-list.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gan-dan-list-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const lineSchema = z.strictObject({ number: z.int() });
const open = () => createListFile(join(folder, 'list.jsonl'), lineSchema);

it('A list that was never written is empty; what is appended is read again, in order, by whoever opens it', () => {
  expect(open().all()).toEqual([]);
  const list = open();
  list.append({ number: 1 });
  open().append({ number: 2 });
  list.append({ number: 3 });
  expect(open().all()).toEqual([{ number: 1 }, { number: 2 }, { number: 3 }]);
});

it('A line that cannot be read stops the reader and says which one it is', () => {
  open().append({ number: 1 });
  for (const line of ['{"number":"two"}', '{"number":2,"more":1}', '{"num']) {
    appendFileSync(join(folder, 'list.jsonl'), `${line}\n`);
    expect(() => open().all()).toThrow('line 2 cannot be read');
    rmSync(join(folder, 'list.jsonl'));
    open().append({ number: 1 });
  }
});

it('What follows a line that was cut off is not swallowed by it', () => {
  open().append({ number: 1 });
  appendFileSync(join(folder, 'list.jsonl'), '{"num');
  open().append({ number: 2 });
  expect(readFileSync(join(folder, 'list.jsonl'), 'utf8')).toBe('{"number":1}\n{"num\n{"number":2}\n');
  // A whole line that only lacks its end is a line.
  rmSync(join(folder, 'list.jsonl'));
  appendFileSync(join(folder, 'list.jsonl'), '{"number":1}');
  open().append({ number: 2 });
  expect(open().all()).toEqual([{ number: 1 }, { number: 2 }]);
});

it('A line for which the disk has no room is refused and leaves nothing behind that nobody could read', () => {
  const list = join(folder, 'list.jsonl');
  const appendAll = `
    import * as z from 'zod/mini';
    import { createListFile } from '${new URL('./append-only-list.ts', import.meta.url).href}';
    const list = createListFile('${list}', z.strictObject({ number: z.int() }));
    let number = 0;
    try {
      while (number < 1000) list.append({ number: number + 1 }), (number += 1);
    } catch {}
    console.log(number);`;
  // No file may grow beyond 1 KiB, and whoever tries is told so instead of being ended.
  const limited = ['-c', `trap '' XFSZ; ulimit -f 1; exec "$0" --input-type=module --eval "$1"`, process.execPath, appendAll];
  const appended = Number(execFileSync('bash', limited, { cwd: new URL('.', import.meta.url), encoding: 'utf8' }));
  expect(appended).toBeGreaterThan(10);
  expect(appended).toBeLessThan(1000);
  expect(open().all()).toEqual(Array.from({ length: appended }, (_, index) => ({ number: index + 1 })));
});
