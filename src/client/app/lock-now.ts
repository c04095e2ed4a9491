/** “Lock now” is meant for the phone, which is about to be laid down or handed to somebody: every tab of it locks, not the one that was pressed alone. */
const channelName = 'gan-dan lock-now';

export interface LockNow {
  tell(): void;
  /** Another tab was told to lock. Not called for what this one tells. */
  listen(onLocked: () => void): () => void;
}

export function createLockNow(name = channelName): LockNow {
  const channel = new BroadcastChannel(name);
  return {
    tell: () => channel.postMessage('locked'),
    listen(onLocked) {
      channel.addEventListener('message', onLocked);
      return () => channel.removeEventListener('message', onLocked);
    },
  };
}
