import { describe, expect, it } from 'vitest';
import { tidyPhone } from '#client/ui/tidy-phone.ts';
import { correctionOf } from './correction-values.ts';

describe('what is typed into a correction', () => {
  it('is nothing for a field that was not touched, and clears one that was emptied', () => {
    expect(correctionOf({}, tidyPhone)).toEqual({});
    expect(correctionOf({ phone: ' ', members: ' ', lang: '' }, tidyPhone)).toEqual({ phone: '', members: undefined, lang: undefined });
  });

  it('is the number, the phone and the language it says; what is no number stays none, to be refused', () => {
    expect(correctionOf({ headName: 'Nông Văn Sỹ', houseLabel: 'đầu cầu', phone: '+84 912.345.678', members: '6', lang: 'nung' }, tidyPhone)).toEqual({
      headName: 'Nông Văn Sỹ', houseLabel: 'đầu cầu', phone: '0912345678', members: 6, lang: 'nung',
    });
    expect(correctionOf({ members: 'sáu' }, tidyPhone)).toEqual({ members: Number.NaN });
  });
});
