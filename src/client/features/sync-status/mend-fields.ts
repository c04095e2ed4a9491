/** Fields that people write whole sentences into. */
export const longTexts: ReadonlySet<string> = new Set(['text', 'outcome', 'answer', 'publicAnswer', 'detail', 'comment', 'reason']);
