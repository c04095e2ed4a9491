/**
 * The same world without what one of its members may not see: whole groups of records that no set of people they ever belonged to ever read, and other names
 * for the citizens and colleagues whose names are not for them. Nothing that this member is answered may tell which of the two worlds it is.
 */
import type { Change } from '#domain/change.ts';
import { namedIn, supervisors } from './plan.ts';
import type { Plan, PlannedEntry, Step } from './plan.ts';

/** What was reckoned while the world was played. */
export interface Witness {
  /** By member: every set they ever belonged to. */
  readonly setsOf: readonly ReadonlySet<string>[];
  /** By record: every set that ever read it. */
  readonly readersOf: ReadonlyMap<string, ReadonlySet<string>>;
  /** Entries that ever waited for a supervisor, with the places of what they touch. */
  readonly waiting: ReadonlyMap<string, ReadonlySet<string>>;
  /** Who took which decisions that held: the entry, and who decided. */
  readonly decided: ReadonlyMap<string, number>;
}

export interface Twin {
  readonly plan: Plan;
  /** Steps left out, and names changed: none, and there is nothing to compare. */
  readonly hidden: number;
}

export function twinFor(plan: Plan, observer: number, witness: Witness): Twin {
  const entries = new Map(plan.steps.flatMap((step) => (step.is === 'push' ? [[step.entry.entryId, step] as const] : [])));
  const groups = createGroups();
  for (const step of entries.values()) {
    // What the observer tries stays in both worlds, whatever it aims at.
    if (step.by === observer) continue;
    const named = namedByEntry(step.entry);
    const earlier = step.entry.after.flatMap((id) => {
      const one = entries.get(id);
      return one === undefined || one.by === observer ? [] : namedByEntry(one.entry).slice(0, 1);
    });
    groups.join([...named, ...earlier]);
  }
  const mine = witness.setsOf[observer] ?? new Set();
  const seen = new Set<string>();
  for (const [recordId, readers] of witness.readersOf) if ([...readers].some((set) => mine.has(set))) seen.add(groups.of(recordId));
  for (const [entryId, step] of entries) {
    const isJudgedByThem = isSupervisor(plan, observer) && [...(witness.waiting.get(entryId) ?? [])].some((place) => mine.has('bloc') || mine.has(place));
    const isTheirsAndDecided = step.by === observer && witness.decided.has(entryId);
    // What the observer's own entries come after settles them.
    const isAwaited = [...entries.values()].some((other) => other.by === observer && other.entry.after.includes(entryId) && step.by === observer);
    if (isJudgedByThem || isTheirsAndDecided || isAwaited) for (const id of namedByEntry(step.entry)) seen.add(groups.of(id));
  }
  const isHidden = (step: Step): boolean => {
    if (step.is === 'push') return step.by !== observer && namedByEntry(step.entry).every((id) => !seen.has(groups.of(id)));
    // Of what is not there nobody can decide.
    const decided = step.is === 'decide' ? entries.get(step.entryId) : undefined;
    return step.is === 'decide' && step.by !== observer && decided !== undefined && isHidden(decided);
  };
  const steps = plan.steps.filter((step) => !isHidden(step));
  const renamed = renamedFor(plan, steps, observer, witness);
  return { plan: renamed.plan, hidden: plan.steps.length - steps.length + renamed.names };
}

function namedByEntry(entry: PlannedEntry): string[] {
  return entry.changes.flatMap(namedIn);
}

function isSupervisor({ members, steps }: Plan, no: number): boolean {
  const all = [...(members[no]?.assignments ?? []), ...steps.flatMap((step) => (step.is === 'roles' && step.of === no ? step.assignments : []))];
  return all.some(({ role }) => supervisors.includes(role));
}

/** For whoever is in no team and not of the bloc: citizens who did not agree that their name is told, and those who sit in the teams. */
function renamedFor(plan: Plan, steps: Plan['steps'], observer: number, { setsOf, readersOf, decided }: Witness): { readonly plan: Plan; readonly names: number } {
  const mine = setsOf[observer] ?? new Set();
  if ([...mine].some((set) => /^(team |bloc|lead)/.test(set))) return { plan: { ...plan, steps }, names: 0 };
  let names = 0;
  const agreed = new Set(plan.steps.flatMap((step) => (step.is === 'push' ? step.entry.changes : []).flatMap((change) => ('set' in change && change.set['nameToResponder'] === true ? [change.recordId] : []))));
  const other = (change: Change, by: number): Change => {
    const isCitizens = change.kind === 'feedback' && 'set' in change && typeof change.set['citizenName'] === 'string' && !agreed.has(change.recordId);
    if (!isCitizens || by === observer) return change;
    names += 1;
    return { ...change, set: { ...change.set, citizenName: `${String(change.set['citizenName'])} khác`, citizenPhone: '0900000000' } };
  };
  const inTwin = steps.map((step): Plan['steps'][number] =>
    step.is === 'push' ? { ...step, entry: { ...step.entry, changes: step.entry.changes.map((change) => other(change, step.by)) } } : step,
  );
  const deciders = new Set(decided.values());
  // Whoever reads a request is told who took it down.
  const signers = new Set(mine.has('dpo') ? steps.flatMap((step) => (step.is === 'push' && step.entry.changes.some(({ kind }) => kind === 'subject_request') ? [step.by, step.entry.author] : [])) : []);
  const members = plan.members.map((member, no) => {
    const readers = readersOf.get(`member ${no}`) ?? new Set(['everyone']);
    if (signers.has(no) || no === observer || deciders.has(no) || [...readers].some((set) => mine.has(set))) return member;
    names += 1;
    return { ...member, name: `${member.name} khác` };
  });
  return { plan: { ...plan, steps: inTwin, members }, names };
}

/** Records that are named together, directly or over others. */
function createGroups() {
  const above = new Map<string, string>();
  const of = (id: string): string => {
    const next = above.get(id);
    return next === undefined ? id : of(next);
  };
  return {
    of,
    join([first, ...others]: readonly string[]): void {
      for (const id of others) {
        const [a, b] = [of(first ?? ''), of(id)];
        if (a !== b) above.set(a, b);
      }
    },
  };
}
