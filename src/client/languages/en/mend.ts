/** Mending an entry that was not accepted. */
import type { Messages } from '../vi.ts';

export const mend: Messages['mend'] = {
  title: 'Mend and send again',
  open: 'Mend and send again',
  thisOne: 'This was not accepted.',
  save: 'Save and send again',
  leaveOut: 'Leave this out',
  putBack: 'Put it back',
  emptied: 'emptied',
  nothingLeft: 'Everything was left out, so there is nothing to send. To give it up, press “Drop this one”.',
  notThere: 'This no longer needs mending.',
};
