/**
 * The pictures of photos on this phone: sealed to the endpoint the moment they are made, kept until the commune has named them as arrived, and a while longer. The
 * records they belong to go their own way, before them.
 */
import { hashPicture } from '#sync/entry.ts';
import { StorageFailure } from '#sync/engine.ts';
import { err, ok } from '#domain/result.ts';
import type { Result } from '#domain/result.ts';
import type { PictureRow } from './disk.ts';
import { dropPictures } from './gone-pictures.ts';
import { pictureKeyContext } from './sealer.ts';
import type { StoreCore } from './store-core.ts';
import { storageCodeOf } from './unlocked-phone.ts';
import type { StorageErrorCode } from './unlocked-phone.ts';

export type { PictureFailure, PictureRow } from './disk.ts';

/** What stands in the way of a picture's being sent; empty: nothing. */
export type PictureTrouble = Pick<PictureRow, 'failed' | 'setBacks'>;

/** So long a picture that has arrived stays here as well: a backup that is put back meanwhile may have lost it. */
export const keepArrivedMs = 30 * 24 * 3_600_000;

export interface PictureShelf {
  /** Sealed and on disk when it resolves. `pictureId`: to be the id of the attachment's record. */
  keep(pictureId: string, picture: Uint8Array): Promise<Result<{ readonly sha256: string }, { readonly code: StorageErrorCode | 'locked' }>>;
  /** What was taken here, as long as it lies here. Undefined: not here, or sealed before the keys were wiped. Throws `StorageFailure`. */
  open(pictureId: string): Promise<Uint8Array | undefined>;
  /** The oldest first. Throws `StorageFailure`. */
  list(): Promise<readonly PictureRow[]>;
  /** As it travels. Undefined: it is missing, or no longer what was sealed: cut or altered on the disk. Throws where the disk cannot be read. */
  box(pictureId: string): Promise<Uint8Array | undefined>;
  /** The endpoint has named it, by its hash, as what it holds. Throws `StorageFailure`. */
  noteArrived(pictureId: string): Promise<void>;
  /** In place of what was noted before. Throws `StorageFailure`. */
  noteTrouble(pictureId: string, trouble: PictureTrouble): Promise<void>;
  /** Throws `StorageFailure`. */
  drop(pictureIds: readonly string[]): Promise<void>;
  /** Raised whenever this tab changes one. What a pulled page takes away with its record does not raise it. */
  revision(): number;
  /** What `LogRow.round` says now: what arrived in another is asked about again, for the endpoint may have been put back since. */
  round(): string;
}

export function createPictureShelf(core: StoreCore): PictureShelf {
  const { disk, phone, clock } = core;
  const round = () => core.memory().log?.round ?? '';
  let revision = 0;

  async function seal(pictureId: string, picture: Uint8Array): Promise<{ readonly row: PictureRow; readonly box: Uint8Array }> {
    const { box, key, sha256 } = await phone.sealer.sealPicture(picture);
    const kept = await phone.safe.seal(key, pictureKeyContext(pictureId));
    return { row: { pictureId, sha256, size: box.length, deviceId: phone.deviceId, savedAt: clock.now(), key: kept }, box };
  }

  async function change(pictureId: string, changed: (row: PictureRow) => PictureRow): Promise<void> {
    await disk.write(['pictures'], async ({ pictures }) => {
      const row = await pictures.get(pictureId);
      if (row !== undefined) await pictures.put(changed(row));
    });
    tell();
  }

  function tell(): void {
    revision += 1;
    if (core.isClosed()) return;
    core.notify();
    core.tellTabs();
  }

  return {
    async keep(pictureId, picture) {
      try {
        return await core.step(async () => {
          const { row, box } = await seal(pictureId, picture);
          await disk.write(['pictures', 'pictureBoxes'], async ({ pictures, pictureBoxes }) => {
            await pictures.put(row);
            await pictureBoxes.put({ pictureId, box });
          });
          tell();
          return ok({ sha256: row.sha256 });
        });
      } catch (error) {
        return err({ code: core.isClosed() ? 'locked' : storageCodeOf(error) });
      }
    },
    async open(pictureId) {
      const [row, kept] = await disk.read(['pictures', 'pictureBoxes'], async ({ pictures, pictureBoxes }) => [await pictures.get(pictureId), await pictureBoxes.get(pictureId)] as const);
      if (row?.key === undefined || kept === undefined || core.isClosed()) return undefined;
      const key = await phone.safe.open(row.key, pictureKeyContext(pictureId));
      const opened = key === undefined ? undefined : await phone.sealer.openPicture(key, kept.box);
      return opened?.ok === true ? opened.value : undefined;
    },
    async list() {
      if (core.isClosed()) throw new StorageFailure('locked');
      const rows = await disk.read(['pictures'], async ({ pictures }) => await pictures.all());
      return [...rows].sort((a, b) => a.savedAt - b.savedAt || (a.pictureId < b.pictureId ? -1 : 1));
    },
    async box(pictureId) {
      const [row, kept] = await disk.read(['pictures', 'pictureBoxes'], async ({ pictures, pictureBoxes }) => [await pictures.get(pictureId), await pictureBoxes.get(pictureId)] as const);
      return kept !== undefined && (await hashPicture(kept.box)) === row?.sha256 ? kept.box : undefined;
    },
    noteArrived: async (pictureId) => await change(pictureId, (row) => ({ ...withoutTrouble(row), arrived: { at: clock.now(), round: round() } })),
    noteTrouble: async (pictureId, trouble) => await change(pictureId, (row) => ({ ...withoutTrouble(row), ...trouble })),
    async drop(pictureIds) {
      if (pictureIds.length === 0) return;
      await disk.write(['pictures', 'pictureBoxes'], async (tables) => await dropPictures(tables, pictureIds));
      tell();
    },
    revision: () => revision,
    round,
  };
}

function withoutTrouble({ failed: _failed, setBacks: _setBacks, ...row }: PictureRow): PictureRow {
  return row;
}

/** Has the endpoint of today named it as arrived? One that was put back since may have forgotten it. */
export function hasArrived({ arrived }: Pick<PictureRow, 'arrived'>, round: string): boolean {
  return arrived !== undefined && arrived.round === round;
}
