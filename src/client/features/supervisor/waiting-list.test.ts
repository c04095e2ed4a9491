import { describe, expect, it } from 'vitest';
import type { SessionCallError } from '#client/remote/session-calls.ts';
import type { WaitingForSupervisor } from '#client/remote/waiting.ts';
import { err, ok } from '#domain/result.ts';
import type { Result } from '#domain/result.ts';
import { createWaitingList } from './waiting-list.ts';

const entry = (entryId: string) => ({ entryId }) as WaitingForSupervisor;
type Told = Result<readonly WaitingForSupervisor[], SessionCallError>;

function desk(decided: Result<void, SessionCallError> = ok(undefined)) {
  const answers: ((told: Told) => void)[] = [];
  const list = createWaitingList({
    fetch: () => new Promise((resolve) => answers.push(resolve)),
    decide: () => Promise.resolve(decided),
    now: () => 1000,
  });
  const tell = (told: Told) => answers.shift()?.(told);
  const ids = () => list.state().entries?.map(({ entryId }) => entryId);
  return { list, tell, ids, asked: () => answers.length };
}
const settled = () => new Promise((resolve) => setTimeout(resolve));

describe('what waits for a supervisor', () => {
  it('is unknown until it was told, and asked for once however often it is looked at', async () => {
    const { list, tell, ids, asked } = desk();
    expect(ids()).toBeUndefined();
    const both = Promise.all([list.refresh(), list.refresh()]);
    expect([asked(), list.state().isAsking]).toEqual([1, true]);
    tell(ok([entry('a')]));
    await both;
    expect([ids(), list.state().toldAt, list.state().isAsking]).toEqual([['a'], 1000, false]);
  });

  it('stays as it was last told where no answer comes, and says why', async () => {
    const { list, tell, ids } = desk();
    const first = list.refresh();
    tell(ok([entry('a')]));
    await first;
    const second = list.refresh();
    tell(err({ code: 'unreachable' }));
    await second;
    expect([ids(), list.state().error]).toEqual([['a'], { code: 'unreachable' }]);
  });

  it('does not bring back what was decided, though an older answer comes late', async () => {
    const { list, tell, ids } = desk();
    const first = list.refresh();
    tell(ok([entry('a'), entry('b')]));
    await first;
    const asked = list.refresh();
    const decided = list.decide({ entryId: 'a', decision: 'accept' });
    await settled();
    expect(ids()).toEqual(['b']);
    tell(ok([entry('a'), entry('b')]));
    await settled();
    expect(ids()).toEqual(['b']);
    tell(ok([entry('b'), entry('set free')]));
    await Promise.all([asked, decided]);
    expect(ids()).toEqual(['b', 'set free']);
  });

  it.each<[string, SessionCallError, string[]]>([
    ['somebody else decided meanwhile', { code: 'refused', status: 409, error: 'already_decided' }, []],
    ['it is no longer theirs', { code: 'refused', status: 404, error: 'not_waiting' }, []],
    ['it cannot be accepted so', { code: 'refused', status: 422, error: 'required', field: 'text' }, ['a']],
    ['nobody answered', { code: 'unreachable' }, ['a']],
  ])('where %s the entry is shown only as long as it waits', async (_, error, left) => {
    const { list, tell, ids } = desk(err(error));
    const first = list.refresh();
    tell(ok([entry('a')]));
    await first;
    const decided = list.decide({ entryId: 'a', decision: 'accept' });
    await settled();
    expect(ids()).toEqual(left);
    tell(err({ code: 'unreachable' }));
    expect(await decided).toEqual(err(error));
  });
});
