/** Tells the other tabs of this browser that the disk has changed. A tab that slept may miss it: it looks again when it wakes. */
export interface Tabs {
  tell(): void;
  listen(onChange: () => void): void;
  close(): void;
}

export function createTabs(name = 'gan-dan'): Tabs {
  const channel = new BroadcastChannel(name);
  return {
    tell: () => channel.postMessage('changed'),
    listen(onChange) {
      channel.addEventListener('message', onChange);
    },
    close: () => channel.close(),
  };
}
