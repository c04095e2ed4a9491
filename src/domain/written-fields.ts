/** Fields by the way a person writes them. A field's name means the same in every kind of record. */

/** A telephone number. */
export const phoneFields: ReadonlySet<string> = new Set(['phone', 'citizenPhone']);

/** Whole sentences. */
export const longTextFields: ReadonlySet<string> = new Set(['text', 'outcome', 'answer', 'publicAnswer', 'detail', 'comment', 'reason']);
