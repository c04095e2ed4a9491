import { useEffect, useState } from 'react';
import { useMessages } from '#client/languages/use-messages.ts';
import { Notice } from '#client/ui/notice.tsx';

const bytesPerMegabyte = 1024 * 1024;
const littleRoom = 50 * bytesPerMegabyte;

/** How much the browser still lets this app keep. What it does not tell is not guessed. */
export function StorageRoom() {
  const m = useMessages();
  const [left, setLeft] = useState<number | undefined>(undefined);
  useEffect(() => {
    let isShown = true;
    void readRoom().then((bytes) => {
      if (isShown) setLeft(bytes);
    });
    return () => {
      isShown = false;
    };
  }, []);
  if (left === undefined) return <p className="quiet">{m.sync.roomUnknown}</p>;
  if (left < littleRoom) return <Notice tone="danger">{m.sync.roomLittle}</Notice>;
  const megabytes = left / bytesPerMegabyte;
  const amount = megabytes < 1024 ? `${Math.round(megabytes)} MB` : `${Math.round(megabytes / 102.4) / 10} GB`;
  return <p className="quiet">{m.sync.room(amount)}</p>;
}

async function readRoom(): Promise<number | undefined> {
  try {
    const { quota, usage } = await navigator.storage.estimate();
    return quota === undefined || usage === undefined ? undefined : Math.max(0, quota - usage);
  } catch {
    return undefined;
  }
}
