/** Tells the other tabs of this browser that the disk has changed. A tab that slept may miss it: it looks again when it wakes. */
export interface Tabs {
  tell(): void;
  listen(onChange: () => void): void;
  close(): void;
}

const channelName = 'gan-dan';

/** Once, from where no store is open (the lock, a wipe). */
export function tellTabs(): void {
  const tabs = createTabs();
  tabs.tell();
  tabs.close();
}

export function createTabs(name = channelName): Tabs {
  const channel = new BroadcastChannel(name);
  return {
    tell: () => channel.postMessage('changed'),
    listen(onChange) {
      channel.addEventListener('message', onChange);
    },
    close: () => channel.close(),
  };
}
