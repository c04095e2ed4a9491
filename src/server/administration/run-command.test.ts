import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import writeExcelFile from 'write-excel-file/node';
import { readSheets } from '#tables/read-sheets.ts';
import { readImport, writeImport } from './list-import.ts';
import { openDesk, testNow } from './test-support.ts';
import type { Desk } from './test-support.ts';

const areaHeading = 'code,level,kind,name,parent_code';
const areas = `${areaHeading}\n04,province,tinh,Cao Bằng,\n01456,commune,xa,Quang Hán,04\n01537,commune,xa,Lý Quốc,04\n`;
const households = `STT;Xóm/Tổ dân phố;Họ và tên chủ hộ;Số nhân khẩu;Số điện thoại;Hộ nghèo;Tôn giáo;Ghi chú\r
1;Ngọc Sơn;Nông Văn Sơn;4;912345678;x;SECRET1;SECRET2\r
2;Ngọc Sơn;Lý Thị Mẩy;3;0987654321;;SECRET3;SECRET4\r
;Tổng cộng;2 hộ;;;;;\r
`;
const broken = households.replace('2;Ngọc Sơn;Lý Thị Mẩy;3', 'hai;Ngọc Sơn;Lý Thị Mẩy;ba');

let folder: string;
let desk: Desk;
const at = (name: string) => join(folder, name);
const file = (name: string, text: string) => {
  writeFileSync(at(name), text);
  return at(name);
};

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'gan-dan-'));
  desk = await openDesk();
});
afterEach(async () => {
  await desk.db.destroy();
  rmSync(folder, { recursive: true });
});

describe('import-areas', () => {
  it('loads provinces and communes and says how many', async () => {
    const { done, text } = await desk.run('import-areas', file('areas.csv', areas));
    expect(done).toBe(true);
    expect(text).toBe('1 tỉnh, thành phố và 2 xã, phường, đặc khu: 3 mới, 0 thay đổi, 0 giữ nguyên.');
    expect((await desk.endpoint.records('01456', 'area'))[0]).toMatchObject({
      recordId: '01456',
      areaId: '01456',
      fields: { code: '01456', level: 'commune', kind: 'xa', name: 'Quang Hán', parent: '99904' },
    });
  });

  it('changes nothing the second time and says so', async () => {
    await desk.run('import-areas', file('areas.csv', areas));
    const before = await desk.dump();
    const { done, text } = await desk.run('import-areas', at('areas.csv'));
    expect(done).toBe(true);
    expect(text).toContain('không có gì thay đổi');
    expect(await desk.dump()).toBe(before);
  });

  it('renames a commune and keeps the name people still say', async () => {
    await desk.run('import-areas', file('areas.csv', areas));
    const { text } = await desk.run('import-areas', file('renamed.csv', areas.replace('Lý Quốc', 'Lý Quốc Mới')));
    expect(text).toContain('01537: Lý Quốc đổi tên thành Lý Quốc Mới.');
    expect((await desk.endpoint.records('01537', 'area'))[0]?.fields).toMatchObject({ name: 'Lý Quốc Mới', formerNames: ['Lý Quốc'] });
  });

  it('writes nothing when one row is wrong, and names it by line and column', async () => {
    const before = await desk.dump();
    const { done, text } = await desk.run('import-areas', file('areas.csv', `${areas}1999,commune,xa,Sai Mã,04\n01999,commune,xa,Không Tỉnh,77\n`));
    expect(done).toBe(false);
    expect(text).toContain('Dòng 5, cột code: “1999” mã sai');
    expect(text).toContain('Dòng 6, cột parent_code: “77” không có tỉnh mang mã này');
    expect(text).toContain('Chưa ghi gì vào sổ.');
    expect(await desk.dump()).toBe(before);
  });

  it('says what is wrong with a file it cannot read', async () => {
    expect(await desk.run('import-areas', at('nowhere.csv'))).toMatchObject({ done: false, text: expect.stringContaining('không có tệp này') });
    expect(await desk.run('import-areas', file('list.xlsx', 'PK'))).toMatchObject({ done: false, text: expect.stringContaining('tệp Excel bị hỏng') });
    expect(await desk.run('import-areas', file('short.csv', 'code,name\n1,2'))).toMatchObject({
      done: false,
      text: expect.stringContaining('thiếu cột: level, kind, parent_code'),
    });
  });
});

describe('set-reception', () => {
  it('writes down where and when the commune receives citizens, once', async () => {
    await desk.run('import-areas', file('areas.csv', areas));
    const typed = ['set-reception', '--commune', '01456', '--place', 'Trụ sở UBND xã Quang Hán', '--hours', 'Thứ Năm, 7 giờ 30'] as const;
    expect(await desk.run(...typed)).toMatchObject({ done: true, text: 'Đã ghi nơi tiếp công dân: Trụ sở UBND xã Quang Hán; Thứ Năm, 7 giờ 30.' });
    expect((await desk.endpoint.records('01456', 'area'))[0]?.fields).toMatchObject({ name: 'Quang Hán', receptionPlace: 'Trụ sở UBND xã Quang Hán', receptionHours: 'Thứ Năm, 7 giờ 30' });
    expect(await desk.run(...typed)).toMatchObject({ done: true, text: 'Không có gì thay đổi.' });
  });

  it('knows no other place than a commune that is there', async () => {
    await desk.run('import-areas', file('areas.csv', areas));
    expect(await desk.run('set-reception', '--commune', '09999', '--place', 'Trụ sở', '--hours', 'Thứ Năm')).toMatchObject({ done: false });
    const province = await desk.run('set-reception', '--commune', '99904', '--place', 'Trụ sở', '--hours', 'Thứ Năm');
    expect(province).toMatchObject({ done: false, text: 'Mã 99904 không phải của một xã. Chưa ghi gì vào sổ.' });
  });
});

it('each command that writes leaves a line in the log of its commune: how many records, never a word of them', async () => {
  await desk.run('import-areas', file('areas.csv', areas));
  await desk.run('import-households', file('list.csv', households), '--commune', '01456', '--create-hamlets');
  await desk.run('add-unit', '--commune', '01456', '--name', 'Phòng Văn hóa');
  const reception = ['set-reception', '--commune', '01456', '--place', 'Trụ sở UBND', '--hours', 'Thứ Năm'] as const;
  await desk.run(...reception);
  // Nothing new to write, nothing new to tell.
  await desk.run(...reception);
  await desk.run('import-areas', at('areas.csv'));
  const lines = await desk.db.selectFrom('audit').select(['actor', 'action', 'subject']).where('communeCode', '=', '01456').orderBy('number').execute();
  expect(lines.map(({ actor, action, subject }) => `${actor} ${action} ${subject}`)).toEqual([
    'endpoint records_written 1', 'endpoint records_written 3', 'endpoint records_written 1', 'endpoint records_written 1', 'endpoint reception_changed 01456',
  ]);
});

describe('import-households', () => {
  const importing = ['--commune', '01456', '--create-hamlets'];
  beforeEach(async () => {
    await desk.run('import-areas', file('areas.csv', areas));
  });

  it('writes the households of a list and says what was read, mended and dropped', async () => {
    const { done, text } = await desk.run('import-households', file('list.csv', households), ...importing);
    expect(done).toBe(true);
    for (const said of [
      'Đã đọc 2 dòng có hộ gia đình.',
      'không được lưu: Tôn giáo, Ghi chú.',
      'Bỏ qua 1 dòng tổng cộng.',
      'Thêm lại số 0 ở đầu cho 1 số điện thoại.',
      'Xóm mới: Xóm Ngọc Sơn (01456-001).',
      'Đã ghi 2 hộ vào sổ.',
    ]) expect(text).toContain(said);
    const records = await desk.endpoint.records('01456', 'household');
    expect(records.map(({ areaId, fields }) => [areaId, fields.no, fields.headName, fields.phone, fields.contact])).toEqual([
      ['01456-001', 1, 'Nông Văn Sơn', '0912345678', 'not_asked'],
      ['01456-001', 2, 'Lý Thị Mẩy', '0987654321', 'not_asked'],
    ]);
    expect(records[0]?.fields).toMatchObject({ needs: ['poor'], sourceListId: expect.any(String) });
  });

  it('keeps nothing of a dropped column, anywhere', async () => {
    await desk.run('import-households', file('list.csv', broken), ...importing, '--skip-bad', at('bad.csv'));
    const everything = `${await desk.dump()}${readFileSync(at('bad.csv'), 'utf8')}`;
    expect(everything).toContain('Nông Văn Sơn');
    expect(everything).toContain('Lý Thị Mẩy');
    expect(everything).not.toContain('SECRET');
  });

  it('writes nothing when a row is wrong, and names each cell by line, column and value', async () => {
    const before = await desk.dump();
    const { done, text } = await desk.run('import-households', file('list.csv', broken), ...importing);
    expect(done).toBe(false);
    expect(text).toContain('Dòng 3, cột “STT”: “hai” không phải là số nguyên.');
    expect(text).toContain('Dòng 3, cột “Số nhân khẩu”: “ba” không phải là số nguyên.');
    expect(await desk.dump()).toBe(before);
  });

  it('reads a workbook, the sheet that has the list, and says which sheets it passes over', async () => {
    const cells = (rows: string) => rows.trim().split('\n').map((row) => row.split(';').map((value) => ({ value: value.trim() })));
    const workbook = writeExcelFile([{ data: cells('Ghi chú\nDanh sách năm 2026'), sheet: 'Bìa' }, { data: cells(households), sheet: 'Hộ' }]);
    writeFileSync(at('list.xlsx'), await workbook.toBuffer());
    const { done, text } = await desk.run('import-households', at('list.xlsx'), ...importing);
    expect(done).toBe(true);
    expect(text).toContain('Không đọc trang “Bìa”.');
    expect(await desk.endpoint.records('01456', 'household')).toHaveLength(2);
  });

  it('puts the wrong rows into the named file with their reasons, and the mended file comes in', async () => {
    const { done, text } = await desk.run('import-households', file('list.csv', broken), ...importing, '--skip-bad', at('bad.csv'));
    expect(done).toBe(true);
    expect(text).toContain('Đã ghi 1 hộ vào sổ.');
    const table = await readSheets(readFileSync(at('bad.csv')));
    expect(table.ok && table.value.sheets[0]?.rows.map((row) => row.cells)).toEqual([
      ['STT', 'Xóm/Tổ dân phố', 'Họ và tên chủ hộ', 'Số nhân khẩu', 'Số điện thoại', 'Hộ nghèo', 'Dòng', 'Lý do'],
      ['hai', 'Ngọc Sơn', 'Lý Thị Mẩy', 'ba', '0987654321', '', '3', expect.stringContaining('“hai” không phải là số nguyên')],
    ]);
    writeFileSync(at('bad.csv'), readFileSync(at('bad.csv'), 'utf8').replace('hai,', '2,').replace(',ba,', ',3,'));
    expect(await desk.run('import-households', at('bad.csv'), '--commune', '01456')).toMatchObject({ done: true });
    expect(await desk.endpoint.records('01456', 'household')).toHaveLength(2);
  });

  it('never writes over a file that is there, and then writes no household either', async () => {
    file('bad.csv', 'rows of last time');
    const { done, text } = await desk.run('import-households', file('list.csv', broken), ...importing, '--skip-bad', at('bad.csv'));
    expect(done).toBe(false);
    expect(text).toContain('đã có, không ghi đè');
    expect(readFileSync(at('bad.csv'), 'utf8')).toBe('rows of last time');
    expect(await desk.endpoint.records('01456', 'household')).toEqual([]);
  });

  it('writes nothing at all in a dry run', async () => {
    const before = await desk.dump();
    const { text } = await desk.run('import-households', file('list.csv', broken), ...importing, '--dry-run', '--skip-bad', at('bad.csv'));
    expect(text).toContain('sẽ ghi 1 hộ');
    expect(await desk.dump()).toBe(before);
    expect(existsSync(at('bad.csv'))).toBe(false);
  });

  it('changes nothing the second time', async () => {
    await desk.run('import-households', file('list.csv', households), ...importing);
    const before = await desk.dump();
    const { done, text } = await desk.run('import-households', at('list.csv'), ...importing);
    expect(done).toBe(true);
    expect(text).toContain('2 hộ đã có trong sổ');
    expect(text).toContain('Không có gì thay đổi.');
    expect(await desk.dump()).toBe(before);
  });

  it('tells by its end that rows are wrong, also when it only reads', async () => {
    const wrong = await desk.run('import-households', file('list.csv', broken), ...importing, '--dry-run', '--skip-bad', at('bad.csv'));
    expect(wrong).toMatchObject({ done: false, text: expect.stringContaining('1 dòng sai.') });
    expect(await desk.run('import-households', file('good.csv', households), ...importing, '--dry-run')).toMatchObject({ done: true });
  });

  it('writes no household twice when two imports plan before either writes', async () => {
    const asked = { layout: 'households', communeCode: '01456', decisions: { answers: {}, otherwise: 'keep_both', allowsNewHamlets: true, allowsAboutStaff: true } } as const;
    const table = await readSheets(readFileSync(file('list.csv', households)));
    const sheets = table.ok ? table.value.sheets : [];
    const context = { now: testNow, newId: desk.newId, newRandomId: desk.newId, random: desk.random, memberId: desk.endpoint.identity().endpointId };
    const readOnce = async () => {
      const read = await readImport(desk.endpoint, sheets, asked, context);
      if (!read.ok) throw new Error(read.error.code);
      return read.value;
    };
    const readings = await Promise.all([readOnce(), readOnce()]);
    const written = await Promise.all(readings.map((reading) => writeImport(desk.endpoint, asked, reading, context)));
    expect(written.map((plan) => plan?.counts.created)).toEqual([2, undefined]);
    expect(await desk.endpoint.records('01456', 'household')).toHaveLength(2);
    expect((await desk.endpoint.records('01456', 'area')).map(({ recordId }) => recordId)).toEqual(['01456', '01456-001']);
  });

  it('leaves no file of wrong rows behind when the records changed meanwhile', async () => {
    const other = desk.endpoint.applyOwnBatches;
    desk.endpoint.applyOwnBatches = async (batches) => {
      desk.endpoint.applyOwnBatches = other;
      await desk.run('import-households', at('list.csv'), ...importing, '--skip-bad', at('first.csv'));
      return await other(batches);
    };
    const { done, text } = await desk.run('import-households', file('list.csv', broken), ...importing, '--skip-bad', at('second.csv'));
    expect(done).toBe(false);
    expect(text).toContain('Sổ vừa có thay đổi trong lúc nạp. Chưa ghi gì vào sổ. Hãy chạy lại lệnh này.');
    expect([existsSync(at('first.csv')), existsSync(at('second.csv'))]).toEqual([true, false]);
    expect(await desk.endpoint.records('01456', 'household')).toHaveLength(1);
  });

  it('takes a list of more households than one entry holds', async () => {
    const rows = Array.from({ length: 130 }, (_, index) => `${index + 1},Ngọc Sơn,Nông Văn ${index + 1}`);
    await desk.run('import-households', file('list.csv', `STT,Xóm,Chủ hộ\n${rows.join('\n')}`), ...importing);
    expect(await desk.endpoint.records('01456', 'household')).toHaveLength(130);
  });

  it('asks for the areas first', async () => {
    const { done, text } = await desk.run('import-households', file('list.csv', households), '--commune', '09999');
    expect(done).toBe(false);
    expect(text).toContain('Chưa có xã mang mã 09999');
  });
});

describe('accounts', () => {
  beforeEach(async () => {
    await desk.run('import-areas', file('areas.csv', areas));
    await desk.run('import-households', file('list.csv', households), '--commune', '01456', '--create-hamlets');
  });

  it('makes an invitation that can be used, for the place it was made for', async () => {
    const { done, text } = await desk.run('invite', '--commune', '01456', '--role', 'team_lead', '--name', 'Lục Văn Thắng', '--hamlet', '01456-001');
    expect(done).toBe(true);
    const invitation = /^https:\/\/gan-dan\.example\/moi#(\S+)$/mu.exec(text)?.[1] ?? '';
    expect(await desk.endpoint.checkInvitation(invitation)).toMatchObject({
      ok: true,
      value: { name: 'Lục Văn Thắng', communeCode: '01456', assignments: [{ role: 'team_lead', hamletId: '01456-001' }] },
    });
  });

  it('invites nobody to a place that is not there', async () => {
    expect(await desk.run('invite', '--commune', '09999', '--role', 'bloc_officer', '--name', 'Đàm Thị Hoa')).toMatchObject({ done: false });
    expect(
      await desk.run('invite', '--commune', '01456', '--role', 'team_member', '--name', 'Đàm Thị Hoa', '--hamlet', '01456-009'),
    ).toMatchObject({ done: false, text: expect.stringContaining('01456-001 Xóm Ngọc Sơn') });
    expect(await desk.run('invite', '--commune', '01456', '--role', 'responder', '--name', 'Đàm Thị Hoa', '--unit', 'UBND')).toMatchObject({ done: false });
    expect(await desk.endpoint.records('01456', 'member')).toEqual([]);
  });

  it('does not make a second person of one who is there: it names them, and invites them to a new phone by their id', async () => {
    const hoa = ['invite', '--commune', '01456', '--role', 'bloc_officer', '--name'];
    await desk.run(...hoa, 'Đàm Thị Hoa');
    const [first] = await desk.endpoint.records('01456', 'member');
    const again = await desk.run(...hoa, 'dam thi hoa');
    expect(again.done).toBe(false);
    expect(again.text).toContain(`${first?.recordId}`);
    expect(again.text).toContain('--member MÃ_NGƯỜI');
    expect(again.text).not.toContain('/moi#');
    expect(await desk.endpoint.records('01456', 'member')).toHaveLength(1);

    const newPhone = await desk.run('invite', '--commune', '01456', '--member', first?.recordId ?? '');
    expect(newPhone.done).toBe(true);
    expect(await desk.endpoint.checkInvitation(newPhone.text.split('#')[1] ?? '')).toMatchObject({
      ok: true,
      value: { name: 'Đàm Thị Hoa', assignments: [{ role: 'bloc_officer' }] },
    });
    expect(await desk.endpoint.records('01456', 'member')).toHaveLength(1);
    expect(await desk.run('invite', '--commune', '01537', '--member', first?.recordId ?? '')).toMatchObject({ done: false });

    expect(await desk.run(...hoa, 'Đàm Thị Hoa', '--new')).toMatchObject({ done: true });
    expect(await desk.run('invite', '--commune', '01456', '--role', 'bloc_lead', '--name', 'Đàm Thị Hoa')).toMatchObject({ done: true });
    expect(await desk.endpoint.records('01456', 'member')).toHaveLength(3);
  });

  it('gives a member another role from today on, and no one a place that is not there', async () => {
    const { memberId } = await desk.endpoint.createInvitation({ communeCode: '01456', name: 'Đàm Thị Hoa', assignments: [{ role: 'bloc_officer' }] });
    const changing = ['assign', memberId, '--commune', '01456', '--role', 'team_lead', '--hamlet'];
    const { done, text } = await desk.run(...changing, '01456-001');
    expect([done, text]).toEqual([true, expect.stringContaining('Đàm Thị Hoa giữ vai trò team_lead ở 01456-001')]);
    expect(await desk.endpoint.assignmentsOf('01456', memberId)).toEqual([{ role: 'team_lead', hamletId: '01456-001' }]);
    expect((await desk.endpoint.records('01456', 'member'))[0]).toMatchObject({ areaId: '01456-001', fields: { role: 'team_lead', hamletId: '01456-001' } });
    expect(await desk.run(...changing, '01456-009')).toMatchObject({ done: false, text: expect.stringContaining('01456-001') });
    expect(await desk.run('assign', desk.newId(), '--commune', '01456', '--role', 'dpo')).toMatchObject({ done: false, text: expect.stringContaining('không có người') });
    expect(await desk.endpoint.assignmentsOf('01456', memberId)).toEqual([{ role: 'team_lead', hamletId: '01456-001' }]);
  });

  it('lists members with the days of their roles, and takes back an invitation that is open', async () => {
    expect(await desk.run('list-members', '--commune', '01456')).toEqual({ done: true, text: 'Chưa có ai.' });
    expect(await desk.run('list-members', '--commune', '09999')).toMatchObject({ done: false });
    const { memberId, invitation } = await desk.endpoint.createInvitation({ communeCode: '01456', name: 'Đàm Thị Hoa', assignments: [{ role: 'bloc_officer' }] });
    const { text } = await desk.run('list-members', '--commune', '01456');
    expect(text).toContain(`${memberId}  Đàm Thị Hoa  0 máy đang dùng\n  bloc_officer  01456  từ 2026-11-22\n  thư mời `);
    const invitationId = /thư mời (\S+)/u.exec(text)?.[1] ?? '';
    expect(text).not.toContain(invitation.slice(6));
    for (let n = 0; n < 2; n++) expect(await desk.run('cancel-invitation', invitationId, '--commune', '01456')).toMatchObject({ done: true });
    expect(await desk.endpoint.checkInvitation(invitation)).toMatchObject({ ok: false, error: { code: 'cancelled_invitation' } });
    expect((await desk.run('list-members', '--commune', '01456')).text).not.toContain('thư mời');
    expect(await desk.run('cancel-invitation', 'x', '--commune', '01456')).toMatchObject({ done: false });
  });

  it('leaves a commune its last administrator', async () => {
    const { memberId } = await desk.endpoint.createInvitation({ communeCode: '01456', name: 'Đàm Thị Hoa', assignments: [{ role: 'commune_admin' }] });
    const { done, text } = await desk.run('assign', memberId, '--commune', '01456', '--role', 'dpo');
    expect([done, text]).toEqual([false, expect.stringContaining('quản trị cuối cùng')]);
    expect(await desk.endpoint.assignmentsOf('01456', memberId)).toEqual([{ role: 'commune_admin' }]);
  });

  it('says why a role is not given, and calls nobody unknown who is there', async () => {
    const { memberId } = await desk.endpoint.createInvitation({ communeCode: '01456', name: 'Đàm Thị Hoa', assignments: [{ role: 'bloc_officer' }] });
    await desk.db.updateTable('record').set({ fields: JSON.stringify({ name: 'H', role: 'bloc_officer' }) }).where('recordId', '=', memberId).execute();
    const { done, text } = await desk.run('assign', memberId, '--commune', '01456', '--role', 'dpo');
    expect([done, text]).toEqual([false, 'Thẻ của người này trong sổ không ghi được: too_short, mục name. Chưa đổi gì.']);
    expect(await desk.endpoint.assignmentsOf('01456', memberId)).toEqual([{ role: 'bloc_officer' }]);
  });

  it('finds a unit by its name without diacritics', async () => {
    expect(await desk.run('add-unit', '--commune', '01456', '--name', 'UBND xã Quang Hán')).toMatchObject({ done: true });
    const unitId = (await desk.endpoint.records('01456', 'unit'))[0]?.recordId;
    const { text } = await desk.run('invite', '--commune', '01456', '--role', 'responder', '--name', 'Triệu Văn Phúc', '--unit', 'ubnd xa quang han');
    const check = await desk.endpoint.checkInvitation(text.split('#')[1] ?? '');
    expect(check).toMatchObject({ ok: true, value: { assignments: [{ role: 'responder', unitId }] } });
  });

  it('adds a unit once, and none to a commune that is not there', async () => {
    await desk.run('add-unit', '--commune', '01456', '--name', 'UBND xã Quang Hán');
    const again = await desk.run('add-unit', '--commune', '01456', '--name', 'ubnd xa quang han');
    expect(again).toMatchObject({ done: false, text: expect.stringContaining('đã có đơn vị') });
    expect(await desk.run('add-unit', '--commune', '09999', '--name', 'UBND xã')).toMatchObject({ done: false });
    expect((await desk.endpoint.records('01456', 'unit')).map(({ fields }) => fields)).toEqual([{ kind: 'office', name: 'UBND xã Quang Hán' }]);
  });

  it('lists devices and refuses to revoke one that is not there', async () => {
    expect(await desk.run('list-devices')).toEqual({ done: true, text: 'Chưa có thiết bị nào.' });
    expect(await desk.run('revoke', '--commune', '01456', desk.newId())).toMatchObject({ done: false });
  });

  it('erases a record for good, and says when there is nothing to erase', async () => {
    const unit = await desk.run('add-unit', '--commune', '01456', '--name', 'Trạm Y tế');
    const [hamlet] = (await desk.endpoint.records('01456', 'area')).filter((area) => area.recordId.length > 5);
    const areaId = hamlet?.recordId ?? '01456';
    const recordId = desk.newId();
    const set = { no: 77, houseLabel: 'nhà 77', contact: 'yes', headName: 'Nông Văn Bảy (mẫu)' };
    const draft = { entryId: desk.newId(), memberId: desk.newId(), occurredAt: '2026-11-22T08:00:00+07:00', changes: [{ recordId, kind: 'household' as const, areaId, base: 0, set }] };
    expect(await desk.endpoint.applyOwnEntries('01456', [draft])).toMatchObject([{ verdict: 'applied' }]);
    expect(await desk.run('erase', recordId, '--commune', '01456')).toMatchObject({ done: true, text: expect.stringContaining('xóa vĩnh viễn') });
    expect((await desk.endpoint.records('01456', 'household')).map((household) => household.recordId)).not.toContain(recordId);
    for (const other of [desk.newId(), areaId, /mã (\S+)\.$/.exec(unit.text)?.[1] ?? '']) {
      expect(await desk.run('erase', other, '--commune', '01456')).toMatchObject({ done: false });
    }
  });

  it('revokes a device that is listed', async () => {
    const { memberId } = await desk.endpoint.createInvitation({ communeCode: '01456', name: 'Đàm Thị Hoa', assignments: [{ role: 'bloc_officer' }] });
    const deviceId = desk.newId();
    await desk.db
      .insertInto('device')
      .values({
        communeCode: '01456', deviceId, memberId, state: 'active', publicKey: 'x', deliveryTokenHash: 'x',
        enrolledAt: 0, lastContactAt: 0, unsent: 3, revokedAt: null,
      })
      .execute();
    const listed = await desk.run('list-devices', '--commune', '01456');
    expect(listed.text).toContain(`${deviceId}  Đàm Thị Hoa  người ${memberId}  đang dùng`);
    const { done, text } = await desk.run('revoke', '--commune', '01456', deviceId);
    expect(done).toBe(true);
    expect(text).toContain('nhiều nhất 3 mục chỉ có trên máy đó');
    expect((await desk.endpoint.listDevices('01456'))[0]?.state).toBe('revoked');
    expect((await desk.run('list-devices', '--commune', '01537')).text).toBe('Chưa có thiết bị nào.');
  });
});
