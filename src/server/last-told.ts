/**
 * How many changes the database held when a phone was last told anything of it, kept outside the database: one that holds fewer is an older one that was
 * put back. Written after the changes were committed and before the answer leaves, so what a process that ends leaves behind lags at most by what
 * nobody was told, and never leads.
 */
import { closeSync, existsSync, openSync, readFileSync, renameSync, writeFileSync, writeSync } from 'node:fs';

export interface LastTold {
  /** 0: nobody was told anything yet. Undefined: it is there and cannot be read. */
  read(): number | undefined;
  /** Takes the place of what was there. */
  write(changes: number): void;
}

/** As wide as the highest safe integer: a shorter number leaves nothing of a longer one behind. */
const width = 16;

/**
 * In place, and in one write too short to be cut. Without an `fsync`, which would cost each answer as much as its commit: what a loss of power takes of it makes
 * it lag, and then only what phones ask for tells of a database that was put back.
 */
export function createLastToldFile(path: string): LastTold {
  return {
    read() {
      if (!existsSync(path)) return 0;
      const text = readFileSync(path, 'utf8').trim();
      return /^\d{1,16}$/.test(text) ? Number(text) : undefined;
    },
    write(changes) {
      const line = `${String(changes).padEnd(width)}\n`;
      // The first time whole or not at all: an empty file would say that nobody can tell any more.
      if (!existsSync(path)) {
        writeFileSync(`${path}.new`, line, { mode: 0o600 });
        renameSync(`${path}.new`, path);
        return;
      }
      const file = openSync(path, 'r+');
      try {
        writeSync(file, line, 0);
      } finally {
        closeSync(file);
      }
    },
  };
}

/** One that lasts as long as its process: tests, the simulation. */
export function createLastToldInMemory(): LastTold {
  let told = 0;
  return {
    read: () => told,
    write(changes) {
      told = changes;
    },
  };
}
