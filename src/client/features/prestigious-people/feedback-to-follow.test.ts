import { expect, it } from 'vitest';
import type { FieldStore } from '#client/store/field-store.ts';
import type { FeedbackStanding } from '#domain/feedback-fold.ts';
import { hamlet, idOf, recordOf } from '#domain/records.test-support.ts';
import type { FieldsOf } from '#domain/record.ts';
import { feedbackToFollow } from './feedback-to-follow.ts';

it('offers a talk what was said by name in the hamlet and has not ended, once the commune has it, the newest first, nothing about staff', () => {
  const said = (n: number, fields: Partial<FieldsOf['feedback']> = {}, standing: Partial<FeedbackStanding> = {}, { deleted = false, mark = 'sent' } = {}) => ({
    mark: { state: mark },
    record: recordOf('feedback', idOf(n), { receivedOn: `2026-11-${n}`, ...fields }, { deleted }),
    standing: { state: 'assigned', topic: fields.topic ?? 'road', ...standing },
  });
  const all = [
    said(10), said(11, {}, { state: 'answered' }), said(12, {}, { state: 'delivered', topic: 'housing' }),
    said(13, { anonymity: 'name_withheld' }), said(14, { topic: 'staff_attitude' }), said(15, {}, { topic: 'staff_attitude' }),
    said(16, {}, { state: 'confirmed' }), said(17, {}, { state: 'merged' }), said(18, { kind: 'khieu_nai' }), said(19, {}, {}, { deleted: true }), said(20, {}, {}, { mark: 'on_this_phone' }),
  ];
  const store = {
    inHamlet: (_: string, hamletId: string) => (hamletId === hamlet ? all.map(({ record }) => record) : []),
    standing: (one: { readonly recordId: string }) => all.find(({ record }) => record.recordId === one.recordId)?.standing,
    mark: (one: { readonly recordId: string }) => all.find(({ record }) => record.recordId === one.recordId)?.mark,
  } as unknown as FieldStore;
  expect(feedbackToFollow(store, hamlet).map(({ said: { recordId }, topic }) => [recordId, topic])).toEqual([[idOf(12), 'housing'], [idOf(11), 'road'], [idOf(10), 'road']]);
  expect(feedbackToFollow(store, 'elsewhere')).toEqual([]);
});
