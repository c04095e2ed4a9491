import { describe, expect, test } from 'vitest';
import { attachPhoto, attachPhotos, removePhoto } from './attach-photo.ts';
import type { PhotoInput } from './attach-photo.ts';
import { commandContext as context, hamlet, idOf, recordOf, validFields } from './records.test-support.ts';

const parent = { recordId: idOf(10), areaId: hamlet };
const { parentId: _parentId, ...fields } = validFields.attachment;
const input = (over: Partial<PhotoInput> = {}): PhotoInput => ({ ...fields, pictureId: idOf(77), ...over });

describe('a photo', () => {
  test('is an entry of its own, under the id that the picture was sealed with', () => {
    const entry = attachPhoto(parent, input(), context());
    expect(entry.ok && entry.value.changes).toEqual([
      { recordId: idOf(77), kind: 'attachment', areaId: parent.areaId, base: 0, set: { ...fields, parentId: parent.recordId } },
    ]);
  });

  test('in which a face shows is kept with consent alone', () => {
    for (const consent of [undefined, false]) {
      const entry = attachPhoto(parent, input({ hasFace: true, consent }), context());
      expect(entry.ok ? undefined : entry.error).toEqual({ kind: 'attachment', code: 'required', field: 'consent' });
    }
    expect(attachPhoto(parent, input({ hasFace: true, consent: true }), context()).ok).toBe(true);
  });

  test('without a face keeps no answer that nobody gave', () => {
    const entry = attachPhoto(parent, input({ hasFace: false, consent: true }), context());
    expect(entry.ok && entry.value.changes[0]).not.toHaveProperty('set.consent');
  });

  test('that is taken away leaves no small picture either', () => {
    const photo = recordOf('attachment', idOf(77), { thumbnail: 'AAAA' });
    const entry = removePhoto(photo, '2026-11-30', context());
    expect(entry.ok && entry.value.changes[0]).toMatchObject({ base: photo.version, set: { removedOn: '2026-11-30', thumbnail: null } });
    const gone = recordOf('attachment', idOf(77), { removedOn: '2026-11-30' });
    expect(removePhoto(gone, '2026-12-01', context()).ok).toBe(false);
  });
});

describe('the photos of a form', () => {
  test('become an entry each', () => {
    const entries = attachPhotos(parent, [input(), input({ pictureId: idOf(78), hasFace: true, consent: true })], context());
    expect(entries.ok && entries.value.map(({ changes }) => changes.map(({ recordId }) => recordId))).toEqual([[idOf(77)], [idOf(78)]]);
  });

  test('are kept when each was asked about, and the first that was not says so', () => {
    const { hasFace: _hasFace, ...unasked } = input({ pictureId: idOf(78) });
    const entries = attachPhotos(parent, [input(), unasked, input({ pictureId: idOf(79), hasFace: true })], context());
    expect(entries.ok ? undefined : entries.error).toEqual({ kind: 'attachment', code: 'required', field: 'hasFace', pictureId: idOf(78) });
    const unconsented = attachPhotos(parent, [input({ pictureId: idOf(79), hasFace: true, consent: false })], context());
    expect(unconsented.ok ? undefined : unconsented.error).toMatchObject({ field: 'consent', pictureId: idOf(79) });
  });
});
