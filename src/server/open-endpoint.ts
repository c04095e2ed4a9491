/** The endpoint on its folder, as the server and the command line both open it. */
import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createNewId } from '#sync/new-id.ts';
import { createCancelledInvitationFile } from './cancelled-invitation-list.ts';
import { migrate } from './database/migrations.ts';
import { openSqlite } from './database/sqlite.ts';
import { createEndpoint } from './endpoint.ts';
import type { Endpoint } from './endpoint.ts';
import { createDeviceFile } from './device-list.ts';
import { createErasureFile } from './erasure-list.ts';
import { createLastToldFile } from './last-told.ts';
import { createRevocationFile } from './revocation-list.ts';
import { createRoleChangeFile } from './role-change-list.ts';

export interface OpenedEndpoint {
  readonly endpoint: Endpoint;
  readonly clock: { now(): number };
  readonly newId: () => string;
  readonly random: (length: number) => Uint8Array;
  close(): Promise<void>;
}

/** Makes folder, database and keys where there are none. Several processes may open the same folder. */
export async function openEndpoint(args: { readonly varDir: string; readonly log?: ((line: string) => void) | undefined }): Promise<OpenedEndpoint> {
  mkdirSync(args.varDir, { recursive: true, mode: 0o700 });
  const clock = { now: () => Date.now() };
  const random = (length: number) => new Uint8Array(randomBytes(length));
  const newId = createNewId(clock.now, random);
  const db = openSqlite(join(args.varDir, 'gan-dan.sqlite'));
  try {
    await migrate(db);
    const revocations = createRevocationFile(join(args.varDir, 'revocations.jsonl'));
    const erasures = createErasureFile(join(args.varDir, 'erasures.jsonl'));
    const roleChanges = createRoleChangeFile(join(args.varDir, 'role-changes.jsonl'), join(args.varDir, 'ended-roles.jsonl'));
    const devices = createDeviceFile(join(args.varDir, 'devices.jsonl'));
    const cancelledInvitations = createCancelledInvitationFile(join(args.varDir, 'cancelled-invitations.jsonl'));
    const lastTold = createLastToldFile(join(args.varDir, 'last-told'));
    const endpoint = await createEndpoint({
      db, clock, random, newId, revocations, erasures, roleChanges, devices, cancelledInvitations, lastTold, log: args.log,
    });
    return { endpoint, clock, newId, random, close: () => db.destroy() };
  } catch (reason) {
    await db.destroy();
    throw reason;
  }
}
