/**
 * Where the page was opened: links sent through Zalo or Facebook open inside those apps, whose browsers forget what a page keeps.
 * `userAgent` and the rest come in as arguments; the page reads them once (`readSurroundings`).
 */
export type Surroundings =
  | { readonly place: 'browser' }
  /** `appName`: undefined where it is some app that shows web pages. */
  | { readonly place: 'inside_app'; readonly appName: string | undefined; readonly system: 'android' | 'ios' }
  /** Safari (or another browser) on iOS, not yet on the home screen: what it keeps is dropped after seven days without a visit. */
  | { readonly place: 'ios_browser' };

const apps: readonly (readonly [RegExp, string])[] = [
  [/zalo/iu, 'Zalo'],
  [/FBAN\/Messenger|MessengerForiOS|Orca-Android|\bMessenger/u, 'Messenger'],
  [/FBAN|FBAV|FB_IAB/u, 'Facebook'],
  [/Instagram/u, 'Instagram'],
  [/musical_ly|BytedanceWebview|TikTok|\btrill_/iu, 'TikTok'],
  [/\bLine\//u, 'LINE'],
];

export function surroundingsOf(userAgent: string, isStandalone: boolean, touchPoints: number): Surroundings {
  // An iPad calls itself a Macintosh; no Macintosh has a touch screen.
  const isIos = /iPhone|iPad|iPod/u.test(userAgent) || (/Macintosh/u.test(userAgent) && touchPoints > 1);
  const system = isIos ? 'ios' : 'android';
  const app = apps.find(([pattern]) => pattern.test(userAgent));
  if (app !== undefined) return { place: 'inside_app', appName: app[1], system };
  if (/; wv\)/u.test(userAgent)) return { place: 'inside_app', appName: undefined, system };
  if (!isIos || isStandalone) return { place: 'browser' };
  // Every real browser on iOS says Safari; a web view inside an app does not.
  return /Safari\//u.test(userAgent) ? { place: 'ios_browser' } : { place: 'inside_app', appName: undefined, system };
}

export function readSurroundings(): Surroundings {
  const isStandalone =
    window.matchMedia('(display-mode: standalone)').matches || (navigator as { standalone?: boolean }).standalone === true;
  return surroundingsOf(navigator.userAgent, isStandalone, navigator.maxTouchPoints);
}
