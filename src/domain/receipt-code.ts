/**
 * The receipt code a citizen keeps: 8 random Crockford base32 symbols and a check symbol, `7K3F-2M9Q-H`, made offline.
 * The check is the value mod 37 (Crockford's own; https://www.crockford.com/base32.html), restricted to the 32 letters by
 * drawing again where it would be one of the five extra symbols, so that only letters and digits are ever read aloud.
 */
const symbols = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

function checkValue(body: string): number {
  let value = 0;
  for (const symbol of body) value = (value * 32 + symbols.indexOf(symbol)) % 37;
  return value;
}

/** `random(n)` gives n random bytes. */
export function createReceiptCode(random: (length: number) => Uint8Array): string {
  for (;;) {
    const body = [...random(8)].map((byte) => symbols[byte & 31]).join('');
    const check = symbols[checkValue(body)];
    if (check !== undefined) return `${body.slice(0, 4)}-${body.slice(4)}-${check}`;
  }
}

/**
 * A code as a person typed it (lower case, spaces, O for 0, I or L for 1) in its one written form;
 * undefined when a symbol is missing or wrong.
 */
export function readReceiptCode(typed: string): string | undefined {
  const plain = typed.toUpperCase().replace(/[\s-]/g, '').replace(/O/g, '0').replace(/[IL]/g, '1');
  if (!/^[0-9A-HJKMNP-TV-Z]{9}$/.test(plain)) return undefined;
  const body = plain.slice(0, 8);
  return symbols[checkValue(body)] === plain[8] ? `${body.slice(0, 4)}-${body.slice(4)}-${plain[8]}` : undefined;
}
