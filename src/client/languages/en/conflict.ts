/** Two people gave one field different values: which one stays? */
import type { Messages } from '../vi.ts';

export const conflict: Messages['conflict'] = {
  listTitle: 'Two people wrote different things',
  asks: {
    phone: (who) => `${who} changed this number too. Which one stays?`,
    citizenPhone: (who) => `${who} changed the citizen’s number too. Which one stays?`,
    headName: (who) => `${who} changed the name of the household’s head too. Which one stays?`,
  },
  ask: (who, field) => `${who} changed “${field}” too. Which one stays?`,
  askAmongOthers: (field) => `People wrote different things in “${field}”. Which one stays?`,
  askDeleted: (who) => `${who} wished this gone, and someone went on writing in it. Keep it?`,
  keep: 'Keep it',
  drop: 'Delete it',
  dropAsk: 'Delete it for the whole team?',
  you: 'You',
  someone: 'Someone else',
  wrote: (who, when) => `${who} wrote it · ${when}`,
  wished: (who, when) => `${who} wished it gone · ${when}`,
  shownNow: 'shown now',
  leftEmpty: 'Left empty',
  version: (who) => `As ${who} wrote it`,
  other: 'Write another',
  otherOf: { phone: 'Write another number', citizenPhone: 'Write another number', headName: 'Write another name' },
  otherLabel: (field) => `${field} should be`,
  takeOther: 'Keep this one',
  next: (n) => `${n} more to choose after this one.`,
  saved: (field, value) => `Saved on this phone: ${field} is ${value}. It will be sent when there is a signal.`,
  savedKept: 'Saved on this phone: it stays. It will be sent when there is a signal.',
  savedGone: 'Saved on this phone: it goes. It will be sent when there is a signal.',
  undone: (field, value) => `Put back: ${field} is ${value}. You can choose again above.`,
  othersChoose: 'People wrote different things here. The team in charge chooses; both are kept.',
};
