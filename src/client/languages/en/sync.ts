/** What is sent and received, and how that stands. */
import type { Messages } from '../vi.ts';

export const sync: Messages['sync'] = {
  title: 'Send and receive',
  onlyHere: (n, when) => `${n === 1 ? '1 record exists' : `${n} records exist`} only on this phone, since ${when}`,
  offline: 'No signal. Keep writing, it will be sent later.',
  running: 'Sending and receiving…',
  allSent: 'The commune has it all.',
  nothingHere: 'Nothing waits to be sent.',
  heardAt: (when) => `Last heard from the commune at ${when}.`,
  notHeardYet: 'This phone has not heard from the commune yet.',
  sendNow: 'Send now',
  nothingToSend: 'Nothing to send. The commune has it all.',
  sentAll: (n) => `${n === 1 ? '1 record' : `${n} records`} sent. The commune has it.`,
  stillHere: (n) => `${n === 1 ? '1 record stays' : `${n} records stay`} on this phone.`,
  needsYou: 'Needs you',
  waiting: 'Waiting to be sent',
  savedAt: (when) => `Saved at ${when}`,
  lastSent: 'What the commune got last',
  unnamedEntry: (when) => `Written at ${when}`,
  discard: 'Drop this one',
  discardAsk: 'Drop it for good? The commune does not have it, it cannot be brought back. It says:',
  discardYes: 'Drop for good',
  discardNo: 'Keep it',
  roomTitle: 'Room on the phone',
  room: (amount) => `About ${amount} left to write.`,
  roomUnknown: 'The phone does not tell how much room is left.',
};
