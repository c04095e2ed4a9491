/**
 * The letters of the two font encodings that communes' old lists are written in: Latin letters and signs on disk, Vietnamese only
 * under a font of that family.
 *
 * TCVN3 ("ABC", fonts .VnTime, .VnArial): TCVN 5712:1993, one byte a letter, as in the GNU C library's charmap TCVN5712-1. Its fonts
 * have no capital letters with a tone: those are written with the small one, and a font whose name ends in H (.VnTimeH) shows small
 * letters as capitals. A list typed under such a font comes out in small letters: nothing in its text tells of it.
 *
 * VNI (fonts VNI-Times, VNI-Helve): a base letter and a mark, two bytes, some letters one; as in `vni.h` of xvnkb (Dao Hai Lam, 2002)
 * and the tables of UniKey (Pham Kim Long).
 *
 * Both are taken as Western Windows shows their bytes (Windows-1252), which is how Excel keeps them. What a program kept as Windows
 * set to Vietnamese (1258) shows them has letters of Unicode in it, and is left as it is.
 */

const capitalsOfTcvn3 = { first: 0xa1, letters: 'ĂÂÊÔƠƯĐ' };

/** Runs of codes that follow each other. */
const smallOfTcvn3: readonly { readonly first: number; readonly letters: string }[] = [
  { first: 0xa8, letters: 'ăâêôơưđ' },
  { first: 0xb5, letters: 'àảãáạ' },
  { first: 0xbb, letters: 'ằẳẵắ' },
  { first: 0xc6, letters: 'ặầẩẫấậè' },
  { first: 0xce, letters: 'ẻẽéẹềểễếệìỉ' },
  { first: 0xdc, letters: 'ĩíịò' },
  { first: 0xe1, letters: 'ỏõóọồổỗốộờởỡớợù' },
  { first: 0xf1, letters: 'ủũúụừửữứựỳỷỹýỵ' },
];

/** From the character on disk (U+00A1 to U+00FF) to the letter; capital letters with a tone are not among them. */
export const tcvn3Letters: ReadonlyMap<string, string> = new Map(
  [capitalsOfTcvn3, ...smallOfTcvn3].flatMap(({ first, letters }) => [...letters].map((letter, index) => [String.fromCharCode(first + index), letter] as const)),
);

const tonesOfVni = { ù: '\u0301', ø: '\u0300', û: '\u0309', õ: '\u0303', ï: '\u0323' };
const roofsOfVni = { â: '', á: '\u0301', à: '\u0300', å: '\u0309', ã: '\u0303', ä: '\u0323' };
const brevesOfVni = { ê: '', é: '\u0301', è: '\u0300', ú: '\u0309', ü: '\u0303', ë: '\u0323' };
const singlesOfVni = { ñ: 'đ', ô: 'ơ', ö: 'ư', í: 'í', ì: 'ì', æ: 'ỉ', ó: 'ĩ', ò: 'ị', î: 'ỵ' };

/** From one or two small characters on disk to the small letter; a capital letter is the same in capitals. */
const smallOfVni: ReadonlyMap<string, string> = new Map([
  ...Object.entries(singlesOfVni),
  ...['a', 'e', 'o', 'u', 'y', 'ô', 'ö'].flatMap((base) => Object.entries(tonesOfVni)
    .filter(([mark]) => base !== 'y' || mark !== 'ï')
    .map(([mark, tone]) => [base + mark, ((singlesOfVni as Record<string, string>)[base] ?? base) + tone] as const)),
  ...['a', 'e', 'o'].flatMap((base) => Object.entries(roofsOfVni).map(([mark, tone]) => [base + mark, `${base}\u0302${tone}`] as const)),
  ...Object.entries(brevesOfVni).map(([mark, tone]) => [`a${mark}`, `a\u0306${tone}`] as const),
].map(([code, letter]) => [code, letter.normalize('NFC')]));

/** From the characters on disk to the letter, capitals and small ones. */
export const vniLetters: ReadonlyMap<string, string> = new Map(
  [...smallOfVni].flatMap(([code, letter]) => [[code, letter], [code.toUpperCase(), letter.toUpperCase()]] as const),
);

/** Letters NFC; a character that is no letter of TCVN3 stays. */
export function fromTcvn3(text: string): string {
  const letters = text.replace(/[\u00a1-\u00ff]/gu, (code) => tcvn3Letters.get(code) ?? code);
  return withCapitals(letters);
}

/**
 * What was typed in capitals has its letters with a tone in small ones, for want of others: `NGUYễN VăN`. Where a text has no other
 * small letter they become capitals, and so does the first letter of a name whose other words all begin with one: `Nông Thị ánh`.
 */
function withCapitals(text: string): string {
  if (!/[a-z]/u.test(text) && /[A-ZĂÂÊÔƠƯĐ]{2}/u.test(text)) return text.toUpperCase();
  const words = text.split(/(\s+)/u);
  const first = words.filter((word) => /\p{L}/u.test(word)).map((word) => /^\P{L}*(?<letter>\p{L})/u.exec(word)?.groups?.['letter'] ?? '');
  const isCapital = (letter: string) => letter !== letter.toLowerCase();
  const isAmongNames = first.length > 2 && first.every((letter) => isCapital(letter) || !/[a-z]/u.test(letter));
  if (!isAmongNames || first.filter(isCapital).length < 2) return text;
  return words.map((word) => word.replace(/^\P{L}*\p{L}/u, (beginning) => beginning.toUpperCase())).join('');
}

/** Letters NFC; a character that is no letter of VNI stays. A mark in the other case than its letter is taken too. */
export function fromVni(text: string): string {
  return text.replace(/[aeouyôö][ùøûõïâáàåãäêéèúüë]|[\u00c0-\u00ff]/giu, (code) => {
    const [base = '', mark = ''] = code;
    const pair = vniLetters.get(code) ?? vniLetters.get(base + (base === base.toLowerCase() ? mark.toLowerCase() : mark.toUpperCase()));
    return pair ?? [...code].map((single) => vniLetters.get(single) ?? single).join('');
  });
}
