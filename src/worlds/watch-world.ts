/** Looks at the endpoint's records after each step of a world, and holds what was written and what is shown against the table. */
import type { Change } from '#domain/change.ts';
import type { Assignment } from '#domain/role.ts';
import type { SyncAnswer } from '#sync/protocol.ts';
import { namedIn, parentIn } from './plan.ts';
import type { Plan, Step } from './plan.ts';
import { isAllowed, readersOf, setsOf, standsFor, stateAfter } from './reckoning.ts';
import { channelOfProvince, readByCommunes } from './provinces.ts';
import type { Model, StoredRecord, Writer } from './reckoning.ts';
import { modelOf } from './stage.ts';
import type { Player, Stage } from './stage.ts';
import type { Witness } from './twin.ts';

/** A row too many or too few, or a field that is not for a unit. */
export function wrongRows(no: number, text: string, { model, held }: { model(): Model; readonly held: readonly (readonly Assignment[])[] }): string[] {
  if (!text.startsWith('200')) return [];
  const { pull: pulled } = JSON.parse(text.slice(4)) as SyncAnswer;
  if (pulled === undefined || !('pages' in pulled)) return [];
  const now = model();
  const mine = setsOf(held[no] ?? [], now);
  const wrong: string[] = [];
  const shown = new Set<string>();
  for (const { channelId, rows } of pulled.pages) {
    if (channelId.startsWith('device/')) continue;
    for (const row of rows) {
      if (!('fields' in row)) continue;
      shown.add(row.recordId);
      if (channelId === channelOfProvince && readByCommunes.has(row.recordId) && mine.includes('handbook')) continue;
      const record = now.get(row.recordId);
      if (record === undefined || !readersOf(record, now).some((set) => mine.includes(set))) wrong.push(`member ${no} is shown ${row.recordId} in ${channelId}, which is not for them`);
      const { feedbackIds } = row.fields as { readonly feedbackIds?: readonly string[] };
      const isAboutStaff = (id: string) => readersOf(now.get(id) ?? { recordId: id, kind: 'none', areaId: row.areaId, memberId: '', version: 0, deleted: false, fields: {} }, now).includes('lead');
      if (!mine.includes('lead') && feedbackIds?.some(isAboutStaff) === true) wrong.push(`member ${no} is told in ${row.recordId} of what was said about staff`);
      const isTold = record?.fields['nameToResponder'] === true;
      const personal = channelId.startsWith('unit/') && row.kind === 'feedback' && !isTold ? ['citizenName', 'citizenPhone', 'householdId'].filter((field) => Object.hasOwn(row.fields, field)) : [];
      if (personal.length > 0) wrong.push(`member ${no} is told ${personal.join(', ')} in ${channelId}`);
    }
  }
  if (mine.includes('handbook')) for (const recordId of readByCommunes) if (!shown.has(recordId)) wrong.push(`member ${no} is not shown ${recordId} of the province`);
  for (const record of now.values()) {
    if (!record.deleted && !shown.has(record.recordId) && readersOf(record, now).some((set) => mine.includes(set))) wrong.push(`member ${no} is not shown ${record.kind} ${record.recordId}, which is for them`);
  }
  return wrong;
}

const isApplied = (verdict: string) => verdict === 'applied' || verdict === 'merged';

export function createWatch(stage: Stage, plan: Plan, players: readonly Player[]) {
  const { communeCode } = plan;
  const broken: string[] = [];
  const held = plan.members.map(({ assignments }) => assignments);
  const setsOfMembers = players.map(() => new Set<string>());
  const readers = new Map<string, Set<string>>();
  const waiting = new Map<string, Set<string>>();
  const decided = new Map<string, number>();
  const verdicts = new Map<string, string>();
  const authors = new Map(plan.steps.flatMap((step) => (step.is === 'push' ? [[step.entry.entryId, step] as const] : [])));
  let model: Model = new Map();

  async function look(): Promise<void> {
    model = await modelOf(stage, communeCode);
    for (const [no, roles] of held.entries()) for (const set of setsOf(roles, model)) setsOfMembers[no]?.add(set);
    // Also where it would lie since hamlets were merged.
    for (const [entryId, places] of waiting) {
      for (const change of authors.get(entryId)?.entry.changes ?? []) for (const place of placesOf(change, model)) places.add(place);
    }
    for (const record of model.values()) {
      const memberNo = players.findIndex(({ memberId }) => memberId === record.recordId);
      const name = memberNo === -1 ? record.recordId : `member ${memberNo}`;
      const known = readers.get(name) ?? new Set();
      for (const set of readersOf(record, model)) known.add(set);
      readers.set(name, known);
    }
  }

  /** Entries that were applied in this step, in the order in which a phone wrote them. */
  async function after(step: Step, text: string): Promise<void> {
    const rows = await stage.db.selectFrom('entry').select(['entryId', 'verdict', 'code', 'deviceSeq', 'decidedBy']).where('communeCode', '=', communeCode).execute();
    // What was decided comes first: what had waited for it is judged after it, in the same step.
    const news = rows
      .filter(({ entryId, verdict, code }) => verdicts.get(entryId) !== `${verdict} ${code}`)
      .toSorted((a, b) => Number(b.decidedBy !== null) - Number(a.decidedBy !== null) || a.deviceSeq - b.deviceSeq);
    let before: Model = model;
    for (const { entryId, verdict, code, decidedBy } of news) {
      verdicts.set(entryId, `${verdict} ${code}`);
      const written = authors.get(entryId);
      if (written === undefined) continue;
      if (verdict === 'held' || verdict === 'quarantined') waiting.set(entryId, waiting.get(entryId) ?? new Set());
      if (decidedBy !== null) {
        decided.set(entryId, players.findIndex(({ memberId }) => memberId === decidedBy));
        // Taken as it is: what a supervisor may accept is judged in src/server/decisions.test.ts.
        const into = step.is === 'decide' ? step.hamletId : undefined;
        if (isApplied(verdict)) for (const change of written.entry.changes) before = withChange(before, change, written.by, into);
        continue;
      }
      before = judge(written, verdict, code, before);
    }
    if (step.is === 'roles' && text === 'changed') held[step.of] = step.assignments;
    if (step.is === 'decide' && text.startsWith('200') && !waiting.has(step.entryId)) broken.push(`step decide: ${step.entryId} was decided and never waited`);
    await look();
    for (const { recordId, kind, fields } of before.values()) {
      const shown = model.get(recordId)?.fields['state'];
      if (kind === 'prestigious_term' && shown !== fields['state']) broken.push(`step ${step.is}: ${recordId} is shown as ${String(shown)}, and stands as ${String(fields['state'])}`);
    }
  }

  function judge({ by, entry }: Extract<Step, { is: 'push' }>, verdict: string, code: string | null, before: Model): Model {
    const writer: Writer = { memberId: players[by]?.memberId ?? '', communeCode, held: held[by] ?? [] };
    let now = before;
    let may = true;
    for (const change of entry.changes) {
      may &&= isAllowed(writer, change, now);
      now = withChange(now, change, by);
    }
    if (isApplied(verdict) && !may) broken.push(`${entry.entryId} by member ${by} was applied, and the table does not allow it: ${JSON.stringify(entry.changes)}`);
    if (may && verdict === 'quarantined' && (code === 'no_access' || code === 'not_your_role')) {
      broken.push(`${entry.entryId} by member ${by} is allowed by the table, and was set aside (${code}): ${JSON.stringify(entry.changes)}`);
    }
    return isApplied(verdict) ? now : before;
  }

  /** As it is once this is written. `into`: the hamlet that a supervisor took a new record into. */
  function withChange(before: Model, change: Change, by: number, into?: string): Model {
    const known = before.get(change.recordId);
    const set = 'set' in change ? change.set : {};
    // A request lies where it says.
    const parent = change.kind === 'subject_request' ? undefined : before.get(parentIn(change.kind, set) ?? '');
    const memberId = players[by]?.memberId ?? '';
    const version = (known?.version ?? 0) + 1;
    const state = 'state' in set ? stateAfter(known, change, set['state'], memberId) : known?.fields['state'];
    const record: StoredRecord = {
      recordId: change.recordId, kind: change.kind, areaId: known?.areaId ?? parent?.areaId ?? into ?? change.areaId, memberId: known?.memberId ?? memberId, version, deleted: false,
      fields: { ...known?.fields, ...set, state }, stateSet: state === set['state'] ? { version, memberId } : known?.stateSet,
    };
    return new Map(before).set(change.recordId, record);
  }

  /** Where a change lies, and where it says it lies. */
  function placesOf(change: Change, at: Model): string[] {
    const near = namedIn(change).flatMap((id) => at.get(id)?.areaId ?? []);
    return [change.areaId, ...near].map((areaId) => `team ${standsFor(areaId, at)}`);
  }

  return { broken, held, model: () => model, witness: { setsOf: setsOfMembers, readersOf: readers, waiting, decided } satisfies Witness, look, after };
}
