/** What an import of households would do to a commune's records, before anything is written: pure, so that a dry run shows the same. */
import type { Area } from '#domain/area.ts';
import type { Household } from '#domain/household.ts';
import type { RecordState } from '#domain/record.ts';
import { withoutDiacritics } from '#domain/vietnamese-text.ts';
import { matchHamlet, readHamletName } from './hamlet-names.ts';
import type { CellError, HouseholdList, ListedHousehold, WrongRow } from './household-list.ts';

export interface CommuneRecords {
  readonly commune: RecordState<'area'>;
  /** The commune's hamlets, merged ones too. */
  readonly hamlets: readonly RecordState<'area'>[];
  readonly households: readonly RecordState<'household'>[];
}

export interface PlannedHousehold {
  readonly line: number;
  readonly areaId: string;
  readonly household: Household;
}

export interface HouseholdPlan {
  readonly create: readonly PlannedHousehold[];
  readonly createHamlets: readonly Area[];
  readonly wrong: readonly WrongRow[];
  /** Hamlet, number and head are in the records already: left as they are. `differs`: the list says something else of them. */
  readonly existing: readonly { readonly line: number; readonly differs: boolean }[];
  /** The number is another household's as well: a matter for the team lead, never a refusal. */
  readonly sameNumber: readonly { readonly line: number; readonly no: number }[];
}

export function planHouseholds(list: HouseholdList, records: CommuneRecords, allowsNewHamlets: boolean): HouseholdPlan {
  const hamlets = hamletFinder(records, allowsNewHamlets);
  const present = new Map(records.households.filter((known) => !known.deleted).map((known) => [keyOf(known.areaId, known.fields), known]));
  const numbers = new Set([...present.values()].map((known) => numberKey(known.areaId, known.fields)));
  const declinedNumbers = new Set(
    [...present.values()].filter((known) => known.fields.contact === 'no').map((known) => numberKey(known.areaId, known.fields)),
  );
  const lineOf = new Map<string, number>();
  const plan = { create: [] as PlannedHousehold[], existing: [] as { line: number; differs: boolean }[] };
  const sameNumber: { line: number; no: number }[] = [];
  const wrong = [...list.wrong];
  for (const listed of list.households) {
    const refuse = (column: string, error: Omit<CellError, 'column'>) =>
      wrong.push({ line: listed.line, kept: listed.kept, errors: [{ column, ...error }] });
    const hamlet = hamlets.find(listed.hamlet);
    if (typeof hamlet === 'string') {
      refuse(list.hamletHeading, { value: listed.hamlet, code: hamlet });
      continue;
    }
    const key = keyOf(hamlet.areaId, listed.household);
    const number = numberKey(hamlet.areaId, listed.household);
    const otherLine = lineOf.get(key);
    if (otherLine !== undefined) {
      refuse(list.headNameHeading, { value: listed.household.headName ?? '', code: 'repeated', otherLine });
      continue;
    }
    lineOf.set(key, listed.line);
    const known = present.get(key);
    // Whoever declined has no name here to compare: a person has to say whether this is that household or another one.
    if (declinedNumbers.has(number)) refuse(list.numberHeading, { value: String(listed.household.no), code: 'declined' });
    else if (known !== undefined) plan.existing.push({ line: listed.line, differs: isDifferent(listed, known.fields) });
    else {
      if (numbers.has(number)) sameNumber.push({ line: listed.line, no: listed.household.no });
      numbers.add(number);
      hamlets.use(hamlet.areaId);
      plan.create.push({ line: listed.line, areaId: hamlet.areaId, household: listed.household });
    }
  }
  wrong.sort((a, b) => a.line - b.line);
  return { ...plan, createHamlets: hamlets.created(), wrong, sameNumber };
}

function keyOf(areaId: string, household: Household): string {
  return `${numberKey(areaId, household)} ${withoutDiacritics(household.headName ?? '')}`;
}

function numberKey(areaId: string, household: Household): string {
  return `${areaId} ${household.no}`;
}

/** Does the list say of a known household what the records do not? What the list leaves open is no difference. */
function isDifferent({ household }: ListedHousehold, known: Household): boolean {
  const needs = household.needs ?? [];
  return (
    (household.phone !== undefined && household.phone !== known.phone) ||
    (household.members !== undefined && household.members !== known.members) ||
    needs.some((need) => known.needs?.includes(need) !== true)
  );
}

interface HamletFinder {
  readonly find: (written: string) => { readonly areaId: string } | 'unknown_area' | 'ambiguous_area' | 'too_many_areas' | 'too_long';
  /** Only hamlets that get a household are created. */
  readonly use: (areaId: string) => void;
  readonly created: () => Area[];
}

function hamletFinder({ commune, hamlets }: CommuneRecords, allowsNew: boolean): HamletFinder {
  const all = [...hamlets];
  const fresh = new Map<string, Area>();
  const used = new Set<string>();
  const found = new Map<string, ReturnType<HamletFinder['find']>>();
  const serials = hamlets.map((area) => Number(area.recordId.slice(6)));
  let serial = Math.max(0, ...serials);

  const search = (written: string): ReturnType<HamletFinder['find']> => {
    const match = matchHamlet(written, all);
    if (match === 'ambiguous') return 'ambiguous_area';
    if (match !== 'unknown') return match;
    if (!allowsNew) return 'unknown_area';
    const { kind, name } = readHamletName(written);
    if (name.length > 80) return 'too_long';
    if (serial >= 999) return 'too_many_areas';
    serial += 1;
    const code = `${commune.recordId}-${String(serial).padStart(3, '0')}`;
    const area: Area = {
      code,
      level: 'hamlet',
      kind: kind ?? (commune.fields.kind === 'phuong' ? 'to_dan_pho' : 'xom'),
      name,
      parent: commune.recordId,
    };
    fresh.set(code, area);
    all.push({ ...commune, recordId: code, areaId: code, fields: area });
    return { areaId: code };
  };
  return {
    find: (written) => {
      const known = found.get(written) ?? search(written);
      found.set(written, known);
      return known;
    },
    use: (areaId) => used.add(areaId),
    created: () => [...fresh].filter(([code]) => used.has(code)).map(([, area]) => area),
  };
}
