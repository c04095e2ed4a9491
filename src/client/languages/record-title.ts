/** A record as one line that its author recognizes: what, about whom, which day. */
import type { AnyRecord } from '#domain/record.ts';
import type { Messages } from './vi.ts';

export interface TitleContext {
  readonly find: (recordId: string) => AnyRecord | undefined;
  /** `2026-11-21` as people write a day. */
  readonly day: (day: string) => string;
}
/** A record, or what an entry would make of one. */
type Told = Pick<AnyRecord, 'kind' | 'fields'>;

export function recordTitle(m: Messages, record: Told, context: TitleContext): string {
  const kind = m.words.recordKinds[record.kind];
  const about = recordAbout(m, record, context);
  return about === undefined ? kind : `${kind} · ${about}`;
}

/** Without the word for its kind. */
export function recordAbout(m: Messages, record: Told, { find, day }: TitleContext): string | undefined {
  const told = record as AnyRecord;
  switch (told.kind) {
    case 'household':
      return m.words.household(told.fields.headName, told.fields.no);
    case 'visit':
      return withName(m, find(told.fields.householdId), day(told.fields.date));
    case 'prestigious_contact':
      return withName(m, find(told.fields.personId), day(told.fields.date));
    case 'prestigious_person':
      return told.fields.fullName;
    case 'feedback':
      return told.fields.topic === undefined ? m.words.feedbackKinds[told.fields.kind] : m.words.topics[told.fields.topic];
    case 'feedback_event':
      return m.words.feedbackEvents[told.fields.type];
    case 'area':
    case 'unit':
    case 'member':
      return told.fields.name;
    case 'benefit':
      return m.words.benefitKinds[told.fields.kind];
    case 'consent':
      return withName(m, find(told.fields.householdId), m.words.consentDecisions[told.fields.decision]);
    case 'subject_request':
      return withName(m, find(told.fields.subjectId), m.words.requestKinds[told.fields.kind]);
    case 'visit_return': {
      const visit = find(told.fields.visitId);
      const field = m.words.fields[told.fields.field] ?? told.fields.field;
      return visit?.kind === 'visit' ? withName(m, find(visit.fields.householdId), field) : field;
    }
    case 'prestigious_term':
      return withName(m, find(told.fields.personId), `${told.fields.termFrom}–${told.fields.termTo}`);
    case 'mobilization_model':
    case 'handbook_page':
    case 'document':
      return told.fields.title;
    case 'attachment': {
      const parent = find(told.fields.parentId);
      return parent === undefined ? day(told.fields.on) : recordAbout(m, parent, { find, day });
    }
    case 'reading_receipt': {
      const read = find(told.fields.subjectId);
      return read?.kind === 'document' || read?.kind === 'handbook_page' ? read.fields.title : day(told.fields.on);
    }
  }
}

/** What another record is called, by its id; undefined: it is not known here, or an id tells nobody anything. */
export function namesBy(m: Messages, context: TitleContext): (recordId: string) => string | undefined {
  return (recordId) => {
    const record = context.find(recordId);
    return record === undefined ? undefined : recordAbout(m, record, context);
  };
}

function withName(m: Messages, record: AnyRecord | undefined, what: string): string {
  if (record?.kind === 'household') return `${m.words.household(record.fields.headName, record.fields.no)} · ${what}`;
  if (record?.kind === 'prestigious_person') return `${record.fields.fullName} · ${what}`;
  return what;
}
