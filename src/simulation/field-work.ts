/** What people do on their phones, by chance: the real commands on what their store shows them. */
import { advanceFeedback } from '#domain/advance-feedback.ts';
import type { FeedbackStep } from '#domain/advance-feedback.ts';
import type { EntryDraft } from '#domain/change.ts';
import { closeHousehold, reopenHousehold } from '#domain/close-household.ts';
import { correction, creation, entryOf } from '#domain/command.ts';
import { correctVisit } from '#domain/correct-visit.ts';
import { isStanding } from '#domain/household.ts';
import { mergeHouseholds, mergeableFields, unmergeHousehold } from '#domain/merge-households.ts';
import { standsForItself } from '#domain/merged-areas.ts';
import { moveHousehold } from '#domain/move-household.ts';
import { presentArea } from '#domain/permissions.ts';
import { isKind } from '#domain/record.ts';
import { raiseFeedback } from '#domain/raise-feedback.ts';
import type { FeedbackInput } from '#domain/raise-feedback.ts';
import { recordAbsents } from '#domain/record-absents.ts';
import { recordVisit } from '#domain/record-visit.ts';
import type { Result } from '#domain/result.ts';
import { isOpenReturn, returnVisit, settleReturn } from '#domain/return-visit.ts';
import { voidReasons } from '#domain/visit.ts';
import { isVoid, isVoidable, voidRecord } from '#domain/void-record.ts';
import type { Chance } from './chance.ts';
import { office } from './commune.ts';
import type { PhoneStore } from './simulated-phone.ts';

/** Entries to save together; undefined: nothing to do at this moment. `isWide`: of all that people do; else of what the stored seeds and plans were found with. */
export function doSomething(store: PhoneStore, chance: Chance, isWide: boolean): readonly EntryDraft[] | undefined {
  const roles = store.account().assignments.map((assignment) => assignment.role);
  const isTeam = roles.some((role) => role === 'team_member' || role === 'team_lead');
  const isResponder = roles.includes('responder');
  if (isWide && !isResponder) return chance.pick(isTeam ? wideTeamWork : wideBlocWork)(store, chance);
  return chance.pick(isTeam ? teamWork : isResponder ? [handleFeedback] : blocWork)(store, chance);
}

type Work = (store: PhoneStore, chance: Chance) => readonly EntryDraft[] | undefined;

const visitHousehold: Work = (store, chance) => visitOne(store, chance, undefined);
const promiseVisit: Work = (store, chance) => visitOne(store, chance, '2026-11-29');

function visitOne(store: PhoneStore, chance: Chance, promisedOn: string | undefined): readonly EntryDraft[] | undefined {
  const household = pickFrom(store.all('household'), chance);
  if (household === undefined) return undefined;
  const made = recordVisit(
    household,
    {
      date: '2026-11-22',
      purpose: 'regular',
      met: chance.pick(['yes', 'absent', 'asked_later'] as const),
      outcome: `đã hẹn ${chance.int(1000)}`,
      promisedOn,
      phone: chance.happens(0.3) ? aPhone(chance) : undefined,
      feedback: chance.happens(0.3) ? [said(chance)] : undefined,
    },
    store.commandContext(),
  );
  return made.ok ? made.value.entries : undefined;
}

/** What the lead and the bloc say becomes of a household: followed no longer, followed again, one with its double, by itself again, in another hamlet. */
const keepRegister: Work = (store, chance) => {
  const household = pickFrom(store.all('household'), chance);
  if (household === undefined) return undefined;
  const context = store.commandContext();
  const { mergedInto, closedOn } = household.fields;
  if (mergedInto !== undefined) return unlessNothing(unmergeHousehold(household, context));
  if (closedOn !== undefined) return unlessNothing(reopenHousehold(household, context));
  if (chance.happens(0.3)) return unlessNothing(closeHousehold(household, { reason: chance.pick(['nobody_left', 'mistake'] as const), on: '2026-11-22' }, context));
  const isBloc = store.account().assignments.some(({ hamletId }) => hamletId === undefined);
  if (isBloc && chance.happens(0.4)) {
    const hamletId = aHamlet(store, chance);
    if (hamletId === undefined || hamletId === presentArea(household.areaId, store)) return undefined;
    const moved = moveHousehold(household, { hamletId, no: 900 + chance.int(90), houseLabel: 'nhà mới', on: '2026-11-22', consents: store.childrenOf('consent', household.recordId) }, context);
    return moved.ok ? [moved.value.entry] : undefined;
  }
  const hereabouts = store.inHamlet('household', presentArea(household.areaId, store));
  const other = pickFrom(hereabouts.filter(({ recordId, fields }) => recordId !== household.recordId && isStanding(fields)), chance);
  // Needs are the bloc's to copy.
  const picked = mergeableFields.filter((field) => field !== 'needs' && chance.happens(0.3));
  return other === undefined ? undefined : single(mergeHouseholds(household, other, picked, context));
};

const correctHousehold: Work = (store, chance) => {
  const household = pickFrom(store.all('household'), chance);
  if (household === undefined) return undefined;
  const field = chance.pick(['houseLabel', 'houseLabel', 'members', 'phone', 'contact'] as const);
  const values = { houseLabel: `nhà ${chance.int(1000)}`, members: 1 + chance.int(9), phone: aPhone(chance), contact: 'no' };
  const declining = field === 'contact' ? { headName: undefined, phone: undefined, needs: undefined } : {};
  const changed = correction(household, 'household', { [field]: values[field], ...declining });
  return changed.ok && changed.value !== undefined ? single(entryOf([changed.value], store.commandContext())) : undefined;
};

const foundHousehold: Work = (store, chance) => {
  const areaId = aHamlet(store, chance);
  if (areaId === undefined) return undefined;
  const context = store.commandContext();
  const fields = { no: 10 + chance.int(900), headName: `Hoàng Thị ${chance.int(1000)} (mẫu)`, houseLabel: 'nhà mới', contact: 'yes' };
  const made = creation('household', areaId, context.newId(), fields);
  return made.ok ? single(entryOf([made.value], context)) : undefined;
};

const mendVisit: Work = (store, chance) => {
  const visit = pickFrom(store.all('visit'), chance);
  if (visit === undefined) return undefined;
  const changed = correction(visit, 'visit', { outcome: `đã làm ${chance.int(1000)}` });
  return changed.ok && changed.value !== undefined ? single(entryOf([changed.value], store.commandContext())) : undefined;
};

/** What was sent does not count, or counts again; a talk or a benefit as well as a visit. */
const makeVoid: Work = (store, chance) => {
  const record = pickFrom([...store.all('visit'), ...store.all('prestigious_contact'), ...store.all('benefit')], chance);
  if (record === undefined || !isVoidable(record)) return undefined;
  return unlessNothing(voidRecord(record, isVoid(record) ? undefined : chance.pick(voidReasons), store.commandContext()));
};

const absentRound: Work = (store, chance) => {
  const households = store.all('household').filter(() => chance.happens(0.3)).slice(0, 5);
  const made = recordAbsents(households, { date: '2026-11-22', purpose: 'regular', companions: undefined }, store.commandContext());
  return made.ok && made.value.entries.length > 0 ? made.value.entries : undefined;
};

const askBack: Work = (store, chance) => {
  const visit = pickFrom(store.all('visit'), chance);
  if (visit === undefined) return undefined;
  return single(returnVisit(visit, { field: chance.pick(['outcome', 'purpose'] as const), comment: `Hẹn ngày nào ${chance.int(1000)}?` }, store.commandContext()));
};

/** The team mends what is asked about, or says that it stands; the bloc asks no longer. */
const answerReturn: Work = (store, chance) => {
  const asked = pickFrom(store.all('visit_return').filter(isOpenReturn), chance);
  const visit = asked === undefined ? undefined : store.find(asked.fields.visitId);
  if (asked === undefined || !isKind(visit, 'visit')) return undefined;
  if (chance.happens(0.5)) return single(settleReturn(asked, chance.pick(['stands', 'withdrawn'] as const), store.commandContext()));
  return unlessNothing(correctVisit(visit, { outcome: `đã mang tới ${chance.int(1000)}`, purpose: 'tet' }, store.all('visit_return'), store.commandContext()));
};

const hearFeedback: Work = (store, chance) => {
  const areaId = aHamlet(store, chance);
  if (areaId === undefined) return undefined;
  const made = raiseFeedback(said(chance), areaId, store.commandContext());
  return made.ok ? made.value.entries : undefined;
};

const tell: Work = (store, chance) =>
  advance(store, chance, (state) => {
    if (state === 'answered') return { type: 'deliver', channel: 'visit' };
    if (state === 'delivered') return { type: 'confirm', confirmation: chance.pick(['satisfied', 'partly', 'not'] as const) };
    return state === 'returned' ? { type: 'add_detail', detail: `thêm ${chance.int(1000)}` } : undefined;
  });

const handleFeedback: Work = (store, chance) =>
  advance(store, chance, (state) => {
    if (state === 'received' || state === 'reopened') {
      return chance.happens(0.15) ? { type: 'triage', topic: 'staff_attitude' } : { type: 'triage', urgency: chance.pick(['normal', 'urgent_safety'] as const) };
    }
    if (state === 'triaged') {
      return chance.pick<FeedbackStep>([
        { type: 'assign', unitId: office, dueOn: '2026-12-07' },
        { type: 'answer', answer: `Xã đã sửa xong đoạn đường ${chance.int(1000)}.` },
        { type: 'return', field: 'text', comment: 'Ở đoạn nào, từ bao giờ?' },
      ]);
    }
    if (state === 'assigned') return { type: 'start' };
    return state === 'in_progress' ? { type: 'answer', answer: `Đã giải quyết xong việc số ${chance.int(1000)}.` } : undefined;
  });

/** A slip of the finger, seen a moment later. */
const correctAgain: Work = (store, chance) => {
  const last = store.outbox().at(-1)?.recordIds.flatMap((recordId) => store.find(recordId) ?? []) ?? [];
  const [household] = last.filter((record) => isKind(record, 'household'));
  const [visit] = last.filter((record) => isKind(record, 'visit'));
  const changed =
    household !== undefined
      ? correction(household, 'household', { houseLabel: `nhà ${chance.int(1000)}` })
      : visit && correction(visit, 'visit', { outcome: `đã làm lại ${chance.int(1000)}` });
  return changed?.ok === true && changed.value !== undefined ? single(entryOf([changed.value], store.commandContext())) : undefined;
};

const teamWork: readonly Work[] = [correctAgain, correctAgain, visitHousehold, visitHousehold, visitHousehold, correctHousehold, correctHousehold, foundHousehold, mendVisit, hearFeedback, tell];
const wideTeamWork: readonly Work[] = [...teamWork, promiseVisit, makeVoid, absentRound, answerReturn, keepRegister];
const blocWork: readonly Work[] = [correctAgain, correctHousehold, correctHousehold, hearFeedback, handleFeedback, handleFeedback];
const wideBlocWork: readonly Work[] = [...blocWork, askBack, answerReturn, keepRegister];

function advance(store: PhoneStore, chance: Chance, stepOf: (state: string) => FeedbackStep | undefined): readonly EntryDraft[] | undefined {
  const feedback = pickFrom(store.all('feedback'), chance);
  if (feedback === undefined) return undefined;
  const standing = store.standing(feedback);
  const step = stepOf(standing.state);
  return step === undefined ? undefined : single(advanceFeedback(feedback, standing, [step], store.commandContext()));
}

/** One of the member's own, or any that is there yet. */
function aHamlet(store: PhoneStore, chance: Chance): string | undefined {
  const own = store.account().assignments.flatMap(({ hamletId }) => (hamletId === undefined ? [] : [presentArea(hamletId, store)]));
  if (own.length > 0) return chance.pick(own);
  const there = store.all('area').filter(standsForItself);
  return pickFrom(there, chance)?.recordId;
}

function aPhone(chance: Chance): string {
  return `09${String(chance.int(10 ** 8)).padStart(8, '0')}`;
}

function said(chance: Chance): FeedbackInput {
  const text = `Đường vào xóm hỏng, xin sửa trước Tết ${chance.int(1000)}.`;
  return chance.happens(0.5)
    ? { kind: 'phan_anh', channel: 'visit', topic: 'road', text, anonymity: 'named', citizenName: 'Lý Thị Mẩy (mẫu)', citizenPhone: '0912345678' }
    : { kind: 'kien_nghi', channel: 'meeting', topic: 'water', text, anonymity: 'name_withheld' };
}

function single(entry: Result<EntryDraft, unknown>): readonly EntryDraft[] | undefined {
  return entry.ok ? [entry.value] : undefined;
}

function unlessNothing(entry: Result<EntryDraft | undefined, unknown>): readonly EntryDraft[] | undefined {
  return entry.ok && entry.value !== undefined ? [entry.value] : undefined;
}

function pickFrom<T>(from: readonly T[], chance: Chance): T | undefined {
  return from.length === 0 ? undefined : chance.pick(from);
}
