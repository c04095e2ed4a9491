/**
 * A run as a list of plain steps, each with all its own choices or a `salt` from which they come. Nothing else in a run is random,
 * so a failing one can be made shorter, step by step, and kept for ever.
 */
export interface Plan {
  /** From which ids, latencies and the like come. */
  readonly salt: number;
  /** How many phones of the crew take part: 3 to 8. */
  readonly phones: number;
  readonly steps: readonly Step[];
}

/** `wait`: milliseconds that pass after it. `phone`: its place in the crew. */
export type Step = Deed & { readonly wait: number };

export const messageFaults = [
  'request_lost', 'request_delayed', 'request_doubled', 'request_reordered', 'request_truncated',
  'reply_lost', 'reply_delayed', 'reply_truncated', 'busy', 'portal',
] as const;
export type MessageFault = (typeof messageFaults)[number];
export type Moment = 'before' | 'after';
export const bundleFates = ['carried', 'carried', 'twice', 'tampered', 'truncated', 'forged'] as const;
export type BundleFate = (typeof bundleFates)[number];
export const receiptFates = ['loaded', 'late', 'late', 'lost', 'forged', 'of_another'] as const;
export type ReceiptFate = (typeof receiptFates)[number];
/** Programs of so many schemas meet: the newest, and two before it. */
export const newestSchema = 3;

export type Deed =
  /** Somebody saves something. `tab`: in which of the open ones; `both`: in each of them at once. */
  | { readonly do: 'work'; readonly phone: number; readonly tab: number; readonly both?: boolean; readonly salt: number; readonly isWide?: boolean }
  | { readonly do: 'open_tab' | 'look'; readonly phone: number }
  | { readonly do: 'close_tab' | 'sleep' | 'wake'; readonly phone: number; readonly tab: number }
  | { readonly do: 'offline'; readonly phone: number; readonly ms: number }
  /** What becomes of the phone's next message. `ms`: of what is delayed or doubled. */
  | { readonly do: 'message'; readonly phone: number; readonly fault: MessageFault; readonly ms: number }
  /** Requests above so many bytes are refused on the way. `lasts`: also when all else is calm. */
  | { readonly do: 'proxy'; readonly bytes: number; readonly ms: number; readonly lasts?: boolean }
  /** At the phone's commit after so many. `page`: only the page that commits ends, not all of them. */
  | { readonly do: 'power'; readonly phone: number; readonly moment: Moment; readonly commits: number; readonly page: boolean }
  | { readonly do: 'full'; readonly phone: number; readonly commits: number; readonly times: number }
  | { readonly do: 'crash'; readonly moment: Moment; readonly commits: number; readonly ms: number }
  /** `ms`: how far off the phone's clock is; `drift`: milliseconds gained in a second. */
  | { readonly do: 'clock'; readonly phone: number; readonly ms: number; readonly drift: number }
  /** The browser cleared all that it had kept; a new invitation makes the phone another device. */
  | { readonly do: 'clear'; readonly phone: number }
  /** The phone's disk is copied; later the phone is what the copy was. */
  | { readonly do: 'copy_disk' | 'put_back_disk'; readonly phone: number }
  /** A person has forgotten the passphrase: keys and records go, the sealed outbox stays. */
  | { readonly do: 'wipe'; readonly phone: number }
  /** The commune ends the device, which may have entries on the way. */
  | { readonly do: 'revoke'; readonly phone: number }
  /** The service worker sends what is sealed while the phone is locked. */
  | { readonly do: 'send_locked'; readonly phone: number }
  /** What waits goes by file: handed in after `ms`, and its receipt comes back. */
  | { readonly do: 'bundle'; readonly phone: number; readonly fate: BundleFate; readonly receipt: ReceiptFate; readonly ms: number }
  /** The newest schema that the phone's program writes, from its next start on. */
  | { readonly do: 'phone_schema'; readonly phone: number; readonly schema: number }
  /** Phones are put away, and days pass. */
  | { readonly do: 'days'; readonly days: number }
  | { readonly do: 'back_up' | 'verify_backup' }
  | Restore
  /** The administration corrects, deletes or adds a record. */
  | { readonly do: 'office'; readonly salt: number }
  | { readonly do: 'merge_hamlets'; readonly from: number; readonly into: number }
  /** Whose phone it is holds other roles from now on: one of a list. */
  | { readonly do: 'assign'; readonly phone: number; readonly roles: number }
  /** A record that others may be writing is erased. */
  | { readonly do: 'erase'; readonly salt: number }
  /** A supervisor accepts or declines what waits. */
  | { readonly do: 'decide'; readonly salt: number }
  /** The endpoint goes on with a program that reads entries up to this schema: newer, or rolled back. */
  | { readonly do: 'endpoint_schema'; readonly schema: number; readonly ms: number }
  /** The phone's next saves are sealed with a field that no schema has. */
  | { readonly do: 'spoil'; readonly phone: number; readonly entries: number };

/**
 * To the backup before so many newer ones. `byHand`: nobody raises the epoch, so the endpoint has to see it by itself. `unmarked`: and cannot, for what phones were
 * last told was put back with the database; then only what they ask for tells.
 */
export interface Restore {
  readonly do: 'restore';
  readonly back: number;
  readonly byHand: boolean;
  readonly unmarked?: boolean;
  readonly ms: number;
}
