import { beforeEach, describe, expect, test } from 'vitest';
import { err, ok } from '#domain/result.ts';
import { createSyncEngine } from '#sync/engine.ts';
import type { SyncEngine } from '#sync/engine.ts';
import type { MemberAccount, SyncAnswer, SyncRequest } from '#sync/protocol.ts';
import {
  answerOf, createTestChannel, createTestPhone, diskKinds, hamletChannel, hamletId, householdRow, lan, newId, verdictRow, visitDraft,
} from './store.test-support.ts';
import type { TestChannel, TestPhone, TestStore } from './store.test-support.ts';

const otherHamlet = '01789-004';
const otherChannel = `hamlet/${otherHamlet}`;
const movedAway: MemberAccount = { ...lan, assignments: [{ role: 'team_member', hamletId: otherHamlet }] };

describe.each(diskKinds)('a member who is moved to another hamlet ($name)', (kind) => {
  let phone: TestPhone;
  let store: TestStore;
  let engine: SyncEngine;
  let channels: TestChannel[];
  let member: MemberAccount;
  let received: number[];
  let whenAsked: () => void | Promise<void>;
  let own: TestChannel;
  let household: ReturnType<typeof householdRow>;
  let elsewhere: ReturnType<typeof householdRow>;

  /** An endpoint of a few lines: keeps what comes, shows the member's channels, and says which of those asked for are left. */
  async function sync({ entries, pull }: SyncRequest): Promise<SyncAnswer> {
    received.push(...entries.map(({ deviceSeq }) => deviceSeq));
    await whenAsked();
    const asked = pull?.channels ?? {};
    // Verdicts take their time here: without a digest the page of a device does not claim to speak of all that was kept.
    const isSaid = own.counter() >= received.length;
    const pages = channels.map((channel) => ({ ...channel.page(asked[channel.channelId]?.cursor ?? 0, 1), ...(channel !== own || isSaid ? {} : { digest: undefined }) }));
    const left = Object.keys(asked).filter((channelId) => channels.every((channel) => channel.channelId !== channelId));
    return answerOf({ entries: entries.map(({ session, deviceSeq }) => ({ session, deviceSeq, outcome: 'kept' })), pull: { member, pages, left } });
  }

  beforeEach(async () => {
    phone = await createTestPhone(kind);
    store = await phone.openStore();
    own = createTestChannel(phone.ownChannel);
    const hamlet = createTestChannel(hamletChannel);
    household = householdRow();
    elsewhere = householdRow({ headName: 'Hoàng Văn Páo' }, { areaId: otherHamlet });
    hamlet.show(household);
    channels = [hamlet, own];
    member = lan;
    received = [];
    whenAsked = () => undefined;
    engine = createSyncEngine({
      store,
      transport: { sync: async (request) => ok(await sync(request)) },
      clock: { now: () => phone.clock.at, setTimeout: () => undefined, clearTimeout: () => undefined },
      random: () => 0,
    });
    await engine.run();
    expect(store.find(household.recordId)).toBeDefined();
  });

  const move = () => {
    member = movedAway;
    const gained = createTestChannel(otherChannel);
    for (const row of [elsewhere, householdRow({}, { areaId: otherHamlet }), householdRow({}, { areaId: otherHamlet })]) gained.show(row);
    channels = [gained, own];
  };

  test('while entries are on their way loses none of them, sees the new hamlet whole and the old one no more', async () => {
    const visit = visitDraft(household.recordId);
    const correction = { ...visitDraft(household.recordId), changes: [{ recordId: household.recordId, kind: 'household' as const, areaId: hamletId, base: 1, set: { no: 77 } }] };
    await store.write([visit, correction]);
    let late: ReturnType<typeof visitDraft> | undefined;
    whenAsked = async () => {
      if (member === movedAway) return;
      move();
      // Saved while the first two are on their way, by somebody who knows nothing of the move.
      late = visitDraft(household.recordId);
      await store.write([late]);
    };
    const state = await engine.run();
    expect(state.lastError).toBeUndefined();
    expect(received).toEqual([1, 2, 3]);
    expect(store.account()).toEqual(movedAway);
    expect(store.find(household.recordId)).toBeUndefined();
    expect(store.inHamlet('household', otherHamlet)).toHaveLength(3);
    expect(store.outbox().map(({ deviceSeq, state: at }) => `${deviceSeq} ${at}`)).toEqual(['1 on_this_phone', '2 on_this_phone', '3 on_this_phone']);
    expect((await phone.openDisk().read(['channels'], async (tables) => await tables.channels.all())).map(({ channelId }) => channelId).toSorted()).toEqual([phone.ownChannel, otherChannel].toSorted());

    own.show(verdictRow(visit.entryId, 1, 'applied', { sequences: { [hamletChannel]: 9 } }));
    own.show(verdictRow(correction.entryId, 2, 'quarantined', { code: 'no_access' }));
    own.show(verdictRow(late?.entryId ?? '', 3, 'quarantined', { code: 'no_access' }));
    await engine.run();
    for (const open of [store, await phone.openStore()]) {
      expect(open.outbox().map(({ deviceSeq, reason }) => `${deviceSeq} ${reason?.verdict}`)).toEqual(['2 quarantined', '3 quarantined']);
      // What was applied there is no longer theirs to read; what a supervisor looks at is still theirs to see.
      expect(open.find(visit.visitId)).toBeUndefined();
      expect(open.find(late?.visitId ?? '')).toBeDefined();
    }
  });

  test('keeps what was half written there, to be looked at and given up; saving it says why it may not', async () => {
    const draft = { draftId: newId(), form: 'visit', subjectId: household.recordId, values: { outcome: 'đã hẹn sửa mái' } };
    await store.saveDraft(draft);
    move();
    await engine.run();
    for (const open of [store, await phone.openStore()]) {
      expect(open.find(household.recordId)).toBeUndefined();
      expect(open.drafts()).toMatchObject([draft]);
    }
    const refused = await store.write([visitDraft(household.recordId)], { endsDraft: draft.draftId, goesOn: true });
    expect(refused).toEqual({ ok: false, error: { code: 'not_allowed', reason: 'no_access' } });
    expect(store.drafts()).toMatchObject([draft]);
    expect(await store.saveDraft({ ...draft, values: { outcome: 'chuyển cho chị Mai' } }, { goesOn: true })).toEqual({ ok: true, value: undefined });
    await store.removeDraft(draft.draftId);
    expect((await phone.openStore()).drafts()).toEqual([]);
  });

  test('and back again sees its first hamlet as it is now, from its beginning', async () => {
    move();
    await engine.run();
    const again = createTestChannel(hamletChannel);
    again.show({ ...household, version: 5, fields: { ...household.fields, no: 13 } });
    channels = [again, own];
    member = lan;
    await engine.run();
    expect(store.find(household.recordId)).toMatchObject({ version: 5, fields: { no: 13 } });
    expect(store.find(elsewhere.recordId)).toBeUndefined();
    expect((await store.write([visitDraft(household.recordId)])).ok).toBe(true);
  });

  test('sees nothing half when the line breaks before the new hamlet is whole', async () => {
    move();
    let answers = 0;
    const broken = createSyncEngine({
      store,
      transport: { sync: async (request) => ((answers += 1) > 2 ? err({ code: 'unreachable' }) : ok(await sync(request))) },
      clock: { now: () => phone.clock.at, setTimeout: () => undefined, clearTimeout: () => undefined },
      random: () => 0,
    });
    expect((await broken.run()).lastError).toEqual({ code: 'unreachable' });
    expect(store.find(household.recordId)).toBeUndefined();
    expect(store.account()).toEqual(movedAway);
    const reopened = await phone.openStore();
    expect(reopened.inHamlet('household', otherHamlet).length).toBeLessThan(3);
    await engine.run();
    expect(store.inHamlet('household', otherHamlet)).toHaveLength(3);
  });

  test('mends what a supervisor declined and sends it again, though the hamlet is no longer theirs: it goes back to who asked', async () => {
    const written = visitDraft(household.recordId);
    const correction = { ...visitDraft(household.recordId), changes: [{ recordId: household.recordId, kind: 'household' as const, areaId: hamletId, base: 1, set: { no: 77 } }] };
    await store.write([written, correction]);
    move();
    await engine.run();
    for (const [index, { entryId }] of [written, correction].entries()) {
      own.show(verdictRow(entryId, index + 1, 'rejected', { code: 'declined_by_supervisor', note: 'Xin ghi lại' }));
    }
    await engine.run();
    expect(store.find(household.recordId)).toBeUndefined();
    const mended = { ...written, entryId: newId(), changes: written.changes.map((change) => ({ ...change, set: { ...written.set, outcome: 'đã gặp' } })) };
    expect(await store.mend(1, [mended])).toEqual({ ok: true, value: undefined });
    const corrected = { ...correction, entryId: newId(), changes: correction.changes.map((change) => ({ ...change, set: { no: 78 } })) };
    expect(await store.mend(2, [corrected])).toEqual({ ok: true, value: undefined });
    await engine.run();
    expect(received).toEqual([1, 2, 3, 4]);
    // What is new is still nothing they may write there.
    expect(await store.write([visitDraft(household.recordId)])).toMatchObject({ ok: false, error: { code: 'not_allowed' } });
  });
});
