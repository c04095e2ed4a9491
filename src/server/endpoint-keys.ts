/** The endpoint's identity, key pairs, epoch and content hash key: made by the first start, kept in the database and so in every backup. */
import { createHmac, createSecretKey } from 'node:crypto';
import { bytesToBase64url, createEndpointKeyPair } from '#sync/entry.ts';
import type { EndpointIdentity, EndpointKeyPair } from '#sync/entry.ts';
import type { Database } from './database/schema.ts';

export interface EndpointKeys {
  /** With the newest key: whom phones seal to. */
  readonly identity: EndpointIdentity;
  /** Every pair that was ever published, by key id. The objects stay the same: importing one is remembered by its object. */
  readonly pairs: ReadonlyMap<string, EndpointKeyPair>;
  /** Raised by a restore. */
  readonly epoch: number;
  /** A keyed hash, so that a stolen list of hashes does not let anyone guess short contents. */
  contentHash(content: string): string;
}

/** The database belongs to an endpoint whose keys are gone: phones sealed to them, so a new pair would lose what they hold. */
export class MissingEndpointKey extends Error {
  constructor() {
    super('the database has an endpoint id and no key of it: restore the key from a backup');
    this.name = 'MissingEndpointKey';
  }
}

export async function loadEndpointKeys(deps: {
  readonly db: Database;
  readonly clock: { now(): number };
  readonly random: (length: number) => Uint8Array;
  readonly newId: () => string;
}): Promise<EndpointKeys> {
  // Made before the transaction, which waits for nothing but the database; thrown away where keys are there already.
  const fresh = (await isNew(deps.db)) ? await createEndpointKeyPair() : undefined;
  return await deps.db.transaction().execute(async (tx) => {
    if (fresh !== undefined && (await isNew(tx))) {
      const hashKey = bytesToBase64url(deps.random(32));
      await tx
        .insertInto('meta')
        .values([
          { name: 'endpointId', value: deps.newId() },
          { name: 'epoch', value: '1' },
          { name: 'contentHashKey', value: hashKey },
        ])
        .execute();
      await tx.insertInto('endpoint_key').values({ ...fresh, createdAt: deps.clock.now() }).execute();
    }
    const meta = new Map((await tx.selectFrom('meta').selectAll().execute()).map((row) => [row.name, row.value]));
    const rows = await tx.selectFrom('endpoint_key').selectAll().orderBy('createdAt', 'desc').orderBy('keyId').execute();
    const newest = rows[0];
    const endpointId = meta.get('endpointId');
    const hashKey = meta.get('contentHashKey');
    if (newest === undefined || endpointId === undefined || hashKey === undefined) throw new MissingEndpointKey();
    const contentKey = createSecretKey(hashKey, 'base64url');
    const pairs = new Map(rows.map(({ keyId, privateKey, publicKey }) => [keyId, { keyId, privateKey, publicKey }]));
    return {
      identity: { endpointId, keyId: newest.keyId, publicKey: newest.publicKey },
      pairs,
      epoch: Number(meta.get('epoch') ?? 1),
      contentHash: (content) => createHmac('sha256', contentKey).update(content).digest('base64url'),
    };
  });
}

async function isNew(db: Database): Promise<boolean> {
  const known = await db.selectFrom('meta').select('value').where('name', '=', 'endpointId').executeTakeFirst();
  return known === undefined;
}
