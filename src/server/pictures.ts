/**
 * The pictures of attachments: sealed boxes as they were sent, in the database beside their records, opened with the endpoint's key when somebody who may read the record
 * asks. Why not files: docs/decisions/0027-photos.md.
 */
import { attachmentLimits } from '#domain/attachment.ts';
import type { AttachmentType } from '#domain/attachment.ts';
import { channelsOfMember, mayWrite } from '#domain/permissions.ts';
import { isKind } from '#domain/record.ts';
import type { RecordState } from '#domain/record.ts';
import { err, ok } from '#domain/result.ts';
import type { Result } from '#domain/result.ts';
import { carriesMetadata, hashPicture, maxSealedPictureBytes, openPicture, pictureTypeOf, readPictureHeader } from '#sync/entry.ts';
import type { PictureErrorCode, PictureState, PictureStateAnswer } from '#sync/picture-calls.ts';
import type { Accounts } from './accounts.ts';
import { findDevice } from './accounts.ts';
import type { EndpointContext } from './context.ts';
import type { Database } from './database/schema.ts';
import { shownIn } from './history.ts';
import { createRecordsAtHand } from './records-at-hand.ts';
import type { MemberAuth } from './sessions.ts';

/** `damaged`: not the bytes that its record names. `unreadable`: these bytes, and no picture of that kind comes of them; no further try changes that. */
export type NotTaken = 'unknown' | 'removed' | 'damaged' | 'unreadable';
export type Pictures = ReturnType<typeof createPictures>;

interface Standing {
  readonly state: PictureState;
  readonly sha256?: string;
}

export function createPictures(context: EndpointContext, accounts: Accounts) {
  const { db, clock, keys } = context;

  /** For whoever may send it: its author, also from another hamlet by now, and whoever may change its record. */
  async function standingFor(auth: MemberAuth, recordId: string): Promise<Standing> {
    return await db.transaction().execute(async (tx) => {
      const { communeCode, memberId } = auth;
      const records = createRecordsAtHand(tx, communeCode);
      await records.loadWhole(recordId);
      const record = records.find(recordId);
      if (!isKind(record, 'attachment') || record.deleted) return { state: 'unknown' };
      if (record.memberId !== memberId) {
        const member = await accounts.scopeOf(tx, communeCode, memberId);
        const change = { recordId, kind: record.kind, areaId: record.areaId, base: record.version, set: {} };
        if (!mayWrite(member, change, record, records).allowed) return { state: 'unknown' };
      }
      if (record.fields.removedOn !== undefined) return { state: 'removed' };
      return (await isHere(tx, communeCode, recordId)) ? { state: 'arrived', sha256: record.fields.sha256 } : { state: 'wanted' };
    });
  }

  async function states(auth: MemberAuth, recordIds: readonly string[]): Promise<PictureStateAnswer> {
    const pictures: PictureStateAnswer['pictures'] = [];
    for (const recordId of recordIds) pictures.push({ recordId, ...(await standingFor(auth, recordId)) });
    return { pictures };
  }

  /** A whole upload. It becomes the record's picture only if it is what the record says, sealed by a device of its author. */
  async function take(communeCode: string, recordId: string, box: Uint8Array): Promise<Result<undefined, NotTaken>> {
    const record = await attachmentOf(db, communeCode, recordId);
    if (record === undefined) return err('unknown');
    if (record.fields.removedOn !== undefined) return err('removed');
    const { sha256, type, bytes } = record.fields;
    if (box.length > maxSealedPictureBytes || (await hashPicture(box)) !== sha256) return err('damaged');
    const picture = await open(communeCode, box, record.memberId);
    const isIt = picture !== undefined && picture.length === bytes && pictureTypeOf(picture) === type && !carriesMetadata(picture);
    if (!isIt) return err('unreadable');
    return await db.transaction().execute(async (tx) => {
      // It may have been erased while its bytes were looked at.
      const now = await attachmentOf(tx, communeCode, recordId);
      if (now === undefined) return err('unknown');
      if (now.fields.removedOn !== undefined) return err('removed');
      await tx
        .insertInto('picture')
        .values({ communeCode, recordId, arrivedAt: clock.now(), box: Buffer.from(box) })
        .onConflict((conflict) => conflict.columns(['communeCode', 'recordId']).doNothing())
        .execute();
      return ok(undefined);
    });
  }

  /** Undefined: it does not open. `memberId`: whose device must have sealed it. */
  async function open(communeCode: string, box: Uint8Array, memberId: string): Promise<Uint8Array | undefined> {
    const claimed = readPictureHeader(box);
    const keyPair = claimed.ok ? keys.pairs.get(claimed.value.keyId) : undefined;
    if (!claimed.ok || keyPair === undefined || claimed.value.communeCode !== communeCode) return undefined;
    const device = await findDevice(db, communeCode, claimed.value.deviceId);
    if (device?.memberId !== memberId) return undefined;
    const opened = await openPicture({ box, endpointId: keys.identity.endpointId, keyPair, devicePublicKey: device.publicKey });
    return opened.ok ? opened.value : undefined;
  }

  /** For whoever reads its record now. */
  async function read(auth: MemberAuth, recordId: string): Promise<Result<{ readonly type: AttachmentType; readonly bytes: Uint8Array }, PictureErrorCode>> {
    const { communeCode, memberId } = auth;
    const found = await db.transaction().execute(async (tx) => {
      const channels = channelsOfMember(await accounts.scopeOf(tx, communeCode, memberId));
      const record = await attachmentOf(tx, communeCode, recordId);
      if (record === undefined || (await shownIn(tx, communeCode, recordId, channels)) === undefined) return err('not_found' as const);
      if (record.fields.removedOn !== undefined) return err('removed' as const);
      const row = await tx.selectFrom('picture').select('box').where('communeCode', '=', communeCode).where('recordId', '=', recordId).executeTakeFirst();
      return row === undefined ? err('not_arrived' as const) : ok({ box: new Uint8Array(row.box), record });
    });
    if (!found.ok) return found;
    const { box, record } = found.value;
    const bytes = await open(communeCode, box, record.memberId);
    // It opened when it came: the disk has turned a bit, or somebody has touched the table.
    if (bytes === undefined) throw new Error('a picture that was taken does not open any more');
    return ok({ type: record.fields.type, bytes });
  }

  /** Is its picture still to come? */
  const isWanted = async (communeCode: string, recordId: string): Promise<boolean> => {
    const record = await attachmentOf(db, communeCode, recordId);
    return record !== undefined && record.fields.removedOn === undefined && !(await isHere(db, communeCode, recordId));
  };

  return { standingFor, states, take, read, isWanted };
}

async function isHere(db: Database, communeCode: string, recordId: string): Promise<boolean> {
  const row = await db.selectFrom('picture').select('recordId').where('communeCode', '=', communeCode).where('recordId', '=', recordId).executeTakeFirst();
  return row !== undefined;
}

async function attachmentOf(db: Database, communeCode: string, recordId: string): Promise<RecordState<'attachment'> | undefined> {
  const records = createRecordsAtHand(db, communeCode);
  await records.loadWhole(recordId);
  const record = records.find(recordId);
  return isKind(record, 'attachment') && !record.deleted && record.fields.bytes <= attachmentLimits.bytes ? record : undefined;
}
