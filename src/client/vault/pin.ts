/** Which PINs are taken. Five tries stand between a PIN and whoever holds the phone: what a neighbour would try first is refused. */
import { err, ok } from '#sync/entry.ts';
import type { Result } from '#sync/entry.ts';

export const pinDigits = { least: 4, most: 8 } as const;

/**
 * `repeats`: 0000, 1212, 123123. `runs`: 1234, 9876, 2580 (straight down the pad). `date`: a year of this age or the last, or a day such as
 * 1204, 120478, 12041978: birthdays are known in a hamlet. What is left of the four-digit ones is still above 9,000.
 */
export type WeakPin = { readonly code: 'length' | 'repeats' | 'runs' | 'date' };

export function checkPin(pin: string): Result<string, WeakPin> {
  if (!/^\d+$/u.test(pin) || pin.length < pinDigits.least || pin.length > pinDigits.most) return err({ code: 'length' });
  if (isRepeated(pin)) return err({ code: 'repeats' });
  if (isRun(pin)) return err({ code: 'runs' });
  return isDate(pin) ? err({ code: 'date' }) : ok(pin);
}

function isRepeated(pin: string): boolean {
  return [1, 2, 3, 4].some((length) => pin.length % length === 0 && pin.length > length && pin === pin.slice(0, length).repeat(pin.length / length));
}

function isRun(pin: string): boolean {
  const ways = ['01234567890', '09876543210', '2580', '0852', '147258369', '963852741', '123698745', '741236985'];
  return ways.some((way) => way.includes(pin));
}

function isDate(pin: string): boolean {
  switch (pin.length) {
    case 4:
      return isYear(pin) || isDay(pin);
    case 6:
      return isDay(pin);
    case 8:
      return (isDay(pin) && isYear(pin.slice(4))) || (isYear(pin) && (isDay(pin.slice(4)) || isDay(pin.slice(6) + pin.slice(4, 6))));
    default:
      return false;
  }
}

function isYear(digits: string): boolean {
  return /^(19|20)\d\d/u.test(digits);
}

/** Day and month, as they are said here. */
function isDay(digits: string): boolean {
  const [day, month] = [Number(digits.slice(0, 2)), Number(digits.slice(2, 4))];
  return day >= 1 && day <= 31 && month >= 1 && month <= 12;
}
