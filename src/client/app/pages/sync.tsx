import { ConflictList } from '#client/features/conflicts/conflict-list.tsx';
import { HandOver } from '#client/features/bundle/hand-over.tsx';
import { LoadReceipt } from '#client/features/bundle/load-receipt.tsx';
import { SyncStatusPage } from '#client/features/sync-status/sync-status-page.tsx';
import { AcceptedList } from '#client/features/supervisor/accepted-list.tsx';
import { WaitingCount } from '#client/features/supervisor/waiting-count.tsx';
import { isSupervisor } from '#client/features/supervisor/waiting-words.ts';
import { useStore } from '#client/store/use-store.ts';
import { logsVisits } from '../which-screens.ts';
import { DraftsLeft } from './drafts-left.tsx';

/** Where sync is told about, what was left half written by those who have no Today, and the other road: a file carried by hand and the receipt that comes home. */
export function SyncPage() {
  const store = useStore();
  return (
    <SyncStatusPage
      also={
        <>
          {isSupervisor(store.account().assignments) ? <WaitingCount always /> : null}
          <ConflictList />
          <AcceptedList />
          {logsVisits(store.account().assignments) ? null : <DraftsLeft />}
        </>
      }
      carry={
        <div className="stack">
          <HandOver make={() => store.handOverFile()} />
          <LoadReceipt />
        </div>
      }
    />
  );
}
