/** The keys and their meaning are those of `vi/subject-rights.ts`. */
import type { Messages } from '../vi.ts';

const held: Messages['subjectRights']['held'] = {
  title: 'What is held about this household',
  open: 'What is held about this household',
  openHint: 'Open it to show at the door, or print it.',
  areaKinds: {
    tinh: 'province', thanh_pho: 'city', xa: 'commune', phuong: 'ward', dac_khu: 'special zone', xom: 'hamlet', thon: 'hamlet', ban: 'hamlet', to_dan_pho: 'residential group',
  },
  seenAt: (when) => `Seen at ${when}`,
  print: 'Print on paper',

  aboutTitle: 'About the household',
  keptFor: {
    no: 'to find the household in the hamlet’s book',
    headName: 'to call people by their name',
    houseLabel: 'to find the way; no place on a map is kept',
    phone: 'to call before coming',
    members: 'to reckon enough when there is support',
    needs: 'so that nobody is left out when there is support',
    sourceListId: 'the needs come from this official list, the team writes none itself',
    contact: 'whether the household lets its name and phone number be kept',
    lang: 'to send somebody who speaks it; this is not ethnicity',
  },
  notKept: 'not kept',
  list: (id) => `a list of the commune, number ${id}`,
  other: (who, value) => `${who} wrote otherwise: ${value}. Nobody has chosen yet.`,
  otherGone: (who) => `${who} wants this given up. Nobody has chosen yet.`,
  someone: 'Somebody else',
  firstWritten: (who, when) => `First written by ${who}, ${when}.`,
  byList: 'a list of the commune, or somebody who has left the team',

  visitsTitle: 'Visits',
  noVisits: 'No visit is written down.',
  visit: (day, purpose) => `${day} · ${purpose}`,
  whoCame: 'Who came',
  formerMember: 'somebody who has left the team',
  withFeedback: 'Feedback with it',
  withFeedbackBelow: (n) => `${n}, named, further down`,
  withDeliveries: 'Support with it',
  writtenAt: 'Written at',
  standing: 'This entry',
  standings: { on_this_phone: 'is only on this phone so far', sent: 'is at the commune', needs_you: 'is not in the commune’s book yet, it is being looked at' },

  feedbackTitle: 'Named feedback of the household',
  noFeedback: 'No named feedback belongs to this household.',
  feedbackNow: 'So far',
  way: 'What was done',
  field: 'The commune asked about',

  draftsTitle: 'Half written',
  draft: (when) => `Written at ${when}, not saved, only on this phone.`,

  readersTitle: 'Who can read it',
  people: (n) => (n === 1 ? '1 person' : `${n} people`),
  team: (place) => `Hamlet team of ${place}`,
  bloc: (place) => `Bloc of ${place}`,
  readersKnown: 'Counted from the list this phone has.',
  readerUnits: 'The unit that answers feedback reads only what is assigned to it, and learns the name where it was agreed.',
  readerNobody: 'Other hamlets, the administrator of accounts, the province: no. The province gets counts, never a name.',
  readerHost: 'The original lies on the commune’s server. Whoever looks after the server may not read it.',

  neverTitle: 'Never kept',
  never: [
    'Belief or none, party, opinions, who voted for whom',
    'Ethnicity, illness, card numbers, children’s names',
    'The house’s place on a map, faces, fingerprints, voices',
    'Scores, ranks, judgements of people',
    'What a complaint or denunciation says',
    'Which household said something with the name withheld',
  ],

  unknownTitle: 'What this phone does not know',
  heardAt: (when) => `This phone last heard the commune at ${when}. What others wrote since is not here yet.`,
  notHeardYet: 'This phone has never heard the commune, so something may be missing.',
  unsentElsewhere: 'What others of the team wrote and have not sent is not here yet.',
  historyAtCommune: 'Who changed what, and when: the commune keeps it. With a signal, open it below.',
  historyOffline: 'Who changed what, and when: the commune keeps it, and it takes a signal to see it. There is none now.',
  feedbackElsewhere: 'Named feedback said at a meeting or on the phone belongs to no household. Feedback about staff is not on the team’s phones. Take the receipt code to the commune to ask.',
  peopleRegister: 'If a prestigious person lives here, their register is kept apart.',
};

export const subjectRights: Messages['subjectRights'] = { held };
