/** A list outside the database whose lines come to an end: what a restored backup must not undo, for as long as it could. */
import { closeSync, fsyncSync, openSync, renameSync, writeFileSync } from 'node:fs';
import type * as z from 'zod/mini';
import { createListFile } from './append-only-list.ts';
import type { AppendOnlyList } from './append-only-list.ts';

export interface ExpiringList<Line> extends AppendOnlyList<Line> {
  /** Rewrites the list without the lines that are over. Nobody may append meanwhile: inside of a transaction that writes, as every `append` is. */
  forget(isOver: (line: Line) => boolean): void;
}

/** Throws as a list that is only appended to does. */
export function createExpiringListFile<Line>(path: string, schema: z.ZodMiniType<Line>): ExpiringList<Line> {
  const list = createListFile(path, schema);
  return {
    ...list,
    forget(isOver) {
      const lines = list.all();
      const kept = lines.filter((line) => !isOver(line));
      if (kept.length < lines.length) replaceWhole(path, kept.map((line) => `${JSON.stringify(line)}\n`).join(''));
    },
  };
}

/** All of it or nothing: what is cut off half way stands under another name. */
function replaceWhole(path: string, text: string): void {
  const file = openSync(`${path}.new`, 'w', 0o600);
  try {
    writeFileSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(`${path}.new`, path);
}
