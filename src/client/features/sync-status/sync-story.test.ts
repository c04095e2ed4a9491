import { describe, expect, it } from 'vitest';
import { vi } from '#client/languages/vi.ts';
import type { OutboxEntry } from '#client/store/field-store.ts';
import { onlyHere, pressOutcome, syncStory } from './sync-story.ts';
import type { SyncState } from './sync-story.ts';

const now = Date.parse('2026-11-21T09:00:00Z');
const heard = { isOnline: true, lastContactAt: now, now };
const idle: SyncState = { isRunning: false, lastSuccessAt: undefined, lastError: undefined, nextTryAt: undefined };

function entry(deviceSeq: number, rest: Partial<OutboxEntry> = {}): OutboxEntry {
  return {
    deviceSeq,
    entryId: `entry-${deviceSeq}`,
    occurredAt: '2026-11-21T14:10:00+07:00',
    recordIds: [],
    state: 'on_this_phone',
    savedAt: Date.parse('2026-11-21T07:10:00Z') + deviceSeq * 60_000,
    ...rest,
  };
}

describe('the story of sync', () => {
  it('counts what exists only here since the oldest: also what the commune refused, not what it keeps for a supervisor', () => {
    const outbox = [
      entry(3),
      entry(0, { state: 'needs_you', reason: { verdict: 'rejected', code: 'wrong_format', field: 'phone' } }),
      entry(1, { state: 'needs_you', reason: { verdict: 'quarantined', code: 'no_access' } }),
    ];
    expect(onlyHere(outbox).map(({ deviceSeq }) => deviceSeq)).toEqual([3, 0]);
    expect(syncStory(vi, outbox, idle, heard).waiting).toBe('2 phiếu chỉ có trên máy này, từ 14:10');
  });

  it('does not count what the commune has, though it has not said yet what became of it', () => {
    const outbox = [entry(0, { isKept: true }), entry(1)];
    expect(syncStory(vi, outbox, idle, heard).waiting).toBe('1 phiếu chỉ có trên máy này, từ 14:11');
    expect(syncStory(vi, [entry(0, { isKept: true })], idle, heard)).toMatchObject({ waiting: undefined, isAllSent: true });
  });

  it('never says the commune has it all without the commune\'s word, nor while something stands here', () => {
    expect(syncStory(vi, [], idle, { ...heard, lastContactAt: undefined }).isAllSent).toBe(false);
    expect(syncStory(vi, [], idle, heard).isAllSent).toBe(true);
    expect(syncStory(vi, [entry(1)], idle, heard).isAllSent).toBe(false);
  });

  it('tells no signal before anything else, and each error in words', () => {
    expect(syncStory(vi, [], { ...idle, lastError: { code: 'unreachable' } }, { ...heard, isOnline: false }).now).toBe(vi.sync.offline);
    expect(syncStory(vi, [], { ...idle, lastError: { code: 'no_session', revoked: true } }, heard).now).toBe(vi.errors.transport.revoked);
    expect(syncStory(vi, [], { ...idle, lastError: { code: 'endpoint_error', status: 500 } }, heard).now).toBe(vi.errors.transport.endpoint_error);
  });

  it('says what a press of the button came to', () => {
    expect(pressOutcome(vi, 0, 0, idle)).toBe(vi.sync.nothingToSend);
    expect(pressOutcome(vi, 0, 1, idle)).toBe(vi.sync.stillHere(1));
    expect(pressOutcome(vi, 5, 0, idle)).toBe(vi.sync.sentAll(5));
    expect(pressOutcome(vi, 5, 2, idle)).toBe(`${vi.sync.sentAll(3)} ${vi.sync.stillHere(2)}`);
    expect(pressOutcome(vi, 2, 2, idle)).toBe(vi.sync.stillHere(2));
    expect(pressOutcome(vi, 2, 2, { ...idle, lastError: { code: 'unreachable' } })).toBe(vi.errors.transport.unreachable);
  });
});
