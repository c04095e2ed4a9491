import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createCancelledInvitationFile } from './cancelled-invitation-list.ts';
import { openEndpoint } from './open-endpoint.ts';
import type { OpenedEndpoint } from './open-endpoint.ts';
import { commune, createTestEndpoint, roles } from './test-support.ts';
import { hashToken } from './tokens.ts';

const hour = 3_600_000;
let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gan-dan-cancelled-'));
  path = join(folder, 'cancelled-invitations.jsonl');
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const inviting = { communeCode: commune, name: 'Hoàng Thị Én (mẫu)', assignments: [roles.member] };
const refused = (code: string) => ({ ok: false, error: { code } });

async function inFolder<T>(body: (opened: OpenedEndpoint) => Promise<T>): Promise<T> {
  const opened = await openEndpoint({ varDir: folder });
  try {
    return await body(opened);
  } finally {
    await opened.close();
  }
}

test('an invitation that was cancelled stays so when an older database is put back, and the one beside it stays open', async () => {
  const database = join(folder, 'gan-dan.sqlite');
  const [cancelled, open] = await inFolder(async ({ endpoint }) => [await endpoint.createInvitation(inviting), await endpoint.createInvitation(inviting)]);
  copyFileSync(database, join(folder, 'backup'));
  await inFolder(async ({ endpoint }) => {
    expect(await endpoint.cancelInvitation(commune, hashToken(cancelled.invitation))).toBe(true);
  });
  const list = readFileSync(path, 'utf8');
  expect(list.trim().split('\n')).toHaveLength(1);
  expect(list).not.toContain(cancelled.invitation.split('.')[1]);
  expect(statSync(path).mode & 0o777).toBe(0o600);

  copyFileSync(join(folder, 'backup'), database);
  for (let start = 0; start < 2; start++) {
    await inFolder(async ({ endpoint }) => {
      expect(await endpoint.checkInvitation(cancelled.invitation)).toEqual(refused('cancelled_invitation'));
      expect(await endpoint.checkInvitation(open.invitation)).toMatchObject({ ok: true });
      const summary = (await endpoint.listMembers(commune)).flatMap(({ invitations }) => invitations);
      expect(summary.map(({ invitationId }) => invitationId)).toEqual([hashToken(open.invitation)]);
    });
  }
  // The control: without its list the backup lets them in again.
  copyFileSync(join(folder, 'backup'), database);
  rmSync(path);
  await inFolder(async ({ endpoint }) => {
    expect(await endpoint.checkInvitation(cancelled.invitation)).toMatchObject({ ok: true });
  });
});

test('its line is there until its 72 hours are over, and is forgotten by the next start', async () => {
  const stage = await createTestEndpoint({ cancelledInvitations: createCancelledInvitationFile(path) });
  const early = await stage.endpoint.createInvitation(inviting);
  stage.clock.at += hour;
  const second = await stage.endpoint.createInvitation(inviting);
  for (const { invitation } of [early, second]) await stage.endpoint.cancelInvitation(commune, hashToken(invitation));
  const listed = () => createCancelledInvitationFile(path).all().map(({ tokenHash }) => tokenHash);
  stage.clock.at = early.expiresAt - 1;
  await stage.restarted();
  expect(listed()).toEqual([early, second].map(({ invitation }) => hashToken(invitation)));
  stage.clock.at = early.expiresAt;
  const later = await stage.restarted();
  expect(listed()).toEqual([hashToken(second.invitation)]);
  expect(existsSync(`${path}.new`)).toBe(false);
  expect(await later.endpoint.checkInvitation(second.invitation)).toEqual(refused('cancelled_invitation'));
  expect(await later.endpoint.checkInvitation(early.invitation)).toEqual(refused('cancelled_invitation'));
});

test('one that was cancelled before there was a list is on it after the next start, once', async () => {
  const stage = await createTestEndpoint();
  const { invitation } = await stage.endpoint.createInvitation(inviting);
  await stage.endpoint.cancelInvitation(commune, hashToken(invitation));
  const cancelledInvitations = createCancelledInvitationFile(path);
  for (let start = 0; start < 2; start++) await stage.restarted({ cancelledInvitations });
  expect(cancelledInvitations.all()).toMatchObject([{ communeCode: commune, tokenHash: hashToken(invitation), cancelledAt: stage.clock.at }]);
});

test('one that was used before the list named it stays used: its phone may ask for its answer once more', async () => {
  const stage = await createTestEndpoint({ cancelledInvitations: createCancelledInvitationFile(path) });
  const { invitation, expiresAt } = await stage.endpoint.createInvitation(inviting);
  await stage.db.updateTable('invitation').set({ usedAt: stage.clock.at, usedByDeviceId: stage.newId() }).where('tokenHash', '=', hashToken(invitation)).execute();
  createCancelledInvitationFile(path).append({ communeCode: commune, tokenHash: hashToken(invitation), cancelledAt: stage.clock.at, expiresAt });
  const restarted = await stage.restarted();
  expect(await restarted.endpoint.checkInvitation(invitation)).toEqual(refused('used_invitation'));
});

test('a line that cannot be read stops the start, and nothing of the list is lost', async () => {
  writeFileSync(path, '{"communeCode":"01789"}\n');
  await expect(createTestEndpoint({ cancelledInvitations: createCancelledInvitationFile(path) })).rejects.toThrow('line 1 cannot be read');
  expect(readFileSync(path, 'utf8')).toBe('{"communeCode":"01789"}\n');
});
