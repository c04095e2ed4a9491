import { expect, test } from 'vitest';
import { surroundingsOf } from './in-app-browser.ts';

const iphone = 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)';
const android = 'Mozilla/5.0 (Linux; Android 13; SM-A146P) AppleWebKit/537.36 (KHTML, like Gecko)';
const webView = 'Mozilla/5.0 (Linux; Android 13; SM-A146P Build/TP1A; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/130.0 Mobile Safari/537.36';

test.each([
  [`${webView} Zalo android/24100001`, 'Zalo', 'android'],
  [`${iphone} Mobile/15E148 Zalo iOS/610`, 'Zalo', 'ios'],
  [`${webView} [FB_IAB/FB4A;FBAV/480.0.0.54.88;]`, 'Facebook', 'android'],
  [`${webView} [FB_IAB/Orca-Android;FBAV/480.0.0;]`, 'Messenger', 'android'],
  [`${iphone} Mobile/15E148 [FBAN/FBIOS;FBAV/480.0]`, 'Facebook', 'ios'],
  [`${iphone} Mobile/15E148 [FBAN/MessengerForiOS;FBAV/480.0]`, 'Messenger', 'ios'],
  [`${iphone} Mobile/15E148 Instagram 350.0`, 'Instagram', 'ios'],
  [`${webView} musical_ly_2023 BytedanceWebview/d8a21c6`, 'TikTok', 'android'],
  [`${iphone} Safari Line/14.19.0`, 'LINE', 'ios'],
  [webView, undefined, 'android'],
  [`${iphone} Mobile/15E148`, undefined, 'ios'],
])('%s is inside an app', (userAgent, appName, system) => {
  expect(surroundingsOf(userAgent, false, 5)).toEqual({ place: 'inside_app', appName, system });
});

test('Chrome on Android and any desktop are browsers', () => {
  expect(surroundingsOf(`${android} Chrome/130.0.0.0 Mobile Safari/537.36`, false, 5)).toEqual({ place: 'browser' });
  expect(surroundingsOf('Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Version/18.0 Safari/605.1.15', false, 0)).toEqual({ place: 'browser' });
});

test('on iOS only the home screen will do', () => {
  const safari = `${iphone} Version/18.1 Mobile/15E148 Safari/604.1`;
  const ipad = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/18.0 Safari/605.1.15';
  expect(surroundingsOf(safari, false, 5)).toEqual({ place: 'ios_browser' });
  expect(surroundingsOf(ipad, false, 5)).toEqual({ place: 'ios_browser' });
  // On the home screen the name Safari is missing as well.
  expect(surroundingsOf(`${iphone} Mobile/15E148`, true, 5)).toEqual({ place: 'browser' });
  expect(surroundingsOf(safari, true, 5)).toEqual({ place: 'browser' });
});
