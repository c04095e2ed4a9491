/** What may still be read of a form whose record has left this phone. */

/** What a person wrote of their own visit or of what was said. Whose it was has left this phone with the hamlet: no name, number or house. */
const ownWords: readonly string[] = ['outcome', 'text', 'detail'];

export function wordsIn(values: unknown): string[] {
  if (typeof values !== 'object' || values === null) return [];
  return Object.entries(values).flatMap(([field, value]) => {
    if (typeof value !== 'string') return wordsIn(value);
    return ownWords.includes(field) && value.trim() !== '' ? [value] : [];
  });
}
