/** Settings of this phone. */
import type { Messages } from '../vi.ts';

export const settings: Messages['settings'] = {
  title: 'Settings',
  who: 'You are',
  name: 'Name',
  commune: 'Commune',
  work: 'Work',
  device: 'Device code',
  language: 'Ngôn ngữ · Language',
  languageNames: { vi: 'Tiếng Việt', en: 'English' },
  languageFailed: 'English could not be loaded yet. Try again with a signal.',
  phone: 'This phone',
  nothingOnlyHere: 'Nothing exists only here. The commune has it all.',
  drafts: (n) => (n === 0 ? 'No drafts.' : `${n} ${n === 1 ? 'draft' : 'drafts'}, only on this phone.`),
  kept: 'The phone promises to keep what you write.',
  notKept: 'The phone has not promised to keep it for long. Add Gần Dân to the home screen and send often.',
  askToKeep: 'Ask the phone to keep it',
  unknownKept: 'It is not known whether the phone keeps it for long.',
  lock: 'Lock',
  lockNow: 'Lock now',
  lockHint: 'The phone locks after 5 minutes without use, or 1 minute after you leave.',
  build: 'Version',
  seeSync: 'See what was sent and what was not',
};
