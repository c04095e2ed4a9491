/** What people do on their phones, by chance: the real commands on what their store shows them. */
import type { Change, EntryDraft } from '#domain/change.ts';
import { correction, entryOf } from '#domain/command.ts';
import type { CommandError } from '#domain/command.ts';
import { dayOf } from '#domain/identifiers.ts';
import { raiseFeedback } from '#domain/raise-feedback.ts';
import type { FeedbackInput } from '#domain/raise-feedback.ts';
import { recordVisit } from '#domain/record-visit.ts';
import type { Result } from '#domain/result.ts';
import type { FieldStore } from '#client/store/field-store.ts';
import { below, happens, pick } from './chance.ts';

type Work = (store: FieldStore) => readonly EntryDraft[] | undefined;

/** Entries to save together; undefined: nothing to do at this moment. */
export function doSomething(store: FieldStore): readonly EntryDraft[] | undefined {
  const isTeam = store.account().assignments.some(({ hamletId }) => hamletId !== undefined);
  return pick(isTeam ? [visitHousehold, visitHousehold, visitHousehold, correctHousehold, correctVisit, hearFeedback] : [correctHousehold, hearFeedback])(store);
}

const visitHousehold: Work = (store) => {
  const household = pickFrom(store.all('household').filter(({ fields }) => fields.contact !== 'no'));
  if (household === undefined) return undefined;
  const context = store.commandContext();
  const made = recordVisit(
    household,
    {
      date: dayOf(context.now),
      purpose: 'regular',
      met: pick(['yes', 'absent', 'asked_later']),
      outcome: `đã hẹn ${below(1000)}`,
      phone: happens(0.3) ? anyPhone() : undefined,
      feedback: happens(0.3) ? [said()] : undefined,
    },
    context,
  );
  return made.ok ? made.value.entries : undefined;
};

const correctHousehold: Work = (store) => {
  const household = pickFrom(store.all('household').filter(({ fields }) => fields.contact !== 'no'));
  if (household === undefined) return undefined;
  const fields = pick([{ houseLabel: `nhà ${below(1000)}` }, { members: 1 + below(9) }, { phone: anyPhone() }]);
  return corrected(correction(household, 'household', fields), store);
};

const correctVisit: Work = (store) => {
  const visit = pickFrom(store.all('visit'));
  return visit === undefined ? undefined : corrected(correction(visit, 'visit', { outcome: `đã làm ${below(1000)}` }), store);
};

const hearFeedback: Work = (store) => {
  const hamletId = pickFrom(store.all('household'))?.areaId;
  if (hamletId === undefined) return undefined;
  const made = raiseFeedback(said(), hamletId, store.commandContext());
  return made.ok ? made.value.entries : undefined;
};

function corrected(change: Result<Change | undefined, CommandError>, store: FieldStore): readonly EntryDraft[] | undefined {
  if (!change.ok || change.value === undefined) return undefined;
  const entry = entryOf([change.value], store.commandContext());
  return entry.ok ? [entry.value] : undefined;
}

function said(): FeedbackInput {
  const text = `Đường vào xóm hỏng, xin sửa trước Tết ${below(1000)}.`;
  return happens(0.5)
    ? { kind: 'phan_anh', channel: 'visit', topic: 'road', text, anonymity: 'named', citizenName: 'Lý Thị Mẩy (mẫu)', citizenPhone: '0912345678' }
    : { kind: 'kien_nghi', channel: 'meeting', topic: 'water', text, anonymity: 'name_withheld' };
}

function anyPhone(): string {
  return `09${String(below(10 ** 8)).padStart(8, '0')}`;
}

function pickFrom<T>(from: readonly T[]): T | undefined {
  return from.length === 0 ? undefined : pick(from);
}
