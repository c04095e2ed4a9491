import type { fieldDay as vi } from '../vi/field-day.ts';

export const fieldDay: typeof vi = {
  closingReasons: {
    moved_away: 'Moved away', moved_hamlet: 'Moved to another hamlet of the commune', joined_other: 'Joined another household', nobody_left: 'Nobody lives there', mistake: 'Entered by mistake',
  },
  voidReasons: { wrong_household: 'Wrong household or person', entered_twice: 'Entered twice', did_not_happen: 'Did not happen', other: 'Another reason' },
  returnSettlements: { corrected: 'Corrected', stands: 'It is right as it is', withdrawn: 'The commune no longer asks' },
  termStates: {
    proposed: 'Proposed by the hamlet', joint_meeting: 'Agreed by the joint meeting', submitted: 'Sent to the commune', returned: 'Given back by the commune', recognized: 'Recognized',
    active: 'Holds the term', under_review: 'Under review', ended: 'Ended', replaced: 'Somebody took over',
  },
  termEndReasons: {
    moved: 'Moved away', health: 'Health', died: 'Died', own_request: 'Own wish', replaced: 'Somebody took over', term_end: 'End of the term', no_longer_meets: 'No longer meets the criteria',
  },
  modelFields: {
    economy: 'Economy', culture_society: 'Culture and society', defense_security: 'Defense and security', political_system: 'Political system', new_rural: 'New rural area',
  },
  modelOwnerKinds: { collective: 'Collective', individual: 'Individual' },
  modelStates: {
    registered: 'Registered', accepted: 'Accepted', returned: 'Given back', in_progress: 'Under way', self_reported: 'Reported by its owner', checked: 'Checked',
    recognized: 'Recognized', not_yet: 'Not recognized yet', maintained: 'Kept up', ended: 'Ended',
  },
  benefitOccasions: { lunar_new_year: 'Lunar New Year', ethnic_new_year: 'New Year of an ethnic group', unity_day: 'Unity day', other: 'Another occasion' },
  documentKinds: { directive: 'Directive', resolution: 'Resolution', plan: 'Plan', guidance: 'Guidance', notice: 'Notice', other: 'Other document' },
  attachmentTypes: { 'image/webp': 'Photo', 'image/jpeg': 'Photo' },
};
