/** Numbers as people type them. */

/** Undefined: nothing was typed, or something that is no whole number. */
export function wholeNumber(typed: string): number | undefined {
  const digits = typed.trim();
  return /^\d{1,9}$/u.test(digits) ? Number(digits) : undefined;
}

/** An amount of đồng, which has no parts: `500.000`, `500,000` and `500 000 đ` are the same. Undefined: no digit was typed. */
export function amountOf(typed: string): number | undefined {
  const digits = typed.replace(/\D/gu, '').slice(0, 10);
  return digits === '' ? undefined : Number(digits);
}
