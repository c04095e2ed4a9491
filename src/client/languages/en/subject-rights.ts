/** The keys and their meaning are those of `vi/subject-rights.ts`. */
import type { Messages } from '../vi.ts';

const correct: Messages['subjectRights']['correct'] = {
  title: 'Correct the household',
  membersHint: 'From 1 to 20 people',
  labelHint: 'A landmark to find the house by, no coordinates',
  langEmpty: 'Not known',
  needsHint: 'Needs come from the commune’s official list. If they are wrong, write down a request to correct.',
  saved: 'Saved on this phone. It is sent by itself when there is a signal.',
  nothingChanged: 'Nothing was changed, so there is nothing to save.',
};

const held: Messages['subjectRights']['held'] = {
  title: 'What is held about this household',
  open: 'What is held about this household',
  openHint: 'Show it at the door, print it, correct it, take back consent, ask to erase.',
  consents: 'What they answered',
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
  theyMay: 'They may',
  correct: 'Put it right',
  writtenBy: 'Written by',
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
  historyAtCommune: 'Who changed what, and when: the commune keeps it. With a signal, open the history of each part.',
  historyOffline: 'Who changed what, and when: the commune keeps it, and it takes a signal to see it. There is none now.',
  feedbackElsewhere: 'Named feedback said at a meeting or on the phone belongs to no household. Feedback about staff is not on the team’s phones. Take the receipt code to the commune to ask.',
  peopleRegister: 'If a prestigious person lives here, their register is kept apart.',
};

const consent: Messages['subjectRights']['consent'] = {
  title: 'Whether it lets itself be written down',
  readAloud: 'Read aloud',
  text: 'The hamlet team asks to write down your name, your phone number and our visits, to remember what was promised and bring the answer to the right person. Only the team of this hamlet and the bloc of the commune read it. See it, correct it, take your consent back or ask to have it erased at any time. If you do not agree you lose nothing. Do you agree?',
  answerLabel: 'They answer',
  answers: { given: 'Agrees', refused: 'Does not agree', later: 'Ask later' },
  way: 'How',
  now: 'Today',
  past: 'What the household has answered',
  neverAnswered: 'No answer is written down.',
  line: (day, decision) => `${day} · ${decision}`,
  lineDetail: (way, wording, who) => `${way} · text read aloud, version ${wording} · written by ${who}`,
  withdraw: 'They take their consent back',
  withdrawAsk: 'They take their consent back?',
  goes: 'Leaves the book at once: name, phone number, needs.',
  stays: 'Stays: number, what the house is near, how many people, the visits written down and feedback with their name. To have that gone as well, write down a request to erase.',
  withdrawYes: 'Take it back',
  agreeAgain: 'They say themselves that they agree now',
  agreeAgainHint: 'The household did not agree, so it is not asked again. Write it only when they say so themselves.',
  saved: 'Saved on this phone. It is sent by itself when there is a signal.',
  refusedMeans: 'Saving takes name, phone number and needs out of the book. The household is visited as before, and counted as one.',
};

const reception: Messages['subjectRights']['reception'] = {
  title: 'Citizen reception',
  ofCommune: (commune) => `Citizen reception of ${commune} commune`,
  place: 'Where',
  hours: 'When',
  notWritten: 'The commune has not written its address and hours into this phone yet. Ask at the office of the People’s Committee.',
  bring: 'Bring a letter and papers if there are any. Without a letter, say it there: whoever receives you writes it down.',
  free: 'It costs nothing. If your name is to be kept secret, say so at once to whoever receives you.',
  tell: 'Tell them where to go:',
  openSlip: 'Print a slip that says where to go',
  print: 'Print this slip',
};

export const subjectRights: Messages['subjectRights'] = { held, consent, correct, reception };
