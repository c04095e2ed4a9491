import type { ComponentType } from 'react';
import { useMessages } from '#client/languages/use-messages.ts';
import { householdOf, mayKeepRegister } from '#client/store/household-in-hand.ts';
import { useStore } from '#client/store/use-store.ts';
import { Empty } from '#client/ui/empty.tsx';
import { Page } from '#client/ui/page.tsx';
import { paths } from '#client/ui/paths.ts';
import { isStanding } from '#domain/household.ts';
import type { RecordState } from '#domain/record.ts';
import { isOfBloc } from '#domain/role.ts';
import { CloseForm } from './close-form.tsx';
import { MergePage } from './merge-page.tsx';
import { MoveForm } from './move-form.tsx';

interface KeepingPageProps {
  readonly id: string;
  readonly draftId?: string | undefined;
  readonly act: 'close' | 'move' | 'merge';
}

const forms: Readonly<Record<KeepingPageProps['act'], ComponentType<{ readonly household: RecordState<'household'>; readonly draftId?: string | undefined }>>> = {
  close: CloseForm, move: MoveForm, merge: MergePage,
};

/** What becomes of a household is said by whoever answers for the register, of one that is followed. */
export function KeepingPage({ id, draftId, act }: KeepingPageProps) {
  const m = useMessages();
  const store = useStore();
  const household = householdOf(store, id);
  const titles = { close: m.households.closing.title, move: m.households.moving.title, merge: m.households.merging.title };
  const isTheirs = household !== undefined && isStanding(household.fields) && mayKeepRegister(store, household) && (act !== 'move' || isOfBloc(store.account()));
  if (household === undefined || !isTheirs) {
    return (
      <Page title={titles[act]} back={household === undefined ? paths.households() : paths.household(id)}>
        <Empty>{household === undefined ? m.households.gone : isStanding(household.fields) ? m.app.otherRoleWork : m.households.notFollowed}</Empty>
      </Page>
    );
  }
  const Form = forms[act];
  return <Form key={id} household={household} draftId={draftId} />;
}
