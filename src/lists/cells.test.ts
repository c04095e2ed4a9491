import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayOfSerial, dayOfText, numberOf, phoneOf, phonesOf, yearOfText } from './cells.ts';

const day = (text: string) => {
  const reading = dayOfText(text, 2026);
  return 'day' in reading ? reading.day : reading.code;
};

describe('a day', () => {
  it.each([
    ['5/3/2024', '2024-03-05'], ['05-03-24', '2024-03-05'], ['5.3.2024', '2024-03-05'], ['5 / 3 / 2024', '2024-03-05'],
    ['ngày 5 tháng 3 năm 2024', '2024-03-05'], ['Ngày 05 tháng 03 năm 2024', '2024-03-05'], ['2024-03-05', '2024-03-05'], ['2024-03-05T00:00:00', '2024-03-05'],
    ['45356', '2024-03-05'], ['45356.5', '2024-03-05'], ['29/2/2024', '2024-02-29'], ['1/1/60', '1960-01-01'],
    ['5/3', 'no_year'], ['ngày 5 tháng 3', 'no_year'], ['29/2/2023', 'not_a_day'], ['11/22/2026', 'not_a_day'], ['2024', 'not_a_day'], ['hôm qua', 'not_a_day'], ['99999', 'not_a_day'],
  ])('written "%s" is %s', (text, expected) => {
    expect(day(text)).toBe(expected);
  });

  it('is the same as a count of days and in every way of writing it', () => {
    const days = fc.integer({ min: 10_000, max: 73_050 });
    fc.assert(
      fc.property(days, (serial) => {
        const iso = dayOfSerial(serial);
        const [year, month, date] = iso.split('-').map(Number);
        for (const text of [String(serial), iso, `${date}/${month}/${year}`, `${date}-${month}-${year}`, `ngày ${date} tháng ${month} năm ${year}`]) expect(day(text)).toBe(iso);
      }),
    );
  });
});

it.each([['1960', 1960], ['Sinh năm 1960', 1960], ['5/3/1960', 1960], ['1960.0', 1960], ['60', undefined], ['', undefined], ['21916', 1960]])('a year written "%s" is %s', (text, year) => {
  expect(yearOfText(text, 2026)).toBe(year);
});

it.each([['4', 4], ['04', 4], ['4.0', 4], ['1.200', 1200], ['86 hộ', 86], ['4,5', undefined], ['bốn', undefined], ['-4', undefined]])('a number written "%s" is %s', (text, value) => {
  expect(numberOf(text)).toBe(value);
});

it('a telephone is the same however it is written', () => {
  const ways: readonly ((digits: string) => string)[] = [
    (digits) => `0${digits}`, (digits) => digits, (digits) => `+84${digits}`, (digits) => `0084${digits}`, (digits) => `84${digits}`, (digits) => `${digits}.0`,
    (digits) => `0${digits.slice(0, 3)} ${digits.slice(3, 6)} ${digits.slice(6)}`, (digits) => `(0${digits.slice(0, 2)}) ${digits.slice(2)}`, (digits) => `+84 ${digits.slice(0, 3)}.${digits.slice(3)}`,
  ];
  fc.assert(
    fc.property(fc.integer({ min: 100_000_000, max: 999_999_999 }), fc.constantFrom(...ways), (digits, write) => {
      expect(phoneOf(write(String(digits)))).toBe(`0${digits}`);
    }),
  );
});

it.each([
  ['0912345678, 0987654321', { kept: '0912345678', leftOut: ['0987654321'] }],
  ['0912345678; 02063852123', { kept: '0912345678', leftOut: ['02063852123'] }],
  ['0912345678', { kept: '0912345678', leftOut: [] }],
  ['912345678', { kept: '0912345678', leftOut: [] }],
  ['0912  345 678', undefined],
  ['', undefined],
  ['0912345678, 12', undefined],
])('a cell of telephones %j is read as several where each is one', (text, phones) => {
  expect(phonesOf(text)).toEqual(phones);
});
