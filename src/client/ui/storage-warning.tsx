import { useMessages } from '#client/languages/use-messages.ts';
import { Notice } from './notice.tsx';
import { useStorageRoom } from './use-storage-room.ts';

/** Says that the phone is nearly full, while there is still room to do something about it. */
export function StorageWarning() {
  const m = useMessages();
  return useStorageRoom()?.isNearlyFull === true ? <Notice tone="warn">{m.storage.nearlyFull}</Notice> : null;
}
