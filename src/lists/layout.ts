/**
 * The lists that an office keeps (domain model, section 8): which columns each has, and by which words their headings are known. Headings vary from office
 * to office: other case, order, without diacritics, over several rows. A column that nothing here takes up is never read past its samples.
 */

export const listLayouts = ['households', 'prestigious', 'feedback', 'models'] as const;
export type ListLayout = (typeof listLayouts)[number];

export const listFields = [
  'no', 'hamlet', 'headName', 'members', 'houseLabel', 'phone', 'poor', 'near_poor', 'policy_merit',
  'fullName', 'birthYear', 'birthYearMale', 'birthYearFemale', 'sex', 'decisionNo', 'decidedOn', 'term',
  'receivedOn', 'text', 'kind', 'channel', 'topic', 'unit', 'dueOn', 'answeredOn', 'answer',
  'title', 'owner', 'field', 'plan', 'households', 'year', 'registeredOn', 'recognizedOn', 'results',
] as const;
export type ListField = (typeof listFields)[number];

interface Layout {
  /** By field, headings without diacritics and signs. */
  readonly fields: Readonly<Partial<Record<ListField, readonly string[]>>>;
  /** What a row of the list is about: the heading row is known by it. */
  readonly key: ListField;
  /** What a list cannot do without. The hamlet may also stand above the rows, in the title or on the sheet's tab. */
  readonly needed: readonly ListField[];
  /** Beyond what is forbidden in every list: words of headings that are not read in this one. */
  readonly forbidden: readonly string[];
}

const numbers = ['stt', 'tt', 'so tt', 'so thu tu'];
const hamlets = ['xom', 'thon', 'ban', 'to dan pho', 'tdp', 'xom to dan pho', 'thon xom', 'xom thon', 'thon ban', 'thon xom ban', 'thon to dan pho'];
const phones = ['so dien thoai', 'dien thoai', 'so dt', 'sdt', 'dien thoai lien he'];

export const layouts: Readonly<Record<ListLayout, Layout>> = {
  households: {
    key: 'headName',
    needed: ['no', 'hamlet', 'headName'],
    forbidden: [],
    fields: {
      no: [...numbers, 'so ho', 'ho so'],
      hamlet: hamlets,
      headName: ['ho va ten chu ho', 'ho ten chu ho', 'ten chu ho', 'chu ho', 'ho va ten', 'ho ten'],
      members: ['so nhan khau', 'nhan khau', 'so khau', 'khau', 'so nguoi'],
      houseLabel: ['dia chi', 'cho o', 'noi o', 'vi tri nha'],
      phone: phones,
      poor: ['ho ngheo', 'ngheo'],
      near_poor: ['ho can ngheo', 'can ngheo'],
      policy_merit: ['ho chinh sach', 'gia dinh chinh sach', 'chinh sach', 'nguoi co cong', 'gia dinh co cong'],
    },
  },
  prestigious: {
    key: 'fullName',
    needed: ['fullName', 'hamlet'],
    forbidden: [],
    fields: {
      no: numbers,
      fullName: ['ho va ten', 'ho ten', 'ten', 'ho va ten nguoi co uy tin', 'ho ten nguoi co uy tin', 'nguoi co uy tin'],
      birthYear: ['nam sinh', 'ngay sinh', 'ngay thang nam sinh', 'sinh nam', 'nam sinh nam nu'],
      birthYearMale: ['nam sinh nam', 'nam'],
      birthYearFemale: ['nam sinh nu', 'nu'],
      sex: ['gioi tinh', 'gioi'],
      hamlet: [...hamlets, 'noi cu tru', 'cho o', 'noi o', 'dia chi', 'noi cu tru xom xa', 'noi thuong tru'],
      phone: phones,
      decisionNo: ['so qd cong nhan', 'so quyet dinh cong nhan', 'so qd', 'so quyet dinh', 'quyet dinh cong nhan', 'qd cong nhan', 'quyet dinh so', 'quyet dinh'],
      term: ['nhiem ky', 'giai doan'],
      decidedOn: ['ngay cong nhan', 'ngay qd', 'ngay quyet dinh', 'ngay ra quyet dinh', 'ngay thang cong nhan'],
    },
  },
  feedback: {
    key: 'text',
    needed: ['receivedOn', 'text'],
    // Whether they agreed to be named is not in the book.
    forbidden: ['ho va ten', 'ho ten', 'ten nguoi', 'ten cong dan', 'so dien thoai', 'dien thoai lien he', 'so dt', 'sdt'],
    fields: {
      no: [...numbers, 'so den'],
      receivedOn: ['ngay tiep nhan', 'ngay nhan', 'ngay thang tiep nhan', 'ngay phan anh', 'ngay den', 'thoi gian tiep nhan', 'ngay thang', 'ngay'],
      hamlet: ['dia chi', 'noi o', 'cho o', ...hamlets],
      text: ['noi dung', 'noi dung phan anh', 'noi dung kien nghi', 'noi dung phan anh kien nghi', 'tom tat noi dung', 'y kien', 'noi dung y kien'],
      kind: ['loai', 'loai y kien', 'loai don', 'phan loai'],
      channel: ['hinh thuc', 'hinh thuc tiep nhan', 'hinh thuc phan anh', 'kenh tiep nhan'],
      topic: ['linh vuc', 'linh vuc phan anh', 'nhom van de'],
      unit: ['don vi xu ly', 'don vi giai quyet', 'co quan xu ly', 'co quan giai quyet', 'don vi tra loi', 'bo phan xu ly'],
      dueOn: ['han xu ly', 'han giai quyet', 'thoi han', 'han tra loi', 'thoi han xu ly', 'thoi han giai quyet'],
      answeredOn: ['ngay tra loi', 'ngay giai quyet', 'ngay xu ly xong', 'ngay hoan thanh', 'ngay tra ket qua'],
      answer: ['ket qua', 'ket qua xu ly', 'ket qua giai quyet', 'noi dung tra loi', 'ket qua tra loi'],
    },
  },
  models: {
    key: 'title',
    needed: ['title', 'field'],
    forbidden: [],
    fields: {
      no: numbers,
      title: ['ten mo hinh', 'mo hinh', 'ten mo hinh dan van kheo', 'mo hinh dan van kheo', 'ten mo hinh dien hinh', 'ten mo hinh dang ky'],
      owner: ['don vi ca nhan dang ky', 'don vi dang ky', 'ca nhan dang ky', 'tap the ca nhan', 'tap the ca nhan dang ky', 'don vi ca nhan', 'don vi thuc hien', 'chu mo hinh'],
      field: ['linh vuc'],
      plan: ['noi dung', 'noi dung thuc hien', 'noi dung mo hinh', 'muc tieu', 'ke hoach'],
      households: ['so ho tham gia', 'so ho', 'ho tham gia'],
      hamlet: hamlets,
      year: ['nam', 'nam dang ky', 'nam thuc hien'],
      registeredOn: ['ngay dang ky', 'ngay thang dang ky'],
      recognizedOn: ['ngay cong nhan', 'ngay thang cong nhan'],
      decisionNo: ['so qd', 'so quyet dinh', 'so qd cong nhan', 'so quyet dinh cong nhan', 'quyet dinh cong nhan', 'quyet dinh so'],
      results: ['ket qua', 'ket qua thuc hien', 'hieu qua', 'ket qua dat duoc'],
    },
  },
};

export function fieldsOf(layout: ListLayout): readonly ListField[] {
  return Object.keys(layouts[layout].fields) as ListField[];
}
