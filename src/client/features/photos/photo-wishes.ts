/** How this phone's owner wants photos to go. Two notes in the browser that tell nothing of anybody. */
export interface PhotoWishes {
  isWifiOnly(): boolean;
  setWifiOnly(isWished: boolean): void;
  isPaused(): boolean;
  setPaused(isPaused: boolean): void;
}

const keys = { wifiOnly: 'photos-wifi-only', paused: 'photos-paused' } as const;

export const photoWishes: PhotoWishes = {
  isWifiOnly: () => has(keys.wifiOnly),
  setWifiOnly: (isWished) => note(keys.wifiOnly, isWished),
  isPaused: () => has(keys.paused),
  setPaused: (isPaused) => note(keys.paused, isPaused),
};

/** Where the browser keeps nothing, as long as the page is there. */
const unkept = new Map<string, boolean>();

function has(key: string): boolean {
  try {
    return unkept.get(key) ?? localStorage.getItem(key) !== null;
  } catch {
    return false;
  }
}

function note(key: string, isOn: boolean): void {
  try {
    if (isOn) localStorage.setItem(key, '');
    else localStorage.removeItem(key);
    unkept.delete(key);
  } catch {
    unkept.set(key, isOn);
  }
}
