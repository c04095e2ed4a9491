import { describe, expect, it } from 'vitest';
import type { SessionCallError } from '#client/remote/session-calls.ts';
import { createTold } from '#client/remote/told.ts';
import type { WaitingForSupervisor } from '#client/remote/waiting.ts';
import { err, ok } from '#domain/result.ts';
import type { Result } from '#domain/result.ts';
import { withoutDecided } from './waiting-list.ts';

const entry = (entryId: string) => ({ entryId }) as WaitingForSupervisor;
type Answer = Result<readonly WaitingForSupervisor[], SessionCallError>;

async function desk(...waiting: readonly string[]) {
  const answers: ((answer: Answer) => void)[] = [];
  const told = createTold(() => new Promise<Answer>((resolve) => answers.push(resolve)), () => 1000);
  const tell = (answer: Answer) => answers.shift()?.(answer);
  const first = told.refresh();
  tell(ok(waiting.map(entry)));
  await first;
  const decide = async (entryId: string, decided: Result<void, SessionCallError>) =>
    await told.act(() => Promise.resolve(decided), (entries, came) => withoutDecided(entries, entryId, came));
  return { told, tell, decide, ids: () => told.state().value?.map(({ entryId }) => entryId) };
}
const settled = () => new Promise((resolve) => setTimeout(resolve));

describe('what waits for a supervisor', () => {
  it('does not bring back what was decided, though an older answer comes late', async () => {
    const { told, tell, decide, ids } = await desk('a', 'b');
    const asked = told.refresh();
    const decided = decide('a', ok(undefined));
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
    const { decide, ids } = await desk('a');
    expect(await decide('a', err(error))).toEqual(err(error));
    expect(ids()).toEqual(left);
  });
});
