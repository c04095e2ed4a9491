/** Who asks: sessions of an unlocked device, delivery tokens of a locked one, and the one-use challenge that opens the next session. */
import { err, ok } from '#domain/result.ts';
import type { Result } from '#domain/result.ts';
import { verifyChallenge } from '#sync/entry.ts';
import { findDevice } from './accounts.ts';
import { actorOf, writeAudit } from './audit.ts';
import type { Asker } from './audit.ts';
import type { EndpointContext } from './context.ts';
import type { Database, DeviceTable, Writing } from './database/schema.ts';
import { communeOfToken, createToken, hashToken } from './tokens.ts';

const dayMs = 86_400_000;
const sessionIdleMs = 30 * dayMs;
const sessionLifeMs = 90 * dayMs;
const challengeLifeMs = 5 * 60_000;
/** A session's last use is written at most this often: it is counted in days. */
const useGrainMs = 3_600_000;

/** `delivery` and `bundle` bring entries and read nothing. */
export type SyncAuth =
  | { readonly kind: 'session'; readonly communeCode: string; readonly deviceId: string; readonly memberId: string; readonly sessionId: string }
  | { readonly kind: 'delivery'; readonly communeCode: string; readonly deviceId: string }
  | { readonly kind: 'bundle' };

/** `sessionId`: the hash that is kept of its token. */
export type SessionAuth = Extract<SyncAuth, { kind: 'session' }>;
/** A member on one of their phones, whatever session they opened there. */
export type MemberAuth = Omit<SessionAuth, 'sessionId'>;

/** `retired_device`: another took its place on the same phone. A second phone that held the same disk has to take an identity of its own. */
export type NoSession = { readonly code: 'no_session' | 'revoked_device' | 'retired_device' };

export type Sessions = ReturnType<typeof createSessions>;

export function createSessions(context: EndpointContext) {
  const { db, clock, random } = context;
  const isSigned = context.opener.verifyChallenge ?? verifyChallenge;

  /** `Bearer <session token>`, `Delivery <delivery token>` or nothing. */
  async function authenticate(authorization: string | undefined): Promise<Result<SyncAuth, NoSession>> {
    if (authorization === undefined) return ok({ kind: 'bundle' });
    const [scheme, token = ''] = authorization.split(' ');
    const communeCode = communeOfToken(token);
    if (communeCode === undefined) return err({ code: 'no_session' });
    if (scheme === 'Bearer') return await authenticateSession(communeCode, token);
    if (scheme === 'Delivery') return await authenticateDelivery(communeCode, token);
    return err({ code: 'no_session' });
  }

  async function authenticateSession(communeCode: string, token: string): Promise<Result<SyncAuth, NoSession>> {
    const now = clock.now();
    const tokenHash = hashToken(token);
    const session = await db
      .selectFrom('session')
      .innerJoin('device', (join) =>
        join.onRef('device.communeCode', '=', 'session.communeCode').onRef('device.deviceId', '=', 'session.deviceId'),
      )
      .select(['device.deviceId', 'device.memberId', 'device.state', 'session.createdAt', 'session.lastUsedAt'])
      .where('session.communeCode', '=', communeCode)
      .where('session.tokenHash', '=', tokenHash)
      .executeTakeFirst();
    if (session === undefined) return err({ code: 'no_session' });
    const gone = goneAs(session.state);
    if (gone !== undefined) return err(gone);
    if (isOver(session, now)) return err({ code: 'no_session' });
    if (now - session.lastUsedAt >= useGrainMs) {
      await db
        .updateTable('session')
        .set({ lastUsedAt: now })
        .where('communeCode', '=', communeCode)
        .where('tokenHash', '=', tokenHash)
        .execute();
    }
    return ok({ kind: 'session', communeCode, deviceId: session.deviceId, memberId: session.memberId, sessionId: tokenHash });
  }

  async function authenticateDelivery(communeCode: string, token: string): Promise<Result<SyncAuth, NoSession>> {
    const device = await db
      .selectFrom('device')
      .select('deviceId')
      .where('communeCode', '=', communeCode)
      .where('deliveryTokenHash', '=', hashToken(token))
      .executeTakeFirst();
    return device === undefined ? err({ code: 'no_session' }) : ok({ kind: 'delivery', communeCode, deviceId: device.deviceId });
  }

  async function challenge(communeCode: string, deviceId: string): Promise<{ challenge: string }> {
    const now = clock.now();
    const text = createToken(communeCode, random);
    if ((await findDevice(db, communeCode, deviceId)) === undefined) return { challenge: text };
    await db.transaction().execute(async (tx) => {
      await tx.deleteFrom('challenge').where('communeCode', '=', communeCode).where('expiresAt', '<=', now).execute();
      await tx
        .insertInto('challenge')
        .values({ communeCode, challengeHash: hashToken(text), deviceId, expiresAt: now + challengeLifeMs })
        .execute();
    });
    return { challenge: text };
  }

  async function open(text: string, signature: string): Promise<Result<{ sessionToken: string }, NoSession>> {
    const device = await signerOf(text, signature);
    if (device === undefined) return err({ code: 'no_session' });
    const gone = goneAs(device.state);
    if (gone !== undefined) return err(gone);
    return ok({ sessionToken: await db.transaction().execute((tx) => createSession(tx, device.communeCode, device.deviceId)) });
  }

  /** Whose challenge this was, if that device signed it in time. The challenge is used up by the first try, right or wrong. */
  async function signerOf(text: string, signature: string): Promise<DeviceTable | undefined> {
    const now = clock.now();
    const communeCode = communeOfToken(text);
    if (communeCode === undefined) return undefined;
    const asked = await db
      .deleteFrom('challenge')
      .where('communeCode', '=', communeCode)
      .where('challengeHash', '=', hashToken(text))
      .returning(['deviceId', 'expiresAt'])
      .executeTakeFirst();
    if (asked === undefined || asked.expiresAt <= now) return undefined;
    const device = await findDevice(db, communeCode, asked.deviceId);
    return device !== undefined && (await isSigned(device.publicKey, text, signature)) ? device : undefined;
  }

  /** The token; only its hash is kept. Sessions that are over are cleared away. */
  async function createSession(tx: Writing, communeCode: string, deviceId: string): Promise<string> {
    const now = clock.now();
    await tx
      .deleteFrom('session')
      .where('communeCode', '=', communeCode)
      .where((where) => where.or([where('lastUsedAt', '<=', now - sessionIdleMs), where('createdAt', '<=', now - sessionLifeMs)]))
      .execute();
    const token = createToken(communeCode, random);
    await tx.insertInto('session').values({ communeCode, tokenHash: hashToken(token), deviceId, createdAt: now, lastUsedAt: now }).execute();
    return token;
  }

  /** Those that still open the endpoint, of one member (undefined: of all in the commune), the last used first. */
  async function list(at: Database, communeCode: string, memberId?: string): Promise<OpenSession[]> {
    const now = clock.now();
    let query = at
      .selectFrom('session')
      .innerJoin('device', (join) => join.onRef('device.communeCode', '=', 'session.communeCode').onRef('device.deviceId', '=', 'session.deviceId'))
      .select(['session.tokenHash', 'session.deviceId', 'session.createdAt', 'session.lastUsedAt', 'device.memberId'])
      .where('session.communeCode', '=', communeCode)
      .where('device.state', '=', 'active')
      .orderBy('session.lastUsedAt', 'desc')
      .orderBy('session.createdAt', 'desc')
      .orderBy('session.tokenHash');
    if (memberId !== undefined) query = query.where('device.memberId', '=', memberId);
    return (await query.execute()).filter((session) => !isOver(session, now));
  }

  /** A phone that is unlocked opens the next one by itself, while its device is active. */
  async function end(tx: Writing, communeCode: string, { tokenHash, deviceId }: OpenSession, by: Asker): Promise<void> {
    await tx.deleteFrom('session').where('communeCode', '=', communeCode).where('tokenHash', '=', tokenHash).execute();
    await writeAudit(tx, { communeCode, at: clock.now(), ...actorOf(by), action: 'session_ended', subject: deviceId });
  }

  return { authenticate, challenge, open, signerOf, createSession, list, end };
}

/** Times are milliseconds since 1970. */
export interface OpenSession {
  readonly tokenHash: string;
  readonly deviceId: string;
  readonly memberId: string;
  readonly createdAt: number;
  readonly lastUsedAt: number;
}

function isOver({ createdAt, lastUsedAt }: Pick<OpenSession, 'createdAt' | 'lastUsedAt'>, now: number): boolean {
  return now - lastUsedAt >= sessionIdleMs || now - createdAt >= sessionLifeMs;
}

/** Why a device that proved itself may read nothing; undefined: it may. */
function goneAs(state: DeviceTable['state']): NoSession | undefined {
  if (state === 'active') return undefined;
  return { code: state === 'revoked' ? 'revoked_device' : 'retired_device' };
}
