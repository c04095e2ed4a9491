/** Fields that fewer may set than may write the record (domain model, sections 2, 3.1 and 3.2). */
import type { Change, SetChange } from './change.ts';
import { isDetailField } from './household.ts';
import { stateSetMeanwhile } from './meanwhile.ts';
import type { Meanwhile } from './meanwhile.ts';
import { judgedModelStates, registeringStates } from './mobilization-model.ts';
import { decidedTermStates, proposingStates } from './prestigious-term.ts';
import { isKind } from './record.ts';
import type { AnyRecord, RecordKind } from './record.ts';
import { blocRoles as bloc } from './role.ts';
import type { Role } from './role.ts';

/** Who answers for the register: a double or a house that stands empty is not for each member to say. */
const keepers: readonly Role[] = ['team_lead', ...bloc];

/** By kind, by field: who may. A field that is not here is for whoever may write the record. */
const fieldRules: Partial<Record<RecordKind, Readonly<Record<string, readonly Role[]>>>> = {
  // What a household is entitled to comes from an official list alone, never from what a team saw.
  household: { needs: bloc, sourceListId: bloc, mergedInto: keepers, closedOn: keepers, closedReason: keepers, closedTo: keepers },
  // The hamlet proposes, the commune decides (domain model 3.3).
  prestigious_term: { decisionNo: bloc, decidedOn: bloc, reviewedOn: bloc, endedOn: bloc, endReason: bloc },
  mobilization_model: { decisionNo: bloc, recognizedOn: bloc },
  // Written without names, for everybody to read: by the bloc.
  feedback_event: { publicAnswer: bloc },
};

/** Which province a commune belongs to decides whose handbook it reads: the endpoint says so, from the official list. */
const nobody: readonly Role[] = [];

/** `says`: the states that the hamlet's lead may set, and begins with the first of; all others are the commune's. `decided`: in these the whole record is the commune's. */
const leadsPart: Partial<Record<RecordKind, { readonly says: readonly string[]; readonly decided: readonly string[] }>> = {
  prestigious_term: { says: proposingStates, decided: decidedTermStates },
  mobilization_model: { says: registeringStates, decided: judgedModelStates },
};

/** Of every field that this change sets or settles and that not everyone may: the roles that may. `meanwhile`: at the endpoint, what was set since the change's base. */
export function rolesByField(change: Change, record: AnyRecord | undefined, meanwhile?: Pick<Meanwhile, 'entry' | 'settingsSince'>): (readonly Role[])[] {
  if (!('set' in change)) return [];
  if (change.kind === 'area') return movesCommune(change, record) ? [nobody] : [];
  const rules = fieldRules[change.kind];
  if (rules === undefined) return [];
  const fields = new Set([...Object.keys(change.set), ...(change.settles ?? [])]);
  const byField = [...fields].flatMap((field) => (Object.hasOwn(rules, field) && !isTakenBack(field, change.set, record) ? [rules[field] ?? []] : []));
  return isTheLeads(change, fields, record, meanwhile) ? byField : [...byField, bloc];
}

function isTheLeads({ kind, set }: SetChange, fields: ReadonlySet<string>, record: AnyRecord | undefined, meanwhile: Pick<Meanwhile, 'entry' | 'settingsSince'> | undefined): boolean {
  const part = leadsPart[kind];
  if (part === undefined) return true;
  const state = String(set['state']);
  if (fields.has('state') && !part.says.includes(state)) return false;
  if (record === undefined) return state === part.says[0];
  const held: Readonly<Record<string, unknown>> = record.fields;
  // Decided while they had no signal: `applyChange` lays such a step aside, and loses nothing.
  return !part.decided.includes(String(held['state'])) || (meanwhile !== undefined && stateSetMeanwhile(record, meanwhile) !== undefined);
}

function movesCommune({ set, settles = [] }: SetChange, record: AnyRecord | undefined): boolean {
  const level = isKind(record, 'area') ? record.fields.level : set['level'];
  return level !== 'hamlet' && (Object.hasOwn(set, 'parent') || settles.includes('parent'));
}

/** With a household's yes go its details, whoever hears the no. */
function isTakenBack(field: string, set: Readonly<Record<string, unknown>>, record: AnyRecord | undefined): boolean {
  if (!isDetailField(field) || !Object.hasOwn(set, field) || set[field] !== null) return false;
  return ('contact' in set ? set['contact'] : isKind(record, 'household') ? record.fields.contact : undefined) === 'no';
}
