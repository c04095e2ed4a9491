/** What was said in a person's hamlet that a talk with them may be about. */
import type { FieldStore } from '#client/store/field-store.ts';
import { isKeptOffLists } from '#domain/feedback.ts';
import type { RecordState } from '#domain/record.ts';
import { endedFeedbackStates } from '#domain/retention.ts';
import type { Topic } from '#domain/topic.ts';
import { isAboutStaff } from '#domain/topic.ts';

export interface FeedbackToFollow {
  readonly said: RecordState<'feedback'>;
  readonly topic: Topic | undefined;
}

/** Not ended yet, and of those alone that a hamlet's list may name (`isKeptOffLists`, also by the topic that triage gave); the newest first. */
export function feedbackToFollow(store: Pick<FieldStore, 'inHamlet' | 'standing' | 'mark'>, hamletId: string): readonly FeedbackToFollow[] {
  return store
    .inHamlet('feedback', hamletId)
    // What the commune has not got yet it may refuse, and the talk with it.
    .filter((said) => !said.deleted && !isKeptOffLists(said.fields) && store.mark(said).state === 'sent')
    .flatMap((said) => {
      const { state, topic } = store.standing(said);
      return endedFeedbackStates.includes(state) || isAboutStaff(topic) ? [] : [{ said, topic }];
    })
    .sort((a, b) => b.said.fields.receivedOn.localeCompare(a.said.fields.receivedOn));
}
