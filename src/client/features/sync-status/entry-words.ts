/** An entry as a line its author recognizes: what, about whom, which day. */
import type { Messages } from '#client/languages/vi.ts';
import type { FieldStore, OutboxEntry } from '#client/store/field-store.ts';
import { formatDay, formatWhen } from '#client/ui/dates.ts';
import type { AnyRecord } from '#domain/record.ts';

export function entryTitle(m: Messages, store: Pick<FieldStore, 'find'>, entry: Pick<OutboxEntry, 'recordIds' | 'savedAt'>): string {
  const records = entry.recordIds.map((id) => store.find(id)).filter((record) => record !== undefined);
  // A visit's entry may hold a corrected household and feedback as well: it is told by the visit.
  const main = records.find(({ kind }) => kind === 'visit') ?? records[0];
  return main === undefined ? m.sync.unnamedEntry(formatWhen(entry.savedAt)) : recordTitle(m, store, main);
}

export function recordTitle(m: Messages, store: Pick<FieldStore, 'find'>, record: AnyRecord): string {
  const kind = m.words.recordKinds[record.kind];
  const about = aboutWords(m, store, record);
  return about === undefined ? kind : `${kind} · ${about}`;
}

function aboutWords(m: Messages, store: Pick<FieldStore, 'find'>, record: AnyRecord): string | undefined {
  switch (record.kind) {
    case 'household':
      return m.words.household(record.fields.headName, record.fields.no);
    case 'visit':
      return withName(m, store, record.fields.householdId, formatDay(record.fields.date));
    case 'prestigious_contact':
      return withName(m, store, record.fields.personId, formatDay(record.fields.date));
    case 'prestigious_person':
      return record.fields.fullName;
    case 'feedback':
      return record.fields.topic === undefined ? m.words.feedbackKinds[record.fields.kind] : m.words.topics[record.fields.topic];
    case 'feedback_event':
      return m.words.feedbackEvents[record.fields.type];
    case 'area':
    case 'unit':
    case 'member':
      return record.fields.name;
    case 'benefit':
      return m.words.benefitKinds[record.fields.kind];
  }
}

function withName(m: Messages, store: Pick<FieldStore, 'find'>, id: string, day: string): string {
  const record = store.find(id);
  if (record?.kind === 'household') return `${m.words.household(record.fields.headName, record.fields.no)} · ${day}`;
  if (record?.kind === 'prestigious_person') return `${record.fields.fullName} · ${day}`;
  return day;
}
