import { describe, expect, it } from 'vitest';
import { latinBytes, toTcvn3, toVni, toWindows1258 } from '../../tools/awkward-tables/old-encodings.ts';
import { fromTcvn3, fromVni, tcvn3Letters, vniLetters } from './legacy-letters.ts';

const vowels = ['a', 'ă', 'â', 'e', 'ê', 'i', 'o', 'ô', 'ơ', 'u', 'ư', 'y'];
const tones = ['', '\u0300', '\u0309', '\u0303', '\u0301', '\u0323'];
const small = [...vowels.flatMap((vowel) => tones.map((tone) => (vowel + tone).normalize('NFC'))).filter((letter) => letter > '\u007f'), 'đ'];
/** Every letter of Vietnamese that is not one of the 26. */
const letters = [...small, ...small.map((letter) => letter.toUpperCase())];

describe('the letters of the old fonts', () => {
  it('are 134', () => expect(new Set(letters).size).toBe(134));

  it.each(letters)('VNI has %s', (letter) => {
    expect(toVni(letter)).toMatch(/^[a-zôö]?[\u00c0-\u00ff]$/iu);
    expect(fromVni(toVni(letter))).toBe(letter);
    expect(fromVni(`m${toVni(letter)}ng`)).toBe(`m${letter}ng`);
  });

  it.each(letters)('TCVN3 has %s, a capital with a tone as the small one', (letter) => {
    expect(toTcvn3(letter)).toMatch(/^[\u00a1-\u00fe]$/u);
    const has = small.includes(letter) || 'ĂÂÊÔƠƯĐ'.includes(letter);
    expect(fromTcvn3(toTcvn3(letter))).toBe(has ? letter : letter.toLowerCase());
  });

  it('Windows-1258 has every one of them', () => {
    expect(new TextDecoder('windows-1258').decode(toWindows1258(letters.join(' '))).normalize('NFC')).toBe(letters.join(' '));
  });

  it('has no code for two letters', () => {
    expect(new Set(tcvn3Letters.values()).size).toBe(tcvn3Letters.size);
    expect(tcvn3Letters.size).toBe(small.length + 7);
    expect(new Set(vniLetters.values()).size).toBe(vniLetters.size);
    expect(vniLetters.size).toBe(134);
  });

  // What `iconv -f TCVN5712-1` of the GNU C library makes of the bytes A1 to FE, those without a letter of the fonts as dots.
  it('are in TCVN3 those of the national standard', () => {
    const bytes = Array.from({ length: 0xfe - 0xa1 + 1 }, (_, index) => String.fromCharCode(0xa1 + index));
    expect(bytes.map((byte) => tcvn3Letters.get(byte) ?? '.').join('')).toBe(
      'ĂÂÊÔƠƯĐăâêôơưđ......àảãáạ.ằẳẵắ.......ặầẩẫấậè.ẻẽéẹềểễếệìỉ...ĩíịò.ỏõóọồổỗốộờởỡớợù.ủũúụừửữứựỳỷỹýỵ',
    );
  });
});

/** As they stood on the letterheads of every office. */
describe('real lines of the old fonts', () => {
  it.each([
    ['Céng hßa x· héi chñ nghÜa ViÖt Nam', 'Cộng hòa xã hội chủ nghĩa Việt Nam'],
    ['§éc lËp - Tù do - H¹nh phóc', 'Độc lập - Tự do - Hạnh phúc'],
    ['Hé gia ®×nh', 'Hộ gia đình'],
    ['Hä vµ tªn chñ hé', 'Họ và tên chủ hộ'],
    ['Sè nh©n khÈu', 'Số nhân khẩu'],
    ['Tr­êng tiÓu häc', 'Trường tiểu học'],
    ['NguyÔn ThÞ Hång Ph­¬ng', 'Nguyễn Thị Hồng Phương'],
    ['Giµng A P¸o', 'Giàng A Páo'],
    ['Lß V¨n §iÖp', 'Lò Văn Điệp'],
  ])('%s is %s in TCVN3', (line, text) => {
    expect(fromTcvn3(line)).toBe(text);
    expect(toTcvn3(text)).toBe(line);
  });

  it.each([
    ['Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam', 'Cộng hòa xã hội chủ nghĩa Việt Nam'],
    ['Ñoäc laäp - Töï do - Haïnh phuùc', 'Độc lập - Tự do - Hạnh phúc'],
    ['COÄNG HOØA XAÕ HOÄI CHUÛ NGHÓA VIEÄT NAM', 'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM'],
    ['Hoä gia ñình', 'Hộ gia đình'],
    ['Hoï vaø teân chuû hoä', 'Họ và tên chủ hộ'],
    ['Soá nhaân khaåu', 'Số nhân khẩu'],
    ['Nguyeãn Thò Hoàng Phöông', 'Nguyễn Thị Hồng Phương'],
    ['Tröôøng tieåu hoïc, höôùng nuùi', 'Trường tiểu học, hướng núi'],
    ['Buøi Vaên Kyõ, Lyù Thò Myõ, Vuõ Thuùy', 'Bùi Văn Kỹ, Lý Thị Mỹ, Vũ Thúy'],
  ])('%s is %s in VNI', (line, text) => {
    expect(fromVni(line)).toBe(text);
    expect(toVni(text)).toBe(line);
  });

  it('takes a mark of VNI in the other case than its letter', () => expect(fromVni('LYù THÒ MYõ')).toBe('LÝ THỊ MỸ'));

  it('gives capitals back to what was typed in capitals under a font that has none with a tone', () => {
    expect(fromTcvn3('NGUYÔN V¡N §øC')).toBe('NGUYỄN VĂN ĐỨC');
    expect(fromTcvn3('N«ng ThÞ ¸nh')).toBe('Nông Thị Ánh');
    expect(fromTcvn3('xãm ®Çu ¸ng')).toBe('xóm đầu áng');
    expect(fromTcvn3('n«ng v¨n s¬n')).toBe('nông văn sơn');
    expect(fromTcvn3('ý')).toBe('ý');
  });

  it('has one byte for each character', () => expect(latinBytes(toVni('Độc lập')).length).toBe(9));
});
