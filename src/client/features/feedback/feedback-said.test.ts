import { describe, expect, it } from 'vitest';
import { losesWords, toFeedbackInput, withKind } from './feedback-said.ts';
import type { FeedbackSaid } from './feedback-said.ts';

const said: FeedbackSaid = {
  kind: 'phan_anh',
  channel: 'visit',
  topic: 'road',
  text: 'Cầu treo hỏng hai tấm ván',
  anonymity: 'named',
  citizenName: ' Nông Thị A ',
  citizenPhone: '+84 912 345 678',
};

describe('what stands in the feedback fields', () => {
  it('keeps the name of who agreed, and tells the answering unit nothing unless asked to', () => {
    expect(toFeedbackInput(said)).toMatchObject({ citizenName: 'Nông Thị A', citizenPhone: '0912345678', nameToResponder: false });
  });

  it('loses every trace of the person when the name is withheld after it was written', () => {
    const input = toFeedbackInput({ ...said, anonymity: 'name_withheld', nameToResponder: true, householdId: 'h' });
    expect(Object.keys(input).sort()).toEqual(['anonymity', 'channel', 'kind', 'place', 'text', 'topic']);
  });

  it('keeps only the kind of a complaint or denunciation, in the draft as well', () => {
    expect(withKind(said, 'to_cao')).toEqual({ kind: 'to_cao' });
    expect(toFeedbackInput({ ...said, kind: 'khieu_nai' })).toEqual({ kind: 'khieu_nai' });
  });

  it('asks before written words are taken away', () => {
    expect(losesWords(said, 'to_cao')).toBe(true);
    expect(losesWords(said, 'kien_nghi')).toBe(false);
    expect(losesWords({ kind: 'phan_anh', topic: 'road' }, 'to_cao')).toBe(false);
  });
});
