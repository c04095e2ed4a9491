import { describe, expect, it } from 'vitest';
import { err, ok } from '#domain/result.ts';
import type { Result } from '#domain/result.ts';
import { createDraftKeeper } from './draft-keeper.ts';
import type { SaveError } from './field-store.ts';

/** A disk that saves when told to, and a timer that runs when told to. */
function createBench() {
  const onDisk: unknown[] = [];
  const pending: ((outcome: Result<void, SaveError>) => void)[] = [];
  const timers = new Map<number, { run: () => void; ms: number }>();
  let nextTimer = 1;
  const keeper = createDraftKeeper({
    store: {
      saveDraft: (draft) =>
        new Promise((resolve) => {
          pending.push((outcome) => {
            if (outcome.ok) onDisk.push(draft.values);
            resolve(outcome);
          });
        }),
    },
    subject: { draftId: 'visit:1', form: 'visit', subjectId: '1' },
    timer: {
      setTimeout: (run, ms) => {
        timers.set(nextTimer, { run, ms });
        return nextTimer++;
      },
      clearTimeout: (timer) => void timers.delete(timer as number),
    },
  });
  return {
    keeper,
    onDisk,
    timers,
    waits: () => [...timers.values()].map(({ ms }) => ms),
    runTimers: () => {
      const due = [...timers.values()];
      timers.clear();
      for (const { run } of due) run();
    },
    diskAnswers: async (outcome: Result<void, SaveError> = ok(undefined)) => {
      pending.shift()?.(outcome);
      for (let turn = 0; turn < 6; turn += 1) await Promise.resolve();
    },
    underWay: () => pending.length,
  };
}

describe('a form\'s draft', () => {
  it('says what is on disk also where a word was typed and taken back at once', async () => {
    const { keeper, runTimers, diskAnswers, underWay } = createBench();
    keeper.note({ outcome: '' });
    keeper.note({ outcome: 'm' });
    keeper.note({ outcome: '' });
    runTimers();
    expect([keeper.standing(), underWay()]).toEqual(['untouched', 0]);
    keeper.note({ outcome: 'một' });
    runTimers();
    await diskAnswers();
    keeper.note({ outcome: 'một h' });
    keeper.note({ outcome: 'một' });
    runTimers();
    expect([keeper.standing(), underWay()]).toEqual(['saved', 0]);
  });

  it('that another tab has ended is not brought back, and the form knows', async () => {
    const { keeper, runTimers, diskAnswers, onDisk, waits, underWay } = createBench();
    keeper.note({ outcome: '' });
    expect(keeper.goesOn()).toBe(false);
    keeper.note({ outcome: 'một' });
    runTimers();
    await diskAnswers();
    expect(keeper.goesOn()).toBe(true);
    keeper.note({ outcome: 'hai' });
    runTimers();
    await diskAnswers(err({ code: 'ended_elsewhere' }));
    keeper.note({ outcome: 'ba' });
    keeper.flush();
    expect([keeper.standing(), onDisk, waits(), underWay()]).toEqual(['ended', [{ outcome: 'một' }], [], 0]);
  });

  it('is not made by opening the form alone', () => {
    const { keeper, waits, underWay } = createBench();
    keeper.note({ outcome: '' });
    keeper.note({ outcome: '' });
    keeper.flush();
    expect([waits(), underWay(), keeper.standing()]).toEqual([[], 0, 'untouched']);
  });

  it('waits a quarter of a second from the first keystroke, however fast the typing goes on', async () => {
    const { keeper, waits, runTimers, diskAnswers, onDisk, timers } = createBench();
    keeper.note({ outcome: '' });
    keeper.note({ outcome: 'N' });
    const first = [...timers.keys()];
    keeper.note({ outcome: 'Nô' });
    keeper.note({ outcome: 'Nôn' });
    expect([...timers.keys()]).toEqual(first);
    expect(waits()).toEqual([250]);
    runTimers();
    await diskAnswers();
    expect(onDisk).toEqual([{ outcome: 'Nôn' }]);
    expect(keeper.standing()).toBe('saved');
  });

  it('saves at once when the page goes away', async () => {
    const { keeper, diskAnswers, onDisk, waits } = createBench();
    keeper.note({ outcome: '' });
    keeper.note({ outcome: 'Nông' });
    keeper.flush();
    await diskAnswers();
    expect([onDisk, waits()]).toEqual([[{ outcome: 'Nông' }], []]);
  });

  it('saves what was typed while the disk was busy, after it and not beside it', async () => {
    const { keeper, diskAnswers, onDisk, underWay } = createBench();
    keeper.note({ outcome: '' });
    keeper.note({ outcome: 'a' });
    keeper.flush();
    keeper.note({ outcome: 'ab' });
    keeper.flush();
    expect(underWay()).toBe(1);
    await diskAnswers();
    expect([underWay(), keeper.standing()]).toEqual([1, 'unsaved']);
    await diskAnswers();
    expect([onDisk, keeper.standing()]).toEqual([[{ outcome: 'a' }, { outcome: 'ab' }], 'saved']);
  });

  it('is not written again after the form was saved, not even by a save that was under way', async () => {
    const { keeper, diskAnswers, underWay, waits } = createBench();
    keeper.note({ outcome: '' });
    keeper.note({ outcome: 'a' });
    keeper.flush();
    keeper.note({ outcome: 'ab' });
    let isPaused = false;
    const paused = keeper.pause().then(() => (isPaused = true));
    await Promise.resolve();
    expect(isPaused).toBe(false);
    await diskAnswers();
    await paused;
    keeper.flush();
    keeper.note({ outcome: 'abc' });
    expect([underWay(), waits()]).toEqual([0, []]);
  });

  it('is written whole again when the form could not be saved', async () => {
    const { keeper, diskAnswers, onDisk } = createBench();
    keeper.note({ outcome: '' });
    keeper.note({ outcome: 'a' });
    keeper.flush();
    await diskAnswers();
    await keeper.pause();
    keeper.resume();
    await diskAnswers();
    expect(onDisk).toEqual([{ outcome: 'a' }, { outcome: 'a' }]);
  });

  it('says that the disk took nothing, and tries again', async () => {
    const { keeper, diskAnswers, onDisk, waits, runTimers } = createBench();
    keeper.note({ outcome: '' });
    keeper.note({ outcome: 'a' });
    keeper.flush();
    await diskAnswers(err({ code: 'storage_full' }));
    expect([keeper.standing(), waits().length]).toEqual(['failed', 1]);
    runTimers();
    await diskAnswers();
    expect([onDisk, keeper.standing()]).toEqual([[{ outcome: 'a' }], 'saved']);
  });
});
