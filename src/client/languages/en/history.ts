/** Who set what on a record, and when. */
import type { Messages } from '../vi.ts';

export const history: Messages['history'] = {
  title: 'What was changed, and by whom',
  asking: 'Asking the commune…',
  unnamed: 'The commune or someone else',
  first: 'first written',
  changed: 'changed',
  deleted: 'deleted it',
  cleared: 'left empty',
  quietly: 'changed what goes with it',
  notSentYet: 'Not sent yet',
  onlyKnownHere: 'This is what the phone knows. The rest needs a signal.',
  failed: (why) => `${why} Below is what this phone knows.`,
  tryAgain: 'Ask again',
  laidAside: 'not yet chosen which one stays',
  noneYet: 'Nothing to tell yet.',
  recordGone: 'This is not on the phone.',
  openRecord: 'Open it',
};
