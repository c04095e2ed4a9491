/** A data-protection officer carries out what a citizen asked for: `POST /erasure`, and asks which phones have followed. */
import { closingFields } from '#domain/ask-for-rights.ts';
import { dayOf, instantOf } from '#domain/identifiers.ts';
import { mayInOffice } from '#domain/permissions.ts';
import { isKind } from '#domain/record.ts';
import type { RecordState } from '#domain/record.ts';
import { err, ok } from '#domain/result.ts';
import type { Result } from '#domain/result.ts';
import { requestSubjectKinds } from '#domain/subject-request.ts';
import type { ErasureAnswer, ErasureConfirmationsAnswer, ErasureErrorCode } from '#sync/subject-rights.ts';
import type { Accounts } from './accounts.ts';
import type { EndpointContext } from './context.ts';
import type { Database, Writing } from './database/schema.ts';
import { readHolders } from './erasure-devices.ts';
import { erasedAmong } from './erased-records.ts';
import type { Erasures } from './erasure.ts';
import { memberNamesOf } from './member-names.ts';
import { applyOwnInside } from './own-entries.ts';
import { rowToRecord } from './records-at-hand.ts';
import type { MemberAuth } from './sessions.ts';
import { writeAndFold } from './write-and-fold.ts';

export type ErasureRefusal = { readonly code: ErasureErrorCode };

export function createSubjectRights(context: EndpointContext, accounts: Accounts, erasures: Erasures) {
  const { db, clock } = context;

  /** The erasure and the closed request are one transaction. */
  async function eraseForRequest(auth: MemberAuth, requestId: string): Promise<Result<ErasureAnswer, ErasureRefusal>> {
    return await writeAndFold(db, async (tx): Promise<Result<ErasureAnswer, ErasureRefusal>> => {
      const found = await findRequest(tx, auth, requestId);
      if (!found.ok) return found;
      const request = found.value;
      const { communeCode, memberId } = auth;
      const { subjectId, closedAs, closedOn } = request.fields;
      if (closedAs === 'refused') return err({ code: 'closed' });
      if (await isNeverErased(tx, communeCode, subjectId)) return err({ code: 'never_erased' });
      await erasures.eraseInside(tx, communeCode, subjectId, auth);
      if (closedAs === 'done') return ok({ closedOn: closedOn ?? dayOf(clock.now()) });

      const set = closingFields({ closedAs: 'done' }, dayOf(clock.now()));
      const { recordId, kind, areaId } = request;
      // Read again: what is asked about feedback has other readers once that is gone, and may have been raised by it.
      const changes = [{ recordId, kind, areaId, base: request.version, set }];
      const draft = { entryId: context.newId(), memberId, occurredAt: instantOf(clock.now()), changes };
      const [verdict] = await applyOwnInside(context, tx, [{ communeCode, drafts: [draft] }]);
      if (verdict?.verdict !== 'applied' && verdict?.verdict !== 'merged') throw new Error(`request ${requestId} cannot be closed: ${verdict?.code ?? 'no verdict'}`);
      return ok({ closedOn: set.closedOn });
    });
  }

  async function erasureConfirmations(auth: MemberAuth, requestId: string): Promise<Result<ErasureConfirmationsAnswer, ErasureRefusal>> {
    return await db.transaction().execute(async (tx) => {
      const found = await findRequest(tx, auth, requestId);
      if (!found.ok) return found;
      const { communeCode } = auth;
      const { subjectId } = found.value.fields;
      if (!(await erasedAmong(tx, communeCode, [subjectId])).has(subjectId)) return err({ code: 'not_erased' });
      const holders = await readHolders(tx, communeCode, subjectId);
      const names = await memberNamesOf(tx, communeCode, holders.map(({ memberId }) => memberId));
      const devices = holders.map(({ lastContactAt, erasedAt, confirmedAt, ...device }) => ({
        ...device,
        memberName: names.get(device.memberId) ?? '',
        lastContactAt: instantOf(lastContactAt),
        erasedAt: instantOf(erasedAt),
        ...(confirmedAt === undefined ? {} : { confirmedAt: instantOf(confirmedAt) }),
      }));
      return ok({ devices });
    });
  }

  async function findRequest(tx: Writing, { communeCode, memberId }: MemberAuth, requestId: string): Promise<Result<RecordState<'subject_request'>, ErasureRefusal>> {
    if (!mayInOffice(await accounts.scopeOf(tx, communeCode, memberId), 'erase')) return err({ code: 'not_your_role' });
    const row = await tx.selectFrom('record').selectAll().where('communeCode', '=', communeCode).where('recordId', '=', requestId).executeTakeFirst();
    const record = row === undefined ? undefined : rowToRecord(row);
    if (!isKind(record, 'subject_request') || record.deleted) return err({ code: 'not_found' });
    return record.fields.kind === 'erase' ? ok(record) : err({ code: 'not_an_erasure' });
  }

  return { eraseForRequest, erasureConfirmations };
}

/** An officer names a subject without reading it: what no citizen can ask for is not erased by naming it. */
async function isNeverErased(db: Database, communeCode: string, recordId: string): Promise<boolean> {
  const row = await db.selectFrom('record').select('kind').where('communeCode', '=', communeCode).where('recordId', '=', recordId).executeTakeFirst();
  return row !== undefined && !(requestSubjectKinds as readonly string[]).includes(row.kind);
}
