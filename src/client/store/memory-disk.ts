/** A disk in memory: several tabs open it, it loses power and runs full when it is told to. For tests and the simulation. */
import { DiskError } from './disk.ts';
import type { Disk, DiskTables, SegmentRow, TableName } from './disk.ts';

const keyPaths = {
  keyring: 'key',
  sealingSessions: 'sessionId',
  outbox: 'deviceSeq',
  channels: 'channelId',
  segments: 'id',
  drafts: 'draftId',
  pictures: 'pictureId',
  pictureBoxes: 'pictureId',
  meta: 'key',
} as const satisfies Record<TableName, string>;

type Row = Readonly<Record<string, unknown>>;
type Key = string | number;

/** What lies on the disk, whoever opens it. */
export interface MemoryDiskContents {
  readonly tables: Readonly<Record<TableName, Map<Key, Row>>>;
  lastSegmentId: number;
  /** Transactions follow one another. */
  turn: Promise<unknown>;
}

export interface MemoryDisk extends Disk {
  readonly contents: MemoryDiskContents;
  /** Another tab, or the phone after it was started again. */
  open(): MemoryDisk;
  /** This page is no more: nothing it still has under way reaches the disk. */
  kill(): void;
  /** Called around every commit that changes something; what it throws before the commit undoes it. */
  onCommit: ((moment: 'before' | 'after', tables: readonly TableName[]) => void) | undefined;
}

export function createMemoryDiskContents(): MemoryDiskContents {
  const tables = Object.fromEntries(Object.keys(keyPaths).map((name) => [name, new Map()]));
  return { tables: tables as MemoryDiskContents['tables'], lastSegmentId: 0, turn: Promise.resolve() };
}

export function createMemoryDisk(contents: MemoryDiskContents = createMemoryDiskContents()): MemoryDisk {
  let isDead = false;

  async function inTurn<T>(body: () => Promise<T>): Promise<T> {
    const before = contents.turn;
    const turn = before.then(body);
    contents.turn = turn.catch(() => undefined);
    return await turn;
  }

  function transaction<T>(names: readonly TableName[], mayWrite: boolean, body: (tables: DiskTables) => Promise<T>): Promise<T> {
    return inTurn(async () => {
      if (isDead) throw new DiskError('failed');
      const undo: (() => void)[] = [];
      const state: TransactionState = { isOver: false };
      // IndexedDB ends a transaction as soon as the page waits for anything else; so does this one.
      const timer = setTimeout(() => (state.isOver = true), 0);
      try {
        const value = await body(tablesOf(contents, names, mayWrite, undo, state));
        if (state.isOver) throw new Error('a transaction waited for something other than its tables');
        if (undo.length > 0) disk.onCommit?.('before', names);
        if (isDead) throw new DiskError('failed');
        state.isOver = true;
        if (undo.length > 0) disk.onCommit?.('after', names);
        return value;
      } catch (error) {
        if (!isCommitted(state, error)) for (const step of [...undo].reverse()) step();
        throw error;
      } finally {
        clearTimeout(timer);
        state.isOver = true;
      }
    });
  }

  const disk: MemoryDisk = {
    contents,
    onCommit: undefined,
    open: () => createMemoryDisk(contents),
    kill: () => {
      isDead = true;
    },
    read: (names, body) => transaction(names, false, body),
    write: (names, body) => transaction(names, true, body),
    close: () => {
      isDead = true;
    },
  };
  return disk;
}

interface TransactionState {
  isOver: boolean;
}

/** What the hook throws after the commit (power went) leaves the commit in place. */
function isCommitted(state: TransactionState, error: unknown): boolean {
  return state.isOver && error instanceof PowerLoss;
}

/** Thrown by a hook of `onCommit` to say that the page ends here; what was committed before stays. */
export class PowerLoss extends DiskError {
  constructor() {
    super('failed');
  }
}

function tablesOf(
  contents: MemoryDiskContents,
  names: readonly TableName[],
  mayWrite: boolean,
  undo: (() => void)[],
  state: TransactionState,
): DiskTables {
  const check = (name: TableName, isChange: boolean): Map<Key, Row> => {
    if (state.isOver) throw new Error('the transaction is over');
    if (!names.includes(name)) throw new Error(`the transaction does not hold ${name}`);
    if (isChange && !mayWrite) throw new Error('the transaction only reads');
    return contents.tables[name];
  };
  const set = (name: TableName, key: Key, row: Row | undefined) => {
    const rows = check(name, true);
    const before = rows.get(key);
    undo.push(() => (before === undefined ? rows.delete(key) : rows.set(key, before)));
    if (row === undefined) rows.delete(key);
    else rows.set(key, row);
  };
  const sorted = (name: TableName): Row[] =>
    [...check(name, false)].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([, row]) => row);
  const table = (name: TableName) => ({
    get: async (key: Key) => check(name, false).get(key),
    all: async () => sorted(name),
    put: async (row: Row) => set(name, row[keyPaths[name]] as Key, row),
    delete: async (key: Key) => set(name, key, undefined),
    clear: async () => {
      for (const key of check(name, true).keys()) set(name, key, undefined);
    },
  });
  const outbox = table('outbox');
  const tables = {
    keyring: table('keyring'),
    sealingSessions: table('sealingSessions'),
    outbox: {
      ...outbox,
      add: async (row: Row) => {
        if (check('outbox', true).has(row['deviceSeq'] as number)) throw new DiskError('failed');
        await outbox.put(row);
      },
    },
    channels: table('channels'),
    segments: {
      ...table('segments'),
      add: async (row: Omit<SegmentRow, 'id'>) => {
        const id = (contents.lastSegmentId += 1);
        set('segments', id, { ...row, id });
        return id;
      },
      ofChannel: async (channelId: string, after = -1) =>
        ([...check('segments', false).values()] as unknown as SegmentRow[])
          .filter((row) => row.channelId === channelId && row.to > after)
          .sort((a, b) => a.to - b.to || a.id - b.id),
    },
    drafts: table('drafts'),
    pictures: table('pictures'),
    pictureBoxes: table('pictureBoxes'),
    meta: table('meta'),
  };
  return tables as unknown as DiskTables;
}
