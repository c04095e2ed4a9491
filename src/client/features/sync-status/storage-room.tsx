import { useMessages } from '#client/languages/use-messages.ts';
import { StorageWarning } from '#client/ui/storage-warning.tsx';
import { useStorageRoom } from '#client/ui/use-storage-room.ts';

const bytesPerMegabyte = 1024 * 1024;

/** How much the browser still lets this app keep. What it does not tell is not guessed. */
export function StorageRoom() {
  const m = useMessages();
  const room = useStorageRoom();
  if (room === undefined) return <p className="quiet">{m.sync.roomUnknown}</p>;
  if (room.isNearlyFull) return <StorageWarning />;
  const megabytes = room.leftBytes / bytesPerMegabyte;
  const amount = megabytes < 1024 ? `${Math.round(megabytes)} MB` : `${Math.round(megabytes / 102.4) / 10} GB`;
  return <p className="quiet">{m.sync.room(amount)}</p>;
}
