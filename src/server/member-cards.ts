/** The record of kind `member`, as colleagues see it: what the member is called, and the first of the roles they hold today. It follows their roles by itself. */
import type { EntryDraft } from '#domain/change.ts';
import { dayOf, instantOf } from '#domain/identifiers.ts';
import { lostName } from '#domain/let-go.ts';
import { presentArea } from '#domain/permissions.ts';
import { isKind } from '#domain/record.ts';
import { err, ok } from '#domain/result.ts';
import type { Result } from '#domain/result.ts';
import { areaOfHolder } from '#domain/role.ts';
import { isHeldOn, rolesAhead } from '#domain/role-days.ts';
import type { HeldRole } from '#domain/role-days.ts';
import { actorOf, writeAudit } from './audit.ts';
import type { Asker } from './audit.ts';
import type { EndpointContext } from './context.ts';
import type { Database, Writing } from './database/schema.ts';
import { erasedAmong, isRecord } from './erased-records.ts';
import type { OfficeRefusal } from './office-refusal.ts';
import { applyOwnInside } from './own-entries.ts';
import { createRecordsAtHand } from './records-at-hand.ts';

export interface CardOf {
  readonly communeCode: string;
  readonly memberId: string;
  /** All they held, hold and will hold, in order. */
  readonly roles: readonly HeldRole[];
  /** Undefined: as the card says. */
  readonly name?: string | undefined;
  /** Shown as its author; undefined: the endpoint. */
  readonly by?: Asker | undefined;
}

export type MemberCards = ReturnType<typeof createMemberCards>;

export function createMemberCards(context: EndpointContext) {
  const { clock } = context;

  /** A new member's. Without a role to come it would say nothing. */
  async function create(tx: Writing, card: CardOf & { readonly name: string }): Promise<Result<undefined, OfficeRefusal>> {
    const shown = rolesShown(card.roles, dayOf(clock.now()));
    if (shown === undefined) return err({ code: 'required', field: 'roles' });
    const { assignment, withoutRole } = shown;
    const set = { name: card.name, ...assignment, ...(withoutRole ? { withoutRole } : {}) };
    return await apply(tx, card.communeCode, draftOf(card, { areaId: areaOfHolder(assignment, card.communeCode), base: 0, set }));
  }

  /** Nothing is written where it stands so already, or where there is none (it was erased). */
  async function show(tx: Writing, card: CardOf): Promise<Result<undefined, OfficeRefusal>> {
    const draft = await correctionOf(tx, card);
    if (draft === undefined) return ok(undefined);
    const applied = await apply(tx, card.communeCode, draft);
    const [change] = draft.changes;
    if (applied.ok && change !== undefined && 'set' in change && 'name' in change.set) {
      await writeAudit(tx, { communeCode: card.communeCode, at: clock.now(), ...actorOf(card.by), action: 'member_renamed', subject: card.memberId });
    }
    return applied;
  }

  /** After a restore: whose card is younger than the backup has one again. Their name is in no list outside the database, and nobody but the commune knows it. */
  async function restore(tx: Writing, card: Omit<CardOf, 'name' | 'by'>): Promise<Result<undefined, OfficeRefusal>> {
    const isErased = (await erasedAmong(tx, card.communeCode, [card.memberId])).size > 0;
    return isErased || (await isRecord(tx, card.communeCode, card.memberId)) ? await show(tx, card) : await create(tx, { ...card, name: lostName });
  }

  /** What is to be written so that the card says what is true today; undefined: nothing. */
  async function correctionOf(at: Database, card: CardOf): Promise<EntryDraft | undefined> {
    const { communeCode, memberId, name, roles } = card;
    const records = createRecordsAtHand(at, communeCode);
    await records.loadWhole(memberId);
    const record = records.find(memberId);
    if (!isKind(record, 'member') || record.deleted) return undefined;
    const { fields } = record;
    const shown = rolesShown(roles, dayOf(clock.now())) ?? { assignment: fields, withoutRole: true };
    const { role, hamletId = null, unitId = null } = shown.assignment;
    for (const id of [hamletId, fields.hamletId]) if (typeof id === 'string') await records.loadWhole(id);
    // In a hamlet that was merged it is shown where that one lies today: nothing to write.
    const present = (id: string | null | undefined) => (typeof id === 'string' ? presentArea(id, records) : null);
    const isShown = fields.role === role && present(fields.hamletId) === present(hamletId) && (fields.unitId ?? null) === unitId;
    const isNamed = name === undefined || fields.name === name;
    const isMarked = (fields.withoutRole === true) === shown.withoutRole;
    if (isShown && isNamed && isMarked) return undefined;
    const set = { ...(isNamed ? {} : { name }), ...(isShown ? {} : { role, hamletId, unitId }), ...(isMarked ? {} : { withoutRole: shown.withoutRole ? true : null }) };
    return draftOf(card, { areaId: isShown ? record.areaId : areaOfHolder(shown.assignment, communeCode), base: record.version, set });
  }

  function draftOf({ memberId, by }: CardOf, change: { readonly areaId: string; readonly base: number; readonly set: Record<string, unknown> }): EntryDraft {
    return {
      entryId: context.newId(),
      memberId: by?.memberId ?? context.keys.identity.endpointId,
      occurredAt: instantOf(clock.now()),
      changes: [{ recordId: memberId, kind: 'member', ...change }],
    };
  }

  async function apply(tx: Writing, communeCode: string, draft: EntryDraft): Promise<Result<undefined, OfficeRefusal>> {
    const [verdict] = await applyOwnInside(context, tx, [{ communeCode, drafts: [draft] }]);
    if (verdict?.verdict === 'applied' || verdict?.verdict === 'merged') return ok(undefined);
    // The id of one who was erased: nothing is ever written under it again.
    if (verdict?.verdict === 'erased') return err({ code: 'deleted' });
    const { code, field } = verdict ?? {};
    if (code === undefined || code === 'other_content') throw new Error(`the card in entry ${draft.entryId} cannot be judged: ${code ?? verdict?.verdict ?? 'no verdict'}`);
    return err({ code, field });
  }

  return { create, show, restore, correctionOf };
}

/** What the card says on this day: the first that is held; else what begins next, else what ended last. Undefined: there never was one. */
function rolesShown(roles: readonly HeldRole[], day: string) {
  const held = roles.find((role) => isHeldOn(role, day));
  if (held !== undefined) return { assignment: held.assignment, withoutRole: false as const };
  const next = rolesAhead(roles, day).toSorted((a, b) => (a.fromDay < b.fromDay ? -1 : 1))[0];
  const last = roles.toSorted((a, b) => ((a.toDay ?? '') < (b.toDay ?? '') ? -1 : 1)).at(-1);
  const assignment = (next ?? last)?.assignment;
  return assignment === undefined ? undefined : { assignment, withoutRole: true as const };
}
