import { expect, test } from 'vitest';
import { createOneAct } from './one-act.ts';

function pressable() {
  const act = createOneAct();
  const begun: PromiseWithResolvers<string>[] = [];
  const press = async () =>
    await act.run(async () => {
      const one = Promise.withResolvers<string>();
      begun.push(one);
      return await one.promise;
    });
  return { act, begun, press };
}

test('the second of two quick presses does nothing, and the next after the first has ended counts again', async () => {
  const { act, begun, press } = pressable();
  const first = press();
  expect(act.isUnderWay()).toBe(true);
  const second = press();
  expect(begun).toHaveLength(1);
  expect(await second).toBeUndefined();
  begun[0]?.resolve('đã lưu');
  expect(await first).toBe('đã lưu');
  expect(act.isUnderWay()).toBe(false);
  const later = press();
  expect(begun).toHaveLength(2);
  begun[1]?.resolve('lưu lần nữa');
  expect(await later).toBe('lưu lần nữa');
});

test('what goes wrong reaches whoever pressed, and the button works again, also where it broke before it waited for anything', async () => {
  const { act, begun, press } = pressable();
  const first = press();
  begun[0]?.reject(new Error('mất sóng'));
  await expect(first).rejects.toThrow('mất sóng');
  const atOnce = act.run(() => {
    throw new Error('hỏng ngay');
  });
  await expect(atOnce).rejects.toThrow('hỏng ngay');
  expect(act.isUnderWay()).toBe(false);
  expect(await act.run(async () => 'được')).toBe('được');
});

test('a screen is told when it begins and when it ends; one that has gone is told nothing, and the act goes on without it', async () => {
  const { act, begun, press } = pressable();
  const [shown, left]: boolean[][] = [[], []];
  act.subscribe(() => shown?.push(act.isUnderWay()));
  const leave = act.subscribe(() => left?.push(act.isUnderWay()));
  const first = press();
  leave();
  begun[0]?.resolve('xong');
  expect(await first).toBe('xong');
  expect(shown).toEqual([true, false]);
  expect(left).toEqual([true]);
});
