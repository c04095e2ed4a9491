import { describe, expect, it } from 'vitest';
import { err, ok } from '#domain/result.ts';
import type { Result } from '#domain/result.ts';
import type { SessionCallError } from './session-calls.ts';
import { createTold } from './told.ts';

function desk() {
  const answers: ((told: Result<string, SessionCallError>) => void)[] = [];
  const told = createTold(() => new Promise<Result<string, SessionCallError>>((resolve) => answers.push(resolve)), () => 1000);
  return { told, tell: (answer: Result<string, SessionCallError>) => answers.shift()?.(answer), asked: () => answers.length };
}
const settled = () => new Promise((resolve) => setTimeout(resolve));

describe('what the endpoint told', () => {
  it('is unknown until then, and asked for once however often it is looked at', async () => {
    const { told, tell, asked } = desk();
    let heard = 0;
    told.subscribe(() => (heard += 1));
    const both = Promise.all([told.refresh(), told.refresh()]);
    expect([asked(), told.state().value, told.state().isAsking]).toEqual([1, undefined, true]);
    tell(ok('two members'));
    await both;
    expect(told.state()).toEqual({ value: 'two members', toldAt: 1000, isAsking: false, error: undefined });
    expect(heard).toBe(2);
  });

  it('stays as it was last told where no answer comes, and says why', async () => {
    const { told, tell } = desk();
    const first = told.refresh();
    tell(ok('two members'));
    await first;
    const second = told.refresh();
    tell(err({ code: 'timeout' }));
    await second;
    expect([told.state().value, told.state().error]).toEqual(['two members', { code: 'timeout' }]);
  });

  it.each<[string, Result<void, SessionCallError>]>([
    ['done', ok(undefined)],
    ['refused', err({ code: 'refused', status: 409, error: 'last_administrator' })],
    ['lost on the way', err({ code: 'unreachable' })],
  ])('is asked for anew after an act that was %s, and an answer from before it is not shown', async (_, outcome) => {
    const { told, tell } = desk();
    const asked = told.refresh();
    const acted = told.act(() => Promise.resolve(outcome));
    await settled();
    tell(ok('two members'));
    await settled();
    expect(told.state().value).toBeUndefined();
    tell(ok('three members'));
    await asked;
    expect(await acted).toEqual(outcome);
    expect(told.state().value).toBe('three members');
  });

  it('is asked for anew after an act also where nobody was asking, and a no is not kept waiting for it', async () => {
    const { told, asked } = desk();
    expect(await told.act(() => Promise.resolve(err({ code: 'unreachable' } as const)))).toEqual(err({ code: 'unreachable' }));
    expect(asked()).toBe(1);
  });
});
