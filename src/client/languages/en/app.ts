/** The frame around every screen: its menu, and what it says when something does not open. */
import type { Messages } from '../vi.ts';

export const app: Messages['app'] = {
  name: 'Gần Dân',
  tabs: {
    today: 'Today',
    households: 'Households',
    add: 'Log',
    addVisit: 'Log a visit',
    feedback: 'Feedback',
    people: 'Prestigious persons',
    review: 'Review feedback',
    members: 'Members',
    hamlets: 'Hamlets',
    audit: 'Audit log',
    requests: 'Requests',
    handbook: 'Handbook',
    sync: 'Send and receive',
    settings: 'Settings',
  },
  mainMenu: 'Main menu',
  opening: 'Opening…',
  updateReady: 'A new version is ready. Update when you are done?',
  updateNow: 'Update',
  updateLater: 'Later',
  notFound: 'There is no such page.',
  goHome: 'Back to the first page',
  broken: 'This screen ran into trouble. What is saved on this phone is still there.',
  reload: 'Open again',
  noFieldWork: 'You hold no role with work on this phone just now. If that is wrong, ask the commune’s administrator.',
  otherRoleWork: 'This belongs to another role. If you need it, ask the commune bloc.',
  noStorage: 'This browser keeps nothing on the phone (perhaps a private window). Open it in an ordinary window.',
};
