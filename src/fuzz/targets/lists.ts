/** Lists of an office, spoiled: mapping, reading and planning must give an answer, and what is planned must hold. */
import { checkEntry } from '#domain/change.ts';
import type { RecordState } from '#domain/record.ts';
import { listLayouts } from '#lists/layout.ts';
import type { ListLayout } from '#lists/layout.ts';
import { proposeMapping } from '#lists/mapping.ts';
import { planImport } from '#lists/plan-import.ts';
import { readList } from '#lists/read-list.ts';
import { createNewId, createNewRandomId } from '#sync/new-id.ts';
import type { Chance } from '#simulation/chance.ts';
import { readSheets } from '#tables/read-sheets.ts';
import { now } from '../commune.ts';
import { mutateBytes, mutateText } from '../mutate.ts';
import { Harm, parserTarget } from '../target.ts';
import type { Target } from '../target.ts';

const lists: Readonly<Record<ListLayout, string>> = {
  households:
    'DANH SÁCH HỘ\nSTT;Xóm;Họ và tên chủ hộ;Số khẩu;Địa chỉ;SĐT;Hộ nghèo;Hộ cận nghèo;Dân tộc\n1;Ngọc Sơn;Nông Văn Sơn;5;đầu cầu;0900000001;x;;Tày\n2;Ngọc Sơn;Lý Thị Mẩy;4;"cạnh ""nhà"" văn hóa";912345678;;x;Dao\nTổng cộng: 2 hộ\n',
  prestigious:
    'STT;Họ và tên;Năm sinh;;Nơi cư trú (xóm, xã);Đảng viên;Số QĐ công nhận;Ngày công nhận\n;;Nam;Nữ;;;;\n1;Lý Văn Páo;1960;;Xóm Ngọc Sơn, xã Quang Hán;x;12/QĐ-UBND;5/3/2023\n2;Nông Thị Lan;;1955;xóm Nà Thoong;;12/QĐ-UBND ngày 5/3/2023;\n',
  feedback:
    'STT;Ngày tiếp nhận;Họ và tên;Địa chỉ;Nội dung;Hình thức;Lĩnh vực;Đơn vị xử lý;Hạn xử lý;Ngày trả lời;Kết quả\n1;5/3/2026;A;Ngọc Sơn;Cầu treo đầu xóm hỏng ván;Trực tiếp;Giao thông;;;9/3/2026;Đã sửa\n2;46000;B;Ngọc Sơn;Đơn khiếu nại;Đơn;;;;;\n',
  models:
    'STT;Tên mô hình;Đơn vị/cá nhân đăng ký;Lĩnh vực;Nội dung;Số hộ tham gia;Ngày đăng ký;Ngày công nhận;Số QĐ;Kết quả\n1;Thắp sáng đường quê;Chi bộ xóm Ngọc Sơn;Nông thôn mới;Lắp đèn;86;15/1/2026;20/11/2026;45/QĐ;Số đèn: 24 cái; đường sạch\n',
};

const listId = '01990000-0000-7000-8000-000000000901';
const quangHan: RecordState<'area'> = {
  recordId: '01789', kind: 'area', areaId: '01789', version: 1, deleted: false, conflicts: [], memberId: listId, occurredAt: '2026-01-01T00:00:00+07:00',
  fields: { code: '01789', level: 'commune', kind: 'xa', name: 'Quang Hán', parent: '99904' },
};

/** In base64: the text of a table, changed here and there, in one of the encodings that come. */
export function spoiledTable(text: string, chance: Chance): string {
  const mutated = mutateText(chance.happens(0.5) ? mutateText(text, chance) : text, chance);
  const bytes = chance.happens(0.2) ? new Uint8Array(Buffer.from(`\ufeff${mutated}`, 'utf16le')) : new TextEncoder().encode(mutated);
  return Buffer.from(chance.happens(0.3) ? mutateBytes(bytes, chance) : bytes).toString('base64');
}

export function listTargets(): Target[] {
  return listLayouts.map((layout) => parserTarget(`lists of ${layout}`, 15, (chance) => spoiledTable(lists[layout], chance), async (input: string) => {
    const read = await readSheets(new Uint8Array(Buffer.from(input, 'base64')));
    if (!read.ok) return false;
    for (const sheet of read.value.sheets) proposeMapping(sheet, layout);
    const list = readList(read.value.sheets, layout, {}, { today: '2026-11-22', sourceListId: listId, hamlets: [] });
    if (!list.ok) return false;
    let drawn = 0;
    const random = (length: number) => Uint8Array.from({ length }, () => (drawn = (drawn * 1_103_515_245 + 12_345) % 2_147_483_648) >> 16);
    const context = { now, newId: createNewId(() => now, random), newRandomId: createNewRandomId(random), random, memberId: listId };
    const plan = planImport(list.value, { commune: quangHan, hamlets: [] }, { answers: {}, otherwise: 'merge', allowsNewHamlets: true, allowsAboutStaff: true }, context);
    if (plan.entries.some((entry) => checkEntry(entry) !== undefined)) throw new Harm('a planned entry breaks a rule');
    return true;
  }));
}
