/** Room on the phone, another version of the app, and handing the phone on. */
import type { Messages } from '../vi.ts';

export const storage: Messages['storage'] = {
  nearlyFull: 'The phone is nearly full. Delete photos or send what waits before writing on.',
  lastHeld: (n, when) => `When it was last open, ${n} unsent ${n === 1 ? 'record was' : 'records were'} on this phone, since ${when}.`,
  updateKeeps: 'Records and drafts on this phone stay as they are.',
  newerTitle: 'A newer version is open in another tab',
  newerText: 'This tab is the older version, so it has stopped. Saved records and what you were writing are still here.',
  newerOpen: 'Open the new version',
  blocked: 'An older Gần Dân is still open in another tab. Close that tab and the new version opens by itself.',
  stillSealed: (n, when) => `${n} ${n === 1 ? 'record' : 'records'} of its earlier use, since ${when}, lie sealed on this phone. A new invitation loses none: the phone goes on sending them.`,
  alreadyHolds: (n, when) => `This phone holds ${n} unsent ${n === 1 ? 'record' : 'records'}, since ${when}. In reach of a signal it sends them by itself, without being unlocked.`,
  sendFirst: 'Send now',
  sending: 'Sending…',
  notSent: 'Not sent yet. Go where there is a signal and send again.',
  passOn: 'Hand the phone to someone else',
  passOnHint: 'The phone sends everything, then deletes its keys, records and drafts. The next person comes in with an invitation of their own.',
  passOnNotYet: 'Everything must be sent before the phone can be handed over. Without a signal, send a file.',
  passOnStuck: (n) => `${n} ${n === 1 ? 'entry was' : 'entries were'} not accepted, and sending again as before will not help. Mend or discard under Sending and receiving; then the phone can be handed over.`,
  passOnByFileAsk: (n) => `The commune has not confirmed ${n} ${n === 1 ? 'record' : 'records'}. Is the file with someone who carries it? They stay sealed on this phone and it goes on sending them, but you can no longer read or mend them.`,
  passOnAsk: 'The commune has all your records. Delete keys and records from this phone and hand it over?',
  passOnDrafts: (n) => `${n} ${n === 1 ? 'draft that is' : 'drafts that are'} no record yet will be lost.`,
  passOnAfter: 'To use it again you will need a new invitation.',
  passOnYes: 'Delete and hand over',
  renewing: 'The commune is taking this phone in as a new one. Nothing is lost.',
  renewed: 'The memory of this phone was copied or put back, so the commune knows it as a new phone now. No record is lost.',
  noRoomForRenewed: 'The memory of this phone was copied to another, and you use as many phones as you may. Ask the commune to stop an old one, so that this phone hears from it again. Your records stay here.',
};
