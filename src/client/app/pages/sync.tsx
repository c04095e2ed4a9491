import { ConflictList } from '#client/features/conflicts/conflict-list.tsx';
import { HandOver } from '#client/features/bundle/hand-over.tsx';
import { LoadReceipt } from '#client/features/bundle/load-receipt.tsx';
import { troubleOf } from '#client/features/photos/photo-course.ts';
import { PhotoSending } from '#client/features/photos/photo-sending.tsx';
import { usePhotoSender } from '#client/features/photos/use-photo-sender.ts';
import { SyncStatusPage } from '#client/features/sync-status/sync-status-page.tsx';
import { AcceptedList } from '#client/features/supervisor/accepted-list.tsx';
import { WaitingCount } from '#client/features/supervisor/waiting-count.tsx';
import { isSupervisor } from '#client/features/supervisor/waiting-words.ts';
import { useMessages } from '#client/languages/use-messages.ts';
import { useStore } from '#client/store/use-store.ts';
import { isOfTeam } from '#domain/role.ts';
import { DraftsLeft } from './drafts-left.tsx';

/** Where sync is told about, what was left half written by those who have no Today, and the other road: a file carried by hand and the receipt that comes home. */
export function SyncPage() {
  const m = useMessages();
  const store = useStore();
  const { state: photos } = usePhotoSender();
  const isAnyToGo = photos.waiting.some((photo) => troubleOf(photo) === undefined);
  return (
    <SyncStatusPage
      moreToSend={isAnyToGo ? m.photos.sync.recordsSent : photos.waiting.length > 0 ? m.photos.sync.recordsSentPhotosNeedYou : undefined}
      also={
        <>
          {isSupervisor(store.account().assignments) ? <WaitingCount always /> : null}
          <ConflictList />
          <AcceptedList />
          <PhotoSending />
          {isOfTeam(store.account()) ? null : <DraftsLeft />}
        </>
      }
      carry={
        <div className="stack">
          <HandOver make={() => store.handOverFile()} />
          {photos.waiting.length === 0 ? null : <p className="quiet">{m.photos.sync.notInFile(photos.waiting.length)}</p>}
          <LoadReceipt />
        </div>
      }
    />
  );
}
