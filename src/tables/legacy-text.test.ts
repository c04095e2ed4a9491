import { describe, expect, it } from 'vitest';
import { toTcvn3, toVni } from '../../tools/awkward-tables/old-encodings.ts';
import { mendLegacyText } from './legacy-text.ts';
import { isSyllable } from './syllable.ts';

const sheetOf = (rows: readonly (readonly string[])[]) => ({ name: 'Ngọc Sơn', rows: rows.map((cells, index) => ({ line: index + 1, cells })) });
const mended = (rows: readonly (readonly string[])[]) => {
  const { sheets, encoding } = mendLegacyText([sheetOf(rows)]);
  return { encoding, rows: sheets[0]?.rows.map(({ cells }) => cells) };
};

const list = [
  ['DANH SÁCH HỘ GIA ĐÌNH XÓM NGỌC SƠN'],
  ['STT', 'Họ và tên chủ hộ', 'Số nhân khẩu', 'Địa chỉ'],
  ['1', 'Nông Văn Sơn', '5', 'đầu cầu treo'],
  ['2', 'Hoàng Thị Toàn', '4', 'dốc Keng Cải'],
  ['3', 'Lò A Páo', '3', 'Hoà Bình'],
  ['4', 'Sùng Thị Dế', '7', ''],
];
/** Names of the peoples of the border provinces that are written with letters of Latin-1 alone. */
const latinNames = ['Giàng A Páo', 'Sùng A Sùng', 'Lò Hà', 'Toàn', 'Hoàn', 'Hoà', 'Thuý Hoài', 'Khoàng Xoáy', 'Lý Và Chà', 'Vàng Mí Páo', 'Phàn Lão Tà', 'Bế Nhè', 'Mùa A Dê', 'Tòng Văn Ín', 'Cà Thò', 'Quàng Poán', 'Xoà', 'Ngoá', 'Mò Suý'];

describe('what letters of an old font say', () => {
  it.each([['tcvn3', toTcvn3], ['vni', toVni]] as const)('is Unicode again: a whole sheet in %s', (encoding, encode) => {
    const typed = list.map((row) => row.map((cell) => encode(cell)));
    // TCVN3 has no capitals with a tone; the title, in capitals throughout, gets them back.
    expect(mended(typed)).toEqual({ encoding, rows: list });
  });

  it.each([['tcvn3', toTcvn3], ['vni', toVni]] as const)('is Unicode again in the one column that has it: %s', (encoding, encode) => {
    const typed = list.map((row) => row.map((cell, column) => (column === 3 ? encode(cell) : cell)));
    expect(mended(typed)).toEqual({ encoding, rows: list });
  });

  it.each([['tcvn3', toTcvn3], ['vni', toVni]] as const)('is Unicode again under a heading that was typed anew: %s', (encoding, encode) => {
    const typed = list.map((row, at) => (at < 2 ? row : row.map((cell) => encode(cell))));
    expect(mended(typed)).toEqual({ encoding, rows: list });
  });
});

describe('one cell', () => {
  it.each([['tcvn3', toTcvn3], ['vni', toVni]] as const)('is Unicode again among many good ones: %s', (encoding, encode) => {
    const names = [...latinNames, 'Nông Văn Sơn'].map((name) => [name]);
    expect(mended([...names, [encode('Nông Thị Đào')]])).toEqual({ encoding, rows: [...names, ['Nông Thị Đào']] });
  });

  it('is read by what the rest of its sheet is, where its own letters leave it open', () => {
    // `xãm` is a word as it stands, and xóm in TCVN3.
    const rows = [['STT', toTcvn3('Họ và tên'), ''], ['1', toTcvn3('Nông Văn Sơn'), toTcvn3('xóm')], ['2', toTcvn3('Lý Thị Mẩy'), '']];
    expect(rows[1]?.[2]).toBe('xãm');
    expect(mended(rows).rows?.[1]).toEqual(['1', 'Nông Văn Sơn', 'xóm']);
    expect(mended([['xãm']]).rows).toEqual([['xãm']]);
  });
});

/** Some hundreds, in every tone each can have. */
const syllables = ['', 'h', 'th', 'ngh', 'đ'].flatMap((onset) => ['a', 'oa', 'oan', 'ac', 'ươn', 'iên', 'uy', 'i', 'ôi', 'uôt', 'y', 'e', 'eo', 'ăm', 'ân']
  .flatMap((rhyme) => ['', '\u0300', '\u0309', '\u0303', '\u0301', '\u0323'].map((tone) => {
    // The tone goes on the last vowel letter, or on the one that carries a mark already: a spelling, if not always the schoolbook's.
    const [, before = '', vowel = '', after = ''] = /^(.*?)([aăâeêioôơuưy])([^aăâeêioôơuưy]*)$/u.exec(onset + rhyme) ?? [];
    return (before + vowel + tone + after).normalize('NFC');
  }))).filter(isSyllable);

describe('syllables', () => {
  it('are many', () => expect(syllables.length).toBeGreaterThan(300));

  it('come back from an old font, all of them', () => {
    const rows = syllables.map((word) => [`xóm ${word}`]);
    for (const encode of [toTcvn3, toVni]) expect(mended(rows.map((cells) => cells.map((cell) => encode(cell)))).rows).toEqual(rows);
  });

  it('stay as they are in good text, each by itself and all together', () => {
    const rows = syllables.map((word) => [word]);
    expect(mended(rows).rows).toEqual(rows);
    for (const row of rows) expect(mended([row]).rows).toEqual([row]);
  });
});

describe('good text', () => {
  it('is never altered, composed or not', () => {
    expect(mended(list)).toEqual({ encoding: undefined, rows: list });
    const decomposed = list.map((row) => row.map((cell) => cell.normalize('NFD')));
    expect(mended(decomposed)).toEqual({ encoding: undefined, rows: decomposed });
  });

  it('is never altered where its letters are all of Latin-1, one by one or in a list', () => {
    for (const name of latinNames) expect(mended([[name]])).toEqual({ encoding: undefined, rows: [[name]] });
    const rows = latinNames.map((name) => [name]);
    expect(mended(rows)).toEqual({ encoding: undefined, rows });
  });

  it.each([
    '3 × 4 m', '1½', '25 m²', '30 °C', '± 5', '© 2026', '«Hà»', 'Café', 'Müller', 'François', 'Noël', 'señor', 'El Niño', 'Zürich',
    'naïve', 'Ångström', 'Krông Búk', 'Đăk Glêi', 'H’Mông', 'Plêi Kần', 'ÿ', 'µ', '·', '• một', 'x', '§ 5', '¶', '100 £', 'a × b', 'Á', 'à',
  ])('is never altered: %s', (text) => {
    expect(mended([[text]])).toEqual({ encoding: undefined, rows: [[text]] });
    expect(mended([...list, [text, text, text, text]]).rows?.at(-1)).toEqual([text, text, text, text]);
  });

  it('stays beside old text in one column', () => {
    const rows = [[toTcvn3('Nông Văn Sơn')], [toTcvn3('Lý Thị Mẩy')], [toTcvn3('Đặng Hữu Ưng')], ['Giàng A Páo'], ['Lý Thị Mẩy']];
    expect(mended(rows).rows).toEqual([['Nông Văn Sơn'], ['Lý Thị Mẩy'], ['Đặng Hữu Ưng'], ['Giàng A Páo'], ['Lý Thị Mẩy']]);
  });
});

describe('the spelling of a syllable', () => {
  it.each(['nghiêng', 'Quyết', 'khuỷu', 'giếng', 'gì', 'hoà', 'hòa', 'ƯỚC', 'xoáy', 'thuở', 'yến', 'a'])('%s is one', (word) => {
    expect(isSyllable(word)).toBe(true);
    expect(isSyllable(word.normalize('NFD'))).toBe(true);
  });
  it.each(['Nng', 'hoac', 'mat', 'mảt', 'caf', 'bở\u0301', 'nhf', 'a1', ''])('%s is none', (word) => expect(isSyllable(word)).toBe(false));
});
