/**
 * The number on the app's icon. It tells how much waits and of nobody, so it stays while the phone is locked; a phone that is wiped or empty has none.
 */
type Badged = Partial<Pick<Navigator, 'setAppBadge' | 'clearAppBadge'>>;

/** Does nothing where the browser cannot, or the app is not on the home screen. */
export function setAppBadge(count: number, navigator: Badged = globalThis.navigator): void {
  const done = count > 0 ? navigator.setAppBadge?.(count) : navigator.clearAppBadge?.();
  // Refused (not installed, not allowed): a convenience, and nobody's concern.
  done?.catch(() => undefined);
}
