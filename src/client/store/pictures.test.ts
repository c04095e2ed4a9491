import { beforeEach, describe, expect, test } from 'vitest';
import { attachPhoto } from '#domain/attach-photo.ts';
import { DiskError } from './disk.ts';
import type { Disk } from './disk.ts';
import { createMemoryDisk } from './memory-disk.ts';
import { clearWipedPhone, wipePhone } from './phone.ts';
import { hasArrived } from './pictures.ts';
import { createTestChannel, createTestPhone, diskKinds, hamletChannel, hamletId, householdRow, letInAgain, newId, pull, visitDraft } from './store.test-support.ts';
import type { TestPhone, TestStore } from './store.test-support.ts';

const picture = Uint8Array.from({ length: 3000 }, (_, at) => at % 253);

async function everything(disk: Disk): Promise<string> {
  return await disk.read(['pictures', 'pictureBoxes'], async ({ pictures, pictureBoxes }) => JSON.stringify([await pictures.all(), await pictureBoxes.all()]));
}

describe.each(diskKinds)('pictures ($name)', (kind) => {
  let phone: TestPhone;
  let store: TestStore;
  const pictureId = newId();
  beforeEach(async () => {
    phone = await createTestPhone(kind);
    store = await phone.openStore();
  });

  test('are sealed at once, and read again by the unlocked phone alone, also after it was closed', async () => {
    const kept = await store.pictures.keep(pictureId, picture);
    expect(kept.ok && kept.value.sha256).toMatch(/^[0-9a-f]{64}$/);
    store.close();
    const later = await phone.openStore();
    expect(await later.pictures.open(pictureId)).toEqual(picture);
    expect(await later.pictures.open(newId())).toBeUndefined();
    expect(await later.pictures.list()).toMatchObject([{ pictureId, sha256: kept.ok ? kept.value.sha256 : '', deviceId: phone.deviceId, savedAt: phone.clock.at }]);
    // Three bytes in a row of it stand nowhere on the disk, with the control that they do in what was given.
    const clear = JSON.stringify([...picture.subarray(10, 16)]).slice(1, -1);
    expect(JSON.stringify([...picture])).toContain(clear);
    expect(await everything(phone.openDisk())).not.toContain(clear);
    later.close();
    await expect(later.pictures.list()).rejects.toMatchObject({ code: 'locked' });
    expect(await later.pictures.keep(newId(), picture)).toEqual({ ok: false, error: { code: 'locked' } });
  });

  test('are told to have arrived until all is to be sent again', async () => {
    await store.pictures.keep(pictureId, picture);
    const before = (await store.pictures.list())[0];
    const round = store.pictures.round();
    expect(before !== undefined && hasArrived(before, round)).toBe(false);
    await store.pictures.noteTrouble(pictureId, { setBacks: { times: 2, at: 7 } });
    await store.pictures.noteTrouble(pictureId, { failed: 'unreadable' });
    const troubled = (await store.pictures.list())[0];
    expect(troubled).toMatchObject({ failed: 'unreadable' });
    expect(troubled).not.toHaveProperty('setBacks');
    await store.pictures.noteArrived(pictureId);
    const [row] = await store.pictures.list();
    expect(row).toMatchObject({ arrived: { at: phone.clock.at, round } });
    expect(row).not.toHaveProperty('failed');
    expect(row !== undefined && hasArrived(row, round)).toBe(true);
    await store.restart(1, round);
    expect(row !== undefined && hasArrived(row, store.pictures.round())).toBe(false);
    await store.pictures.drop([pictureId]);
    expect(await store.pictures.list()).toEqual([]);
    expect(await store.pictures.box(pictureId)).toBeUndefined();
  });

  test('are given out only as they were sealed: none that is missing, cut or altered on the disk', async () => {
    await store.pictures.keep(pictureId, picture);
    const box = (await store.pictures.box(pictureId)) ?? new Uint8Array();
    expect(box.length).toBeGreaterThan(picture.length);
    for (const spoiled of [box.slice(0, -1), box.map((byte, at) => (at === 700 ? byte ^ 1 : byte))]) {
      await phone.openDisk().write(['pictureBoxes'], async ({ pictureBoxes }) => await pictureBoxes.put({ pictureId, box: spoiled }));
      expect(await store.pictures.box(pictureId)).toBeUndefined();
    }
    await phone.openDisk().write(['pictureBoxes'], async ({ pictureBoxes }) => await pictureBoxes.put({ pictureId, box }));
    expect(await store.pictures.box(pictureId)).toEqual(box);
    await phone.openDisk().write(['pictureBoxes'], async ({ pictureBoxes }) => await pictureBoxes.delete(pictureId));
    expect(await store.pictures.box(pictureId)).toBeUndefined();
  });

  test('go in the moment in which their record is heard to be gone, with those of a form about it', async () => {
    const [ofForm, other] = [newId(), newId()];
    for (const id of [pictureId, ofForm, other]) await store.pictures.keep(id, picture);
    const household = householdRow();
    const hamlet = createTestChannel(hamletChannel);
    hamlet.show(household);
    await pull(store, hamlet);
    const values = { outcome: 'Viết dở', photos: [{ pictureId: ofForm, bytes: 3000 }] };
    await store.saveDraft({ draftId: 'visit-1', form: 'visit', subjectId: household.recordId, values });
    hamlet.show({ recordId: pictureId, version: 2, gone: 'evicted' });
    await pull(store, hamlet);
    expect(await store.pictures.list()).toHaveLength(3);
    hamlet.show({ recordId: pictureId, version: 3, gone: 'deleted' });
    hamlet.show({ recordId: household.recordId, version: 2, gone: 'deleted' });
    await pull(store, hamlet);
    expect((await store.pictures.list()).map((row) => row.pictureId)).toEqual([other]);
    expect(await store.pictures.box(pictureId)).toBeUndefined();
    expect(store.drafts()).toEqual([]);
  });

  test('stay sealed after a wipe, without their keys, until a person clears them', async () => {
    await store.pictures.keep(pictureId, picture);
    await wipePhone(phone.openDisk(), 'asked');
    const disk = phone.openDisk();
    const rows = await disk.read(['pictures'], async ({ pictures }) => await pictures.all());
    expect(rows).toMatchObject([{ pictureId }]);
    expect(rows[0]).not.toHaveProperty('key');
    expect(await store.pictures.open(pictureId)).toBeUndefined();
    await clearWipedPhone(disk);
    expect(await everything(disk)).toBe('[[],[]]');
  });

  test('lie there as they were for the same person, let in again after a wipe: those whose record was saved are told from those of a lost form', async () => {
    const kept = await store.pictures.keep(pictureId, picture);
    await store.pictures.keep(newId(), picture);
    const fields = { pictureId, sha256: kept.ok ? kept.value.sha256 : '', type: 'image/webp', bytes: picture.length, width: 10, height: 10, on: '2026-11-22', hasFace: false } as const;
    const household = householdRow();
    const visit = visitDraft(household.recordId);
    const hamlet = createTestChannel(hamletChannel);
    hamlet.show(household);
    await pull(store, hamlet);
    const photo = attachPhoto({ recordId: visit.visitId, areaId: hamletId }, fields, store.commandContext());
    expect(photo.ok && (await store.write([visit, photo.value])).ok).toBe(true);
    const box = await store.pictures.box(pictureId);
    store.close();
    await wipePhone(phone.openDisk(), 'asked');
    const again = await letInAgain(phone);
    expect((await again.pictures.list()).map((row) => [row.pictureId === pictureId, row.recorded, row.key])).toEqual([[true, true, undefined], [false, undefined, undefined]]);
    expect(await again.pictures.box(pictureId)).toEqual(box);
    again.close();
  });
});

test('a full phone says so, and keeps no half of a picture', async () => {
  const disk = createMemoryDisk();
  const phone = await createTestPhone({ name: 'full', create: () => () => disk.open() });
  const full = disk.open();
  const store = await phone.openStore({ disk: full });
  full.onCommit = (moment) => {
    if (moment === 'before') throw new DiskError('full');
  };
  expect(await store.pictures.keep(newId(), picture)).toEqual({ ok: false, error: { code: 'storage_full' } });
  full.onCommit = undefined;
  expect(await everything(disk.open())).toBe('[[],[]]');
});
