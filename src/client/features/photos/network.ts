/** What the phone is on, as far as its browser says. */
import type { Network } from './photo-sender.ts';

interface Connection {
  readonly type?: string;
  readonly saveData?: boolean;
}

/** Chrome on Android names the type; others say nothing, or only that data shall be saved. */
export function readNetwork(from: { readonly onLine: boolean; readonly connection?: Connection | undefined } = navigator): Network {
  return { isOnline: from.onLine, isWifi: isWifiOf(from.connection) };
}

function isWifiOf(connection: Connection | undefined): boolean | undefined {
  const type = connection?.type;
  if (type === 'wifi' || type === 'ethernet') return true;
  if (type !== undefined && type !== 'unknown' && type !== 'other') return false;
  // Whoever saves data is on a line that costs.
  return connection?.saveData === true ? false : undefined;
}
