/**
 * Words that do not belong in what is written about people (domain model, 3.4: belief, politics, suspicion, a person's votes, diagnoses, numbers of papers).
 * Looked for on the phone before anything is sealed, and by the import of households: no schema knows of it, and what is found is kept and sent nowhere.
 */
import type { Change } from './change.ts';

/** `note`: about a visit or a person. `feedback`: a citizen's own words, which are theirs to choose. `model`: what a model is called and does. */
export type WordingOf = 'note' | 'feedback' | 'model';

const wordPattern = /[\p{L}\p{N}']+/gu;

/** Lower case. The search also finds them typed without any diacritics. */
const phrases = [
  'theo đạo', 'bỏ đạo', 'truyền đạo', 'tà đạo', 'tôn giáo', 'tín đồ', 'giáo dân', 'tin lành', 'công giáo',
  'tư tưởng', 'quan điểm chính trị', 'lập trường', 'phản động', 'chống đối', 'chống phá', 'thù địch', 'bất mãn', 'lệch lạc', 'đảng viên', 'ngoài đảng',
  'nghi vấn', 'tình nghi', 'khả nghi', 'tiền án', 'tiền sự', 'nghiện', 'ma túy', 'ma tuý',
  'bầu cho', 'bỏ phiếu cho',
  'hiv', 'aids', 'ung thư', 'tâm thần', 'viêm gan',
  'dân tộc kinh', 'dân tộc tày', 'dân tộc nùng', 'dân tộc mông', "dân tộc h'mông", 'dân tộc dao', 'dân tộc lô lô', 'dân tộc sán chỉ',
];
/** Of a household it is a judgement; of an office that did not answer it is the very matter. */
const phrasesOfNotes = ['thái độ', 'lòng tin', 'tiến bộ', 'lạc hậu'];

/** The number of a citizen's card: twelve digits in a row, no more and no fewer. Sums of money are written with points. */
const cardDigits = 12;

interface SearchedWord {
  readonly word: string;
  /** Typed without any diacritics. */
  readonly bare: string;
}
/** A model may name what it works for (`Xóm không ma túy`, `Đảng viên giúp hộ nghèo`), and never whom it takes for what. */
const phrasesOfModels = [
  'theo đạo', 'bỏ đạo', 'truyền đạo', 'tà đạo', 'tín đồ', 'quan điểm chính trị', 'phản động', 'chống đối', 'thù địch', 'bất mãn', 'lệch lạc',
  'nghi vấn', 'tình nghi', 'khả nghi', 'bầu cho', 'bỏ phiếu cho',
];
const searched = {
  note: [...phrases, ...phrasesOfNotes].map(searchedWords),
  feedback: phrases.map(searchedWords),
  model: phrasesOfModels.map(searchedWords),
};

/** What of it does not belong there, as it was typed, each once, in the order of the text; empty: nothing. */
export function wordingIn(text: string, of: WordingOf): readonly string[] {
  const typed = [...text.normalize('NFC').matchAll(wordPattern)];
  const lower = typed.map((match) => match[0].toLowerCase());
  const found = new Map<string, number>();
  for (const phrase of searched[of]) {
    for (const [start, first] of typed.entries()) {
      if (!phrase.every((word, at) => isWord(lower[start + at], word))) continue;
      found.set(typed.slice(start, start + phrase.length).map((match) => match[0]).join(' '), first.index);
    }
  }
  for (const match of text.matchAll(/\d+/g)) if (match[0].length === cardDigits) found.set(match[0], match.index);
  return [...found].sort(([, one], [, other]) => one - other).map(([words]) => words);
}

/** By kind, the fields that hold a note. */
const noteFields: Readonly<Record<string, readonly string[]>> = {
  household: ['houseLabel'],
  visit: ['outcome'],
  prestigious_person: ['occupationOrRole'],
  prestigious_contact: ['outcome'],
  benefit: ['inKind', 'deliveredBy'],
  mobilization_model: ['title', 'owner', 'plan', 'results'],
  visit_return: ['comment'],
};

/** And those that hold a person's name: nothing of their belief, party or illness stands behind it. Words that judge in a note are given names (Tiến Bộ). */
const nameFields: Readonly<Record<string, readonly string[]>> = { household: ['headName'], prestigious_person: ['fullName'] };

/** The first note or name among these changes that holds such words. */
export function findWordingInNotes(changes: readonly Change[]): { readonly kind: Change['kind']; readonly field: string; readonly words: readonly string[] } | undefined {
  for (const change of changes) {
    if (!('set' in change)) continue;
    const names = nameFields[change.kind] ?? [];
    for (const field of [...(noteFields[change.kind] ?? []), ...names]) {
      const of = change.kind === 'mobilization_model' ? 'model' : names.includes(field) ? 'feedback' : 'note';
      const words = textsIn(change.set[field]).flatMap((text) => wordingIn(text, of));
      if (words.length > 0) return { kind: change.kind, field, words };
    }
  }
  return undefined;
}

/** A field's own text, or those of the measures in a list. */
function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(textsIn);
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

function searchedWords(phrase: string): readonly SearchedWord[] {
  return (phrase.normalize('NFC').match(wordPattern) ?? []).map((word) => ({ word, bare: bare(word) }));
}

/** Typed with its diacritics, or with none at all: `nghỉ` is no `nghi`. */
function isWord(lower: string | undefined, searchedFor: SearchedWord): boolean {
  return lower === searchedFor.word || lower === searchedFor.bare;
}

function bare(word: string): string {
  return word.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('đ', 'd');
}
