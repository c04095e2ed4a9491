/**
 * Cells whose letters belong to an old font, made Unicode. Told by spelling: Latin letters that read as Vietnamese syllables in one
 * encoding are nonsense in the others. Careful on purpose: to leave such a cell as it is costs a person a look, to alter good text
 * costs a name. What has one letter beyond Latin-1 (ạ, ư, đ …) is Unicode already and never touched.
 */
import { fromTcvn3, fromVni } from './legacy-letters.ts';
import { isSyllable } from './syllable.ts';
import type { Sheet } from './table.ts';

export type LegacyEncoding = 'tcvn3' | 'vni';

const converters: Record<LegacyEncoding, (text: string) => string> = { tcvn3: fromTcvn3, vni: fromVni };

/** How many words with a letter that is not ASCII there are, and how many of them can be Vietnamese in each reading. */
interface Tally {
  words: number;
  unicode: number;
  tcvn3: number;
  vni: number;
}

/** One word in every reading. `hasLetter`: an ASCII letter stands in it, so that it is no lone sign such as × or ½. */
interface Reading {
  readonly unicode: boolean;
  readonly tcvn3: boolean;
  readonly vni: boolean;
  readonly hasLetter: boolean;
}

/** Signs and letters of Latin-1; the soft hyphen is the `ư` of TCVN3. */
const latin = /[\u00a1-\u00ff]/u;
const beyondLatin = /[\u0100-\u1fff\u2070-\u{10ffff}]/u;
const betweenWords = /[^0-9A-Za-z\u00a1-\u00ff]+/u;

/** A text that may be of an old font: something of Latin-1 in it, and nothing beyond. */
const mayBeLegacy = (text: string) => latin.test(text) && !beyondLatin.test(text);

function createReadings(): (word: string) => Reading {
  const known = new Map<string, Reading>();
  return (word) => {
    const found = known.get(word);
    if (found !== undefined) return found;
    const reading = {
      unicode: isSyllable(word),
      tcvn3: isSyllable(fromTcvn3(word)),
      vni: isSyllable(fromVni(word)),
      hasLetter: /[a-z]/iu.test(word),
    };
    known.set(word, reading);
    return reading;
  };
}

const wordsOf = (text: string) => text.split(betweenWords).filter((word) => latin.test(word));

function tallyOf(texts: Iterable<string>, read: (word: string) => Reading): Tally {
  const tally: Tally = { words: 0, unicode: 0, tcvn3: 0, vni: 0 };
  for (const text of texts) {
    for (const word of wordsOf(text)) {
      const reading = read(word);
      tally.words += 1;
      if (reading.unicode) tally.unicode += 1;
      if (reading.hasLetter && reading.tcvn3) tally.tcvn3 += 1;
      if (reading.hasLetter && reading.vni) tally.vni += 1;
    }
  }
  return tally;
}

/** The encoding by which nearly all words are Vietnamese, and clearly more of them than by any other. */
function encodingOf(tally: Tally): LegacyEncoding | undefined {
  const encoding = tally.tcvn3 > tally.vni ? 'tcvn3' : 'vni';
  const other = encoding === 'tcvn3' ? tally.vni : tally.tcvn3;
  const fits = tally[encoding];
  return fits > 0 && fits >= tally.words * 0.8 && fits > Math.max(tally.unicode, other) * 1.4 ? encoding : undefined;
}

/** The texts of one column of a sheet that may be of an old font. */
function candidatesOf(sheet: Sheet): Map<number, string[]> {
  const columns = new Map<number, string[]>();
  for (const { cells } of sheet.rows) {
    for (const [column, cell] of cells.entries()) {
      if (!mayBeLegacy(cell)) continue;
      const texts = columns.get(column);
      if (texts === undefined) columns.set(column, [cell]);
      else texts.push(cell);
    }
  }
  return columns;
}

/** Vietnamese letters that only Unicode has. */
const isUnicode = (text: string) => /[\u0100-\u01b0\u1ea0-\u1ef9]|\p{M}/u.test(text);

/**
 * Sheets in Unicode, and the old encoding that most of what was converted had. Decided for a sheet as a whole where nothing in it is
 * Unicode for certain, else column by column, else for a cell by itself.
 */
export function mendLegacyText(sheets: readonly Sheet[]): { readonly sheets: readonly Sheet[]; readonly encoding: LegacyEncoding | undefined } {
  const read = createReadings();
  const converted = { tcvn3: 0, vni: 0 };
  const mended = sheets.map((sheet) => mendSheet(sheet, read, converted));
  const encoding = converted.tcvn3 + converted.vni === 0 ? undefined : converted.tcvn3 > converted.vni ? 'tcvn3' : 'vni';
  return { sheets: mended, encoding };
}

/** Counts in `converted` the cells of each encoding. */
function mendSheet(sheet: Sheet, read: (word: string) => Reading, converted: Record<LegacyEncoding, number>): Sheet {
  const columns = candidatesOf(sheet);
  if (columns.size === 0) return sheet;
  const hasUnicode = sheet.rows.some(({ cells }) => cells.some(isUnicode));
  const ofSheet = hasUnicode ? undefined : encodingOf(tallyOf([...columns.values()].flat(), read));
  const ofColumn = new Map([...columns].map(([column, texts]) => [column, encodingOf(tallyOf(texts, read)) ?? ofSheet]));
  /** The columns in which, from the top, a cell was met that is of an old font and nothing else. */
  const begun = new Set<number>();

  const rows = sheet.rows.map(({ line, cells }) => {
    const isUnicodeRow = cells.some(isUnicode);
    const mend = (cell: string, column: number) => {
      if (!mayBeLegacy(cell)) return cell;
      const encoding = ofColumn.get(column) ?? encodingOf(tallyOf([cell], read));
      if (encoding === undefined) return cell;
      const readings = wordsOf(cell).map(read);
      if (readings.every(({ unicode }) => unicode)) {
        // Good text among old: it reads as it stands, and not otherwise. Or it reads both ways (`Xóm`, `Xúm`) in a heading typed anew.
        if (readings.some((reading) => !reading[encoding]) || (isUnicodeRow && !begun.has(column))) return cell;
      } else begun.add(column);
      converted[encoding] += 1;
      return converters[encoding](cell).trim();
    };
    return { line, cells: cells.map(mend) };
  });
  return { name: sheet.name, rows };
}

/** Of the readings of single-byte text the one by which most words are Vietnamese; undefined where that is not most of them. */
export function bestReading(latinText: string, windows1258Text: string): LegacyEncoding | 'windows-1258' | undefined {
  const read = createReadings();
  const { words, tcvn3, vni } = tallyOf([latinText], read);
  const others = windows1258Text.split(/[^\p{L}\p{M}]+/u).filter((word) => /[\u0080-\u{10ffff}]/u.test(word));
  const windows1258 = others.filter(isSyllable).length;
  // Signs alone, such as the curly quotes of English text.
  if (words + others.length === 0) return 'windows-1258';
  const fits = { 'windows-1258': windows1258 / Math.max(1, others.length), tcvn3: tcvn3 / Math.max(1, words), vni: vni / Math.max(1, words) };
  const encodings = ['windows-1258', 'tcvn3', 'vni'] as const;
  const best = encodings.reduce((most, encoding) => (fits[encoding] > fits[most] ? encoding : most));
  return fits[best] >= 0.6 ? best : undefined;
}
