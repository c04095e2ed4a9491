import { beforeEach, describe, expect, test } from 'vitest';
import { epochSpan } from '#sync/protocol.ts';
import { createListInMemory } from './append-only-list.ts';
import { openSqlite } from './database/sqlite.ts';
import { migrate } from './database/migrations.ts';
import { raiseEpoch } from './epoch.ts';
import { change, createTestEndpoint, enrolPhone, household, north, roles } from './test-support.ts';
import type { TestEndpoint, TestPhone } from './test-support.ts';

let stage: TestEndpoint;
let phone: TestPhone;
let houses: readonly [string, string];

beforeEach(async () => {
  stage = await createTestEndpoint();
  phone = await enrolPhone(stage, roles.member);
  houses = [stage.newId(), stage.newId()];
  await phone.save([change('household', north, houses[0], household(1))]);
  await phone.sync();
});

/** Sends what is in the outbox to the endpoint as it was started again, and gives the rows of the hamlet and the device, from their beginning. */
async function syncedWith(restored: TestEndpoint, epoch: number) {
  const auth = await restored.endpoint.authenticate(`Bearer ${phone.sessionToken}`);
  if (!auth.ok) throw new Error(auth.error.code);
  const answer = await restored.endpoint.sync(auth.value, { ...phone.pushBody(), pull: { ...phone.pullBody(epoch), channels: {} } });
  if (answer.pull === undefined || !('pages' in answer.pull)) throw new Error('no pages');
  return new Map(answer.pull.pages.flatMap((page) => page.rows.map((row) => [row.recordId, { ...row, page: page.channelId }] as const)));
}

describe('an epoch that is raised', () => {
  test('begins its sequences and versions above all that the earlier one can have given', async () => {
    expect(await raiseEpoch(stage.db)).toBe(2);
    const restored = await stage.restarted();
    const entry = await phone.save([change('household', north, houses[0], { houseLabel: 'gốc đa' }, 1), change('household', north, houses[1], household(2))]);
    const rows = await syncedWith(restored, 2);
    expect(rows.get(houses[0])).toMatchObject({ page: `hamlet/${north}`, sequence: epochSpan + 1, version: epochSpan + 1 });
    expect(rows.get(houses[1])).toMatchObject({ sequence: epochSpan + 2, version: epochSpan + 1 });
    expect(rows.get(entry.entryId)).toMatchObject({ page: `device/${phone.deviceId}`, sequence: epochSpan + 1, verdict: { verdict: 'applied' } });
  });

  test('goes on counting in it by one', async () => {
    await raiseEpoch(stage.db);
    const restored = await stage.restarted();
    await phone.save([change('household', north, houses[0], { houseLabel: 'gốc đa' }, 1)]);
    await syncedWith(restored, 2);
    phone.outbox.length = 0;
    await phone.save([change('household', north, houses[0], { houseLabel: 'gốc mít' }, epochSpan + 1)]);
    expect((await syncedWith(restored, 2)).get(houses[0])).toMatchObject({ sequence: epochSpan + 2, version: epochSpan + 2 });
  });

  test('sends every phone of the earlier one back to the beginning of its channels', async () => {
    await raiseEpoch(stage.db);
    const restored = await stage.restarted();
    const auth = await restored.endpoint.authenticate(`Bearer ${phone.sessionToken}`);
    if (!auth.ok) throw new Error(auth.error.code);
    expect(await restored.endpoint.sync(auth.value, { ...phone.pushBody(), pull: phone.pullBody(1) })).toMatchObject({ epoch: 2, pull: { restart: 'epoch' } });
  });

  test('is another one each time, also when the same backup is put back twice', async () => {
    const raised = createListInMemory<{ readonly epoch: number }>();
    expect(await raiseEpoch(stage.db, raised)).toBe(2);
    await stage.db.updateTable('meta').set({ value: '1' }).where('name', '=', 'epoch').execute();
    expect(await raiseEpoch(stage.db, raised)).toBe(3);
    expect(await raiseEpoch(stage.db, raised)).toBe(4);
    expect((await stage.restarted()).endpoint.identity()).toEqual(stage.endpoint.identity());
  });

  test('needs an endpoint', async () => {
    const db = openSqlite(':memory:');
    await migrate(db);
    await expect(raiseEpoch(db)).rejects.toThrow('no endpoint');
    await db.destroy();
  });
});
