/** Where each screen lives. Screens link through these; the router in client/app matches the same shapes. */
export const paths = {
  today: () => '/',
  households: () => '/ho',
  household: (id: string) => `/ho/${id}`,
  /** The log form of a household; `draftId` opens the draft that was left. */
  newVisit: (householdId: string, draftId?: string) => `/ho/${householdId}/tham${draftId === undefined ? '' : `?nhap=${draftId}`}`,
  /** Which household was visited: what the plus opens. */
  startVisit: () => '/tham',
  /** Households where nobody was met, all at once. */
  absents: (draftId?: string) => `/tham/vang${draftId === undefined ? '' : `?nhap=${draftId}`}`,
  /** All that is held about a household: shown at the door. */
  heldAbout: (householdId: string) => `/ho/${householdId}/luu-gi`,
  correctHousehold: (householdId: string, draftId?: string) => `/ho/${householdId}/sua${draftId === undefined ? '' : `?nhap=${draftId}`}`,
  newHousehold: (draftId?: string) => `/ho/moi${draftId === undefined ? '' : `?nhap=${draftId}`}`,
  closeHousehold: (householdId: string) => `/ho/${householdId}/dong`,
  moveHousehold: (householdId: string, draftId?: string) => `/ho/${householdId}/chuyen${draftId === undefined ? '' : `?nhap=${draftId}`}`,
  mergeHousehold: (householdId: string) => `/ho/${householdId}/gop`,
  /** Whether a household lets itself be written down by name. */
  consent: (householdId: string) => `/ho/${householdId}/dong-y`,
  newRequest: (householdId: string) => `/ho/${householdId}/yeu-cau`,
  /** What citizens ask about their own records. */
  requests: () => '/yeu-cau',
  request: (id: string) => `/yeu-cau/${id}`,
  /** Bringing in a list that an office keeps in a spreadsheet. */
  importList: () => '/nhap-danh-sach',
  people: () => '/uy-tin',
  /** `purpose`: for which a talk that is logged from there is opened. */
  person: (id: string, purpose?: string) => `/uy-tin/${id}${purpose === undefined ? '' : `?viec=${purpose}`}`,
  /** `hamletId`: where nobody is yet. */
  newPerson: (hamletId?: string, draftId?: string) => `/uy-tin/moi${hamletId !== undefined ? `?xom=${hamletId}` : draftId === undefined ? '' : `?nhap=${draftId}`}`,
  correctPerson: (id: string) => `/uy-tin/${id}/sua`,
  /** The hamlet's meeting names them for a term. */
  proposeTerm: (personId: string) => `/uy-tin/${personId}/gioi-thieu`,
  /** A decision that was there before this register. */
  heldTerm: (personId: string) => `/uy-tin/${personId}/quyet-dinh`,
  termStep: (personId: string, termId: string, to: string) => `/uy-tin/${personId}/nhiem-ky/${termId}/${to}`,
  newBenefit: (personId: string) => `/uy-tin/${personId}/che-do`,
  benefit: (personId: string, benefitId: string) => `/uy-tin/${personId}/che-do/${benefitId}`,
  tetPlan: () => '/uy-tin/tet',
  officialList: () => '/uy-tin/danh-sach',
  newContact: (personId: string, { draftId, purpose }: { readonly draftId?: string | undefined; readonly purpose?: string | undefined } = {}) =>
    `/uy-tin/${personId}/gap${draftId !== undefined ? `?nhap=${draftId}` : purpose === undefined ? '' : `?viec=${purpose}`}`,
  feedbackList: () => '/y-kien',
  newFeedback: (draftId?: string) => `/y-kien/moi${draftId === undefined ? '' : `?nhap=${draftId}`}`,
  /** Where and when the commune receives citizens: a slip to print. */
  reception: () => '/noi-tiep-cong-dan',
  feedback: (id: string) => `/y-kien/${id}`,
  tell: (id: string) => `/y-kien/${id}/bao`,
  receiptSlip: (id: string) => `/y-kien/${id}/giay-hen`,
  review: () => '/xu-ly',
  reviewOne: (id: string) => `/xu-ly/${id}`,
  /** Any one record that has no page of its own kind: a visit, a talk. */
  records: () => '/phieu',
  record: (id: string) => `/phieu/${id}`,
  /** A visit that was sent, put right. */
  correctVisit: (id: string) => `/phieu/${id}/sua`,
  /** The commune asks the team about a visit. */
  returnVisit: (id: string) => `/phieu/${id}/hoi`,
  addPhotos: (id: string, draftId?: string) => `/phieu/${id}/them-anh${draftId === undefined ? '' : `?nhap=${draftId}`}`,
  photos: () => '/anh',
  photo: (id: string) => `/anh/${id}`,
  /** Entries that wait for a supervisor. */
  waiting: () => '/cho-xem',
  waitingOne: (entryId: string) => `/cho-xem/${entryId}`,
  /** The members of the commune, and one of them. */
  members: () => '/quan-ly',
  member: (memberId: string) => `/quan-ly/${memberId}`,
  newMember: () => '/quan-ly/moi',
  hamlets: () => '/xom',
  hamlet: (hamletId: string) => `/xom/${hamletId}`,
  /** Pages and documents that everybody reads. */
  handbook: () => '/so-tay',
  handbookPages: () => '/so-tay/trang',
  handbookPage: (id: string) => `/so-tay/trang/${id}`,
  newHandbookPage: (draftId?: string) => `/so-tay/trang/moi${draftId === undefined ? '' : `?nhap=${draftId}`}`,
  editHandbookPage: (id: string, draftId?: string) => `/so-tay/trang/${id}/sua${draftId === undefined ? '' : `?nhap=${draftId}`}`,
  documents: () => '/so-tay/van-ban',
  document: (id: string) => `/so-tay/van-ban/${id}`,
  newDocument: (draftId?: string) => `/so-tay/van-ban/moi${draftId === undefined ? '' : `?nhap=${draftId}`}`,
  editDocument: (id: string, draftId?: string) => `/so-tay/van-ban/${id}/sua${draftId === undefined ? '' : `?nhap=${draftId}`}`,
  audit: () => '/nhat-ky',
  mySessions: () => '/may-cua-toi',
  sync: () => '/gui-nhan',
  settings: () => '/cai-dat',
  lockPin: () => '/cai-dat/ma-pin',
  lockPasskey: () => '/cai-dat/van-tay',
  lockPassphrase: () => '/cai-dat/cum-mat-khau',
  /** Mending an entry that was not accepted. */
  mend: (deviceSeq: number) => `/gui-nhan/${deviceSeq}/sua`,
  enrol: '/moi',
  /** Open to anyone: hands in a file of somebody's sealed entries. The name stands on the poster in the commune's office. */
  bundle: '/bundle',
} as const;
