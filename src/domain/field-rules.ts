/** Fields that fewer may set than may write the record (domain model, sections 2, 3.1 and 3.2). */
import type { Change, SetChange } from './change.ts';
import { isDetailField } from './household.ts';
import { registeringStates } from './mobilization-model.ts';
import { proposingStates } from './prestigious-term.ts';
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

/** States that the hamlet's lead may set; all others are the commune's. */
const leadsStates: Partial<Record<RecordKind, readonly string[]>> = { prestigious_term: proposingStates, mobilization_model: registeringStates };

/** Of every field that this change sets or settles and that not everyone may: the roles that may. */
export function rolesByField(change: Change, record: AnyRecord | undefined): (readonly Role[])[] {
  if (!('set' in change)) return [];
  if (change.kind === 'area') return movesCommune(change, record) ? [nobody] : [];
  const rules = fieldRules[change.kind];
  if (rules === undefined) return [];
  const fields = new Set([...Object.keys(change.set), ...(change.settles ?? [])]);
  const byField = [...fields].flatMap((field) => (Object.hasOwn(rules, field) && !isTakenBack(field, change.set, record) ? [rules[field] ?? []] : []));
  const states = leadsStates[change.kind];
  const isCommunes = states !== undefined && fields.has('state') && !states.some((state) => state === change.set['state']);
  return isCommunes ? [...byField, bloc] : byField;
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
