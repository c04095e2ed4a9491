import { describe, expect, it } from 'vitest';
import { rejectionWords } from '#client/languages/error-words.ts';
import { vi } from '#client/languages/vi.ts';
import { officeErrors } from '#client/remote/administration.ts';
import { actFailureWords, officeFailureWords } from './refusal-words.ts';

describe('why it was not done', () => {
  it('is the no of the endpoint in words, by its code or its status', () => {
    expect(actFailureWords(vi, { code: 'refused', status: 409, error: 'last_administrator' })).toBe(vi.administration.refused['last_administrator']);
    expect(officeFailureWords(vi, { code: 'refused', status: 404, error: 'gone_for_good' })).toBe(vi.administration.refused['not_found']);
    expect(officeFailureWords(vi, { code: 'refused', status: 422, error: 'never_heard_of' })).toBe(vi.errors.asking['endpoint_error']);
  });

  it('names the field that breaks its rule', () => {
    expect(officeFailureWords(vi, { code: 'refused', status: 422, error: 'deleted' })).toBe(vi.errors.rejection.deleted);
    expect(officeFailureWords(vi, { code: 'refused', status: 422, error: 'too_short', field: 'headName' })).toBe(rejectionWords(vi, { code: 'too_short', field: 'headName' }));
  });

  it('has words for each refusal there is, and for no other', () => {
    expect(Object.keys(vi.administration.refused).toSorted()).toEqual(officeErrors.toSorted());
  });

  it.each(['unreachable', 'timeout', 'not_our_endpoint'] as const)('and where no answer came (%s) it is not known whether it was done', (code) => {
    expect(actFailureWords(vi, { code })).toBe(`${vi.errors.asking[code] ?? ''} Chưa rõ xã đã nhận chưa. Chữ vẫn còn đây, bấm lại cũng không thành hai.`);
  });
});
