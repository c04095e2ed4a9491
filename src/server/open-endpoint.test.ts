import { copyFileSync, existsSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { instantOf } from '#domain/identifiers.ts';
import { openEndpoint } from './open-endpoint.ts';
import { change, commune, roles } from './test-support.ts';

test('a database file that was put back by hand is seen to be an older one, by what lies beside it', async () => {
  const varDir = mkdtempSync(join(tmpdir(), 'gan-dan-put-back-'));
  const database = join(varDir, 'gan-dan.sqlite');
  const logged: string[] = [];
  /** Opens the folder, tells somebody something of it, and answers in which epoch. */
  const tell = async (body: (opened: Awaited<ReturnType<typeof openEndpoint>>) => Promise<unknown> = async () => undefined) => {
    const opened = await openEndpoint({ varDir, log: (line) => void logged.push(line) });
    await body(opened);
    const { epoch } = await opened.endpoint.sync({ kind: 'bundle' }, { protocol: 1, sessions: [], entries: [] });
    await opened.close();
    return epoch;
  };
  expect(await tell()).toBe(1);
  copyFileSync(database, join(varDir, 'backup'));
  expect(
    await tell(async ({ endpoint, clock, newId }) => {
      const area = change('area', commune, commune, { code: commune, level: 'commune', kind: 'xa', name: 'Quang Hán', parent: '99904' });
      await endpoint.applyOwnEntries(commune, [{ entryId: newId(), memberId: endpoint.identity().endpointId, occurredAt: instantOf(clock.now()), changes: [area] }]);
    }),
  ).toBe(1);
  expect(await tell()).toBe(1);
  expect(logged).toEqual([]);
  copyFileSync(join(varDir, 'backup'), database);
  expect(await tell()).toBe(2);
  expect(logged).toEqual([expect.stringContaining('alarm database_put_back')]);
  expect(await tell()).toBe(2);
  rmSync(varDir, { recursive: true });
});

test('changes of roles that an earlier version listed under its own name count as before, and come before the new ones', async () => {
  const varDir = mkdtempSync(join(tmpdir(), 'gan-dan-roles-'));
  const [list, former] = [join(varDir, 'role-changes.jsonl'), join(varDir, 'ended-roles.jsonl')];
  const inFolder = async <T>(body: (endpoint: Awaited<ReturnType<typeof openEndpoint>>['endpoint']) => Promise<T>): Promise<T> => {
    const opened = await openEndpoint({ varDir });
    const answer = await body(opened.endpoint);
    await opened.close();
    return answer;
  };
  const inviting = { communeCode: commune, name: 'Quản trị (mẫu)', assignments: [roles.admin] };
  const [{ memberId }, { memberId: other }] = await inFolder(async (endpoint) => [await endpoint.createInvitation(inviting), await endpoint.createInvitation(inviting)]);
  copyFileSync(join(varDir, 'gan-dan.sqlite'), join(varDir, 'backup'));
  await inFolder(async (endpoint) => expect(await endpoint.changeAssignments(commune, memberId, [roles.officer])).toMatchObject({ ok: true }));
  renameSync(list, former);
  const written = readFileSync(former, 'utf8');

  copyFileSync(join(varDir, 'backup'), join(varDir, 'gan-dan.sqlite'));
  await inFolder(async (endpoint) => {
    expect(await endpoint.assignmentsOf(commune, memberId)).toEqual([roles.officer]);
    expect(await endpoint.changeAssignments(commune, memberId, [roles.dpo])).toMatchObject({ ok: true });
  });
  expect([readFileSync(former, 'utf8') === written, existsSync(list)]).toEqual([true, true]);
  copyFileSync(join(varDir, 'backup'), join(varDir, 'gan-dan.sqlite'));
  await inFolder(async (endpoint) => {
    expect(await endpoint.assignmentsOf(commune, memberId)).toEqual([roles.dpo]);
    expect(await endpoint.assignmentsOf(commune, other)).toEqual([roles.admin]);
  });
  rmSync(varDir, { recursive: true });
});
