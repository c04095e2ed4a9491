import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { instantOf } from '#domain/identifiers.ts';
import { openEndpoint } from './open-endpoint.ts';
import { change, commune } from './test-support.ts';

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
