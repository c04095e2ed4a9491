/** Where each screen lives. Screens link through these; the router in client/app matches the same shapes. */
export const paths = {
  today: () => '/',
  households: () => '/ho',
  household: (id: string) => `/ho/${id}`,
  /** The log form of a household; `draftId` opens the draft that was left. */
  newVisit: (householdId: string, draftId?: string) => `/ho/${householdId}/tham${draftId === undefined ? '' : `?nhap=${draftId}`}`,
  people: () => '/uy-tin',
  person: (id: string) => `/uy-tin/${id}`,
  newContact: (personId: string, draftId?: string) => `/uy-tin/${personId}/gap${draftId === undefined ? '' : `?nhap=${draftId}`}`,
  feedbackList: () => '/y-kien',
  newFeedback: (draftId?: string) => `/y-kien/moi${draftId === undefined ? '' : `?nhap=${draftId}`}`,
  feedback: (id: string) => `/y-kien/${id}`,
  tell: (id: string) => `/y-kien/${id}/bao`,
  review: () => '/xu-ly',
  reviewOne: (id: string) => `/xu-ly/${id}`,
  sync: () => '/gui-nhan',
  settings: () => '/cai-dat',
  enrol: '/moi',
} as const;
