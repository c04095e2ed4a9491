/** Words of fields, buttons and marks, the same on every screen. */
import type { Messages } from '../vi.ts';

export const ui: Messages['ui'] = {
  back: 'Back',
  save: 'Save',
  saving: 'Saving…',
  cancel: 'Cancel',
  close: 'Close',
  done: 'Done',
  retry: 'Try again',
  copy: 'Copy',
  copied: 'Copied',
  undo: 'Undo',
  show: 'Show',
  hide: 'Hide',
  optional: 'optional',
  marks: { on_this_phone: 'on this phone', sent: 'sent', needs_you: 'needs you' },
  charactersLeft: (n) => `${n} characters left`,
};
