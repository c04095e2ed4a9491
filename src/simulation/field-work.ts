/** What people do on their phones, by chance: the real commands on what their store shows them. */
import { advanceFeedback } from '#domain/advance-feedback.ts';
import type { FeedbackStep } from '#domain/advance-feedback.ts';
import type { EntryDraft } from '#domain/change.ts';
import { correction, entryOf } from '#domain/command.ts';
import { raiseFeedback } from '#domain/raise-feedback.ts';
import type { FeedbackInput } from '#domain/raise-feedback.ts';
import { recordVisit } from '#domain/record-visit.ts';
import type { Result } from '#domain/result.ts';
import type { Chance } from './chance.ts';
import { hamlet, office } from './simulated-endpoint.ts';
import type { PhoneStore } from './simulated-phone.ts';

/** Entries to save together; undefined: nothing to do at this moment. */
export function doSomething(store: PhoneStore, chance: Chance): readonly EntryDraft[] | undefined {
  const isTeam = store.account().assignments.some((assignment) => assignment.hamletId !== undefined);
  const works = isTeam ? [visitHousehold, visitHousehold, correctHousehold, correctVisit, hearFeedback, tell] : [correctHousehold, hearFeedback, handleFeedback, handleFeedback];
  return chance.pick(works)(store, chance);
}

type Work = (store: PhoneStore, chance: Chance) => readonly EntryDraft[] | undefined;

const visitHousehold: Work = (store, chance) => {
  const household = pickFrom(store.all('household'), chance);
  if (household === undefined) return undefined;
  const made = recordVisit(
    household,
    {
      date: '2026-11-22',
      purpose: 'regular',
      met: chance.pick(['yes', 'absent', 'asked_later'] as const),
      outcome: `đã hẹn ${chance.int(1000)}`,
      phone: chance.happens(0.3) ? `09${String(chance.int(10 ** 8)).padStart(8, '0')}` : undefined,
      feedback: chance.happens(0.3) ? [said(chance)] : undefined,
    },
    store.commandContext(),
  );
  return made.ok ? made.value.entries : undefined;
};

const correctHousehold: Work = (store, chance) => {
  const household = pickFrom(store.all('household'), chance);
  if (household === undefined) return undefined;
  const field = chance.pick(['houseLabel', 'members', 'phone'] as const);
  const value = { houseLabel: `nhà ${chance.int(1000)}`, members: 1 + chance.int(9), phone: `09${String(chance.int(10 ** 8)).padStart(8, '0')}` }[field];
  const changed = correction(household, 'household', { [field]: value });
  return changed.ok && changed.value !== undefined ? single(entryOf([changed.value], store.commandContext())) : undefined;
};

const correctVisit: Work = (store, chance) => {
  const visit = pickFrom(store.all('visit'), chance);
  if (visit === undefined) return undefined;
  const changed = correction(visit, 'visit', { outcome: `đã làm ${chance.int(1000)}` });
  return changed.ok && changed.value !== undefined ? single(entryOf([changed.value], store.commandContext())) : undefined;
};

const hearFeedback: Work = (store, chance) => {
  const made = raiseFeedback(said(chance), hamlet, store.commandContext());
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

function advance(store: PhoneStore, chance: Chance, stepOf: (state: string) => FeedbackStep | undefined): readonly EntryDraft[] | undefined {
  const feedback = pickFrom(store.all('feedback'), chance);
  if (feedback === undefined) return undefined;
  const standing = store.standing(feedback);
  const step = stepOf(standing.state);
  return step === undefined ? undefined : single(advanceFeedback(feedback, standing, [step], store.commandContext()));
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

function pickFrom<T>(from: readonly T[], chance: Chance): T | undefined {
  return from.length === 0 ? undefined : chance.pick(from);
}
