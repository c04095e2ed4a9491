/** What was being written about a feedback when its form was left. */
import type { Draft, FieldStore } from '#client/store/field-store.ts';
import { deskActions } from './desk-actions.ts';
import type { DeskAction } from './desk-actions.ts';

export const draftForm = 'review';

export function draftIdOf(action: DeskAction, feedbackId: string): string {
  return `${draftForm}/${action}/${feedbackId}`;
}

export interface LeftDraft {
  readonly draftId: string;
  readonly action: DeskAction;
  readonly draft: Draft;
}

export function leftDraftOf(store: Pick<FieldStore, 'drafts'>, feedbackId: string): LeftDraft | undefined {
  const drafts = store.drafts();
  for (const action of deskActions) {
    const draftId = draftIdOf(action, feedbackId);
    const draft = drafts.find((kept) => kept.draftId === draftId);
    if (draft !== undefined) return { draftId, action, draft };
  }
  return undefined;
}
