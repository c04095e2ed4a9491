/** Collects what the demo's members did as entries, through the same commands as the phone's, on days before today. */
import { creation, entryOf } from '#domain/command.ts';
import type { CommandContext, CommandError } from '#domain/command.ts';
import { maxChanges } from '#domain/change.ts';
import type { Change, EntryDraft } from '#domain/change.ts';
import { foldFeedback } from '#domain/feedback-fold.ts';
import type { RecordedEvent } from '#domain/feedback-fold.ts';
import { advanceFeedback } from '#domain/advance-feedback.ts';
import type { FeedbackStep } from '#domain/advance-feedback.ts';
import { dayOf, instantOf } from '#domain/identifiers.ts';
import { raiseFeedback } from '#domain/raise-feedback.ts';
import type { FeedbackInput } from '#domain/raise-feedback.ts';
import { recordContact } from '#domain/record-contact.ts';
import type { ContactInput } from '#domain/record-contact.ts';
import type { FieldsOf, RecordKind, RecordState } from '#domain/record.ts';
import { recordVisit } from '#domain/record-visit.ts';
import type { VisitInput } from '#domain/record-visit.ts';
import type { Result } from '#domain/result.ts';
import { confirmReading, writeDocument, writePage } from '#domain/write-handbook.ts';
import type { DocumentInput, PageInput } from '#domain/write-handbook.ts';

/** A member who does something, so many days before today. */
export interface Doing {
  readonly memberId: string;
  readonly daysAgo: number;
}

export interface NotebookDeps {
  /** Milliseconds since 1970: the demo's today. */
  readonly now: number;
  readonly newId: () => string;
  readonly newRandomId: () => string;
  readonly random: (length: number) => Uint8Array;
}

const dayMs = 86_400_000;

export function createNotebook(deps: NotebookDeps) {
  const drafts: EntryDraft[] = [];
  const pages: RecordState<'handbook_page'>[] = [];
  const contextOf = ({ memberId, daysAgo }: Doing): CommandContext => ({ ...deps, now: deps.now - daysAgo * dayMs, memberId });

  function keep<K extends RecordKind>(change: Change, kind: K, doing: Doing): RecordState<K> {
    if (!('set' in change)) throw new Error('the demo deletes nothing');
    const { recordId, areaId, set } = change;
    const occurredAt = instantOf(contextOf(doing).now);
    const { memberId } = doing;
    return { recordId, kind, areaId, version: 0, deleted: false, fields: set as unknown as FieldsOf[K], conflicts: [], memberId, occurredAt };
  }

  return {
    drafts,
    dayBefore,

    /** New records in as few entries as they fit in. */
    create<K extends RecordKind>(
      kind: K,
      records: readonly { readonly recordId?: string | undefined; readonly areaId: string; readonly fields: FieldsOf[K] }[],
      doing: Doing,
    ): RecordState<K>[] {
      const changes = records.map(({ recordId, areaId, fields }) => expectMade(creation(kind, areaId, recordId ?? deps.newId(), { ...fields })));
      for (let start = 0; start < changes.length; start += maxChanges) {
        drafts.push(expectMade(entryOf(changes.slice(start, start + maxChanges), contextOf(doing))));
      }
      return changes.map((change) => keep(change, kind, doing));
    },

    visit(household: RecordState<'household'>, input: Omit<VisitInput, 'date'>, doing: Doing): void {
      drafts.push(...expectMade(recordVisit(household, { ...input, date: dayBefore(doing.daysAgo) }, contextOf(doing))).entries);
    },

    contact(person: RecordState<'prestigious_person'>, input: Omit<ContactInput, 'date'>, doing: Doing): void {
      drafts.push(expectMade(recordContact(person, { ...input, date: dayBefore(doing.daysAgo) }, contextOf(doing))));
    },

    page(areaId: string, input: PageInput, doing: Doing): void {
      const draft = expectMade(writePage({ areaId }, input, pages, contextOf(doing)));
      if (draft === undefined) throw new Error('a new page differs from nothing');
      drafts.push(draft);
      for (const change of draft.changes) pages.push(keep(change, 'handbook_page', doing));
    },

    document(areaId: string, input: DocumentInput, doing: Doing): RecordState<'document'> {
      const draft = expectMade(writeDocument({ areaId }, input, contextOf(doing)));
      const [change] = draft?.changes ?? [];
      if (draft === undefined || change === undefined) throw new Error('a new document differs from nothing');
      drafts.push(draft);
      // Read once it had been sent: a first version is 1.
      return { ...keep(change, 'document', doing), version: 1 };
    },

    confirm(document: RecordState<'document'>, hamletId: string, doing: Doing): void {
      drafts.push(expectMade(confirmReading(document, hamletId, contextOf(doing))));
    },

    /** What a citizen said and each step that followed, in order. */
    feedback(areaId: string, input: FeedbackInput, doing: Doing, steps: readonly (readonly [FeedbackStep, Doing])[] = []): void {
      const { entries, raised } = expectMade(raiseFeedback(input, areaId, contextOf(doing)));
      drafts.push(...entries);
      const feedback = keep(raised.change, 'feedback', doing);
      const events: RecordedEvent[] = [];
      for (const [step, by] of steps) {
        const draft = expectMade(advanceFeedback(feedback, foldFeedback(feedback.fields, events), [step], contextOf(by)));
        drafts.push(draft);
        for (const change of draft.changes) {
          const { recordId, fields } = keep(change, 'feedback_event', by);
          events.push({ eventId: recordId, event: fields });
        }
      }
    },
  };

  /** The local day, so many days before the demo's today. */
  function dayBefore(daysAgo: number): string {
    return dayOf(deps.now - daysAgo * dayMs);
  }
}
export type Notebook = ReturnType<typeof createNotebook>;

/** The demo is written by hand: a command that refuses it is a fault in the demo. */
function expectMade<T>(made: Result<T, CommandError | { readonly code: 'not_now' }>): T {
  if (!made.ok) throw new Error(`the demo breaks a rule: ${JSON.stringify(made.error)}`);
  return made.value;
}
