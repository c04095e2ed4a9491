import { useState } from 'react';
import type { FieldStore } from '#client/store/field-store.ts';
import type { DeskAction } from './desk-actions.ts';
import { leftDraftOf } from './left-draft.ts';

/** Which form is open beside the open feedback. One that was left half written opens again with its feedback. */
export function useOpenAction(
  store: Pick<FieldStore, 'drafts'>,
  openId: string | undefined,
): readonly [DeskAction | undefined, (action: DeskAction | undefined) => void] {
  const begin = () => ({ openId, action: openId === undefined ? undefined : leftDraftOf(store, openId)?.action });
  const [opened, setOpened] = useState(begin);
  const isOfThis = opened.openId === openId;
  if (!isOfThis) setOpened(begin());
  return [isOfThis ? opened.action : undefined, (action) => setOpened({ openId, action })];
}
