/** The locked phone: opened, damaged, wiped. */
import type { Messages } from '../vi.ts';

export const lock: Messages['lock'] = {
  title: 'Unlock',
  passphrase: 'Passphrase',
  open: 'Open',
  opening: 'Opening…',
  wrong: (left) => `Not right. ${left} ${left === 1 ? 'try' : 'tries'} left. What is unsent stays safe.`,
  lockedBecause: { idle: 'Locked because it was not used for a while.', hidden: 'Locked when you went away.', asked: 'Locked.' },
  savedUnseen: 'What you pressed Save for just before it locked is saved on this phone.',
  damaged: 'The lock on this phone is damaged and cannot be opened. What is unsent is still here. Tell the commune, and do not clear the browser.',
  unexpectedlyEmpty: 'This phone held records and is empty now: perhaps the browser cleared them. Tell the commune before you take a new invitation.',
  storage: {
    storage_full: 'This phone is full, so it cannot be unlocked. Delete some photos or videos, then open again. What you wrote is still here.',
    storage_failed: 'This phone could not read its lock. Close the browser completely and open it again. What you wrote is still here.',
  },
  openFailed: 'The lock opened, but what is kept could not be read yet. Nothing is lost. Close the browser completely and open it again.',
  wipedTitle: 'This phone was wiped',
  wipedWrong: '10 wrong tries: keys, book and drafts on this phone are gone. Nobody can read anything here any more.',
  wipedRevoked: 'The commune has stopped this phone: keys, book and drafts on it are gone.',
  wipedAsked: 'Keys, book and drafts on this phone were wiped as asked.',
  wipedNothingLeft: 'Nothing was left unsent.',
  wipedLeft: (n, when) => `${n} unsent ${n === 1 ? 'record stays' : 'records stay'}, since ${when}, sealed. This phone cannot read them any more; only the commune can.`,
  wipedKeep: 'Do not clear the browser: they still wait to be sent to the commune.',
  wipedClear: 'Drop these records',
  wipedClearConfirm: (n, when) => `Drop ${n} unsent ${n === 1 ? 'record' : 'records'}, since ${when}, for good? The commune has none of it and it cannot be brought back. Better send first.`,
  wipedClearYes: 'Drop for good',
  wipedAgain: 'Use the phone again with a new invitation',
};
