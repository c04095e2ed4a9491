import { expect, test } from 'vitest';
import { checkPin } from './pin.ts';

test.each(['4927', '8305', '50482', '730528', '9047135', '83614027', '3741'])('%s is taken', (pin) => {
  expect(checkPin(pin)).toEqual({ ok: true, value: pin });
});

test.each([
  ['length', ['', '123', '12345678901', '49 27', '49a7', '４９２７']],
  ['repeats', ['0000', '7777777', '1212', '123123', '58585858', '49274927']],
  ['runs', ['1234', '0123', '9876', '567890', '2580', '147258', '4321', '98765432']],
  ['date', ['1985', '2026', '1204', '3112', '120478', '12041978', '19781204', '19780412']],
] as const)('what a neighbour tries first is refused: %s', (code, pins) => {
  for (const pin of pins) expect(checkPin(pin), pin).toEqual({ ok: false, error: { code } });
});

test('more than nine in ten of the four-digit ones remain', () => {
  const taken = Array.from({ length: 10_000 }, (_, number) => String(number).padStart(4, '0')).filter((pin) => checkPin(pin).ok);
  expect(taken.length).toBeGreaterThan(9_000);
});
