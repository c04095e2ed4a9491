import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compareVietnamese, tidyText, withoutDiacritics } from './vietnamese-text.ts';

const vietnamese = fc.string({ unit: fc.constantFrom(...Array.from('aăâbcdđeêghiklmnoôơpqrstuưvxyàảãáạằẳẵắặầẩẫấậđỳỷỹýỵ ẲỖĐƯ\n\t')), maxLength: 40 });

describe('search without diacritics', () => {
  test('"nguyen van duc" finds Nguyễn Văn Đức however it was typed', () => {
    for (const typed of ['Nguyễn Văn Đức', 'NGUYỄN VĂN ĐỨC', 'nguyen van duc', '  Nguyễn   Văn\nĐức ', 'Nguyễn Văn Đức'.normalize('NFD')]) {
      expect(withoutDiacritics(typed)).toBe('nguyen van duc');
    }
  });

  test('both placements of a tone are the same', () => {
    expect(withoutDiacritics('Hòa An')).toBe(withoutDiacritics('Hoà An'));
  });

  test('what it gives is plain, and giving it again changes nothing', () => {
    fc.assert(
      fc.property(vietnamese, (text) => {
        const plain = withoutDiacritics(text);
        expect(plain).toMatch(/^[a-z ]*$/);
        expect(withoutDiacritics(plain)).toBe(plain);
        expect(withoutDiacritics(text.normalize('NFD'))).toBe(plain);
      }),
    );
  });
});

test('names sort as in a Vietnamese dictionary and numbers by their value', () => {
  expect(['Xóm 10', 'Xóm 9', 'Đào', 'Dung', 'Ân', 'An', 'Ăn'].toSorted(compareVietnamese)).toEqual(['An', 'Ăn', 'Ân', 'Dung', 'Đào', 'Xóm 9', 'Xóm 10']);
});

test('text is kept in one form, with one kind of line break and no space at its ends', () => {
  expect(tidyText(`  ${'Cầu hỏng'.normalize('NFD')}\r\nđã báo\rxã \n`)).toBe('Cầu hỏng\nđã báo\nxã');
});
