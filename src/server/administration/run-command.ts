/** Carries out one command of the administration and says, in lines, what was done. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { creation, entryOf } from '#domain/command.ts';
import type { CommandContext } from '#domain/command.ts';
import { isHamletId } from '#domain/identifiers.ts';
import type { Assignment } from '#domain/role.ts';
import { withoutDiacritics } from '#domain/vietnamese-text.ts';
import { areaTitle } from '../area-title.ts';
import type { Endpoint } from '../endpoint.ts';
import { invitationLink } from '../environment.ts';
import { applyAll } from './apply-all.ts';
import { areaErrorText, areaImportReport } from './area-report.ts';
import { importAreas } from './area-import.ts';
import type { AdminCommand } from './command-line.ts';
import { readTable, writeTable } from './csv.ts';
import type { TableError, TableRow } from './csv.ts';
import { readHouseholds, writeHouseholds } from './household-import.ts';
import { listErrorText, readingReport, wrongRowsReport, wrongRowsTable } from './household-report.ts';
import { numberText } from './number-text.ts';

export interface CommandDesk {
  readonly endpoint: Endpoint;
  /** What the administrator's links begin with, without a slash at the end. */
  readonly publicUrl: string;
  /** The endpoint itself as author. */
  readonly context: CommandContext;
  readonly print: (line: string) => void;
}

/** Done, or not: the process ends with 0 or 1. */
export async function runCommand(command: Exclude<AdminCommand, { name: 'help' }>, desk: CommandDesk): Promise<boolean> {
  switch (command.name) {
    case 'import-areas':
      return await runAreaImport(command.file, desk);
    case 'import-households':
      return await runHouseholdImport(command, desk);
    case 'add-unit':
      return await runAddUnit(command, desk);
    case 'invite':
      return await runInvite(command, desk);
    case 'invite-again':
      return await runInviteAgain(command, desk);
    case 'list-devices':
      return await runListDevices(command.communeCode, desk);
    case 'revoke':
      return await runRevoke(command, desk);
  }
}

type CommandOf<N extends AdminCommand['name']> = Extract<AdminCommand, { name: N }>;

const nothingWritten = 'Chưa ghi gì vào sổ.';
const unknownCommune = (communeCode: string) => `Chưa có xã mang mã ${communeCode}. Hãy nạp danh mục tỉnh, xã trước (import-areas).`;

async function runAreaImport(file: string, { endpoint, context, print }: CommandDesk): Promise<boolean> {
  const rows = openTable(file, print);
  if (rows === undefined) return false;
  const done = await importAreas(endpoint, rows, context);
  if (done.ok) {
    for (const line of areaImportReport(done.value)) print(line);
    return true;
  }
  if (done.error.code === 'missing_columns') print(`Dòng 1 thiếu cột: ${done.error.columns.join(', ')}.`);
  else {
    for (const error of done.error.errors) print(areaErrorText(error));
    print(`Đã đọc ${numberText(done.error.read)} dòng, ${numberText(done.error.errors.length)} lỗi.`);
  }
  print(nothingWritten);
  return false;
}

async function runHouseholdImport(command: CommandOf<'import-households'>, { endpoint, context, print }: CommandDesk): Promise<boolean> {
  const rows = openTable(command.file, print);
  if (rows === undefined) return false;
  const read = await readHouseholds(endpoint, rows, command, context);
  if (!read.ok) {
    print(
      read.error.code === 'unknown_commune'
        ? unknownCommune(command.communeCode)
        : listErrorText(read.error),
    );
    print(nothingWritten);
    return false;
  }
  const { list, plan } = read.value;
  for (const line of [...readingReport(list, plan), ...wrongRowsReport(plan.wrong)]) print(line);
  const mayWrite = plan.wrong.length === 0 || command.skipBad !== undefined;
  if (!mayWrite) {
    print(`${numberText(plan.wrong.length)} dòng sai. ${nothingWritten} Sửa danh sách rồi nạp lại, hoặc thêm --skip-bad TỆP_LỖI.`);
    return false;
  }
  if (command.dryRun) {
    print(`Chỉ đọc thử: sẽ ghi ${numberText(plan.create.length)} hộ. ${nothingWritten}`);
    if (plan.wrong.length > 0) print(`${numberText(plan.wrong.length)} dòng sai.`);
    return plan.wrong.length === 0;
  }
  if (plan.wrong.length > 0 && command.skipBad !== undefined) {
    const table = writeTable(wrongRowsTable(list, plan.wrong));
    if (!createFile(command.skipBad, table, print)) return false;
  }
  let isWritten = false;
  try {
    isWritten = (await writeHouseholds(endpoint, command, read.value, context)) === 'written';
  } finally {
    if (!isWritten && plan.wrong.length > 0 && command.skipBad !== undefined) rmSync(command.skipBad, { force: true });
  }
  if (!isWritten) {
    print(`Sổ vừa có thay đổi trong lúc nạp. ${nothingWritten} Hãy chạy lại lệnh này.`);
    return false;
  }
  print(plan.create.length === 0 ? 'Không có gì thay đổi.' : `Đã ghi ${numberText(plan.create.length)} hộ vào sổ.`);
  if (plan.wrong.length > 0) print(`${numberText(plan.wrong.length)} dòng sai không ghi, đã chép sang ${command.skipBad ?? ''}.`);
  return true;
}

async function runAddUnit({ communeCode, unitName }: CommandOf<'add-unit'>, { endpoint, context, print }: CommandDesk): Promise<boolean> {
  if (!(await hasCommune(communeCode, endpoint, print))) return false;
  const units = await endpoint.records(communeCode, 'unit');
  if (units.some((unit) => withoutDiacritics(unit.fields.name) === withoutDiacritics(unitName))) {
    print(`Xã này đã có đơn vị “${unitName}”. ${nothingWritten}`);
    return false;
  }
  const unitId = context.newId();
  const unit = creation('unit', communeCode, unitId, { kind: 'office', name: unitName });
  if (!unit.ok) throw new Error(`a unit with a name is refused: ${unit.error.code}`);
  const entry = entryOf([unit.value], context);
  if (!entry.ok) throw new Error(`a unit's entry is refused: ${entry.error.code}`);
  await applyAll(endpoint, [{ communeCode, drafts: [entry.value] }]);
  print(`Đã thêm đơn vị ${unitName}, mã ${unitId}.`);
  return true;
}

async function hasCommune(communeCode: string, endpoint: Endpoint, print: CommandDesk['print']): Promise<boolean> {
  const areas = await endpoint.records(communeCode, 'area');
  if (areas.some((area) => area.recordId === communeCode)) return true;
  print(unknownCommune(communeCode));
  return false;
}

async function runInvite(command: CommandOf<'invite'>, desk: CommandDesk): Promise<boolean> {
  const { endpoint, print } = desk;
  const { communeCode, role, hamletId } = command;
  if (!(await hasCommune(communeCode, endpoint, print))) return false;
  const areas = await endpoint.records(communeCode, 'area');
  if (hamletId !== undefined && !areas.some((area) => area.recordId === hamletId)) {
    const hamlets = areas.filter((area) => isHamletId(area.recordId));
    print(`Xã này không có xóm mang mã ${hamletId}. Các xóm: ${hamlets.map((area) => `${area.recordId} ${areaTitle(area.fields)}`).join(', ')}.`);
    return false;
  }
  const unitId = command.unit === undefined ? undefined : await findUnit(communeCode, command.unit, endpoint, print);
  if (command.unit !== undefined && unitId === undefined) return false;
  const assignment: Assignment = {
    role,
    ...(hamletId === undefined ? {} : { hamletId }),
    ...(unitId === undefined ? {} : { unitId }),
  };
  const sameName = command.isNew ? [] : await membersLike(command.memberName, communeCode, assignment, endpoint);
  if (sameName.length > 0) {
    print(`Đã có người tên ${command.memberName} với vai trò này ở nơi này: ${sameName.join(', ')}. Chưa tạo thư mời.`);
    print('Nếu là người ấy dùng máy mới, hãy mời bằng --member MÃ_NGƯỜI. Nếu là người khác trùng tên, thêm --new.');
    return false;
  }
  return await invite({ communeCode, name: command.memberName, assignments: [assignment] }, desk);
}

/** A new phone for one who is there: what they saved and said stays theirs. */
async function runInviteAgain({ communeCode, memberId }: CommandOf<'invite-again'>, desk: CommandDesk): Promise<boolean> {
  const member = (await desk.endpoint.records(communeCode, 'member')).find((known) => known.recordId === memberId);
  if (member === undefined) {
    desk.print(`Xã ${communeCode} không có người mang mã ${memberId}. Mã có trong list-devices.`);
    return false;
  }
  return await invite({ communeCode, name: member.fields.name, assignments: [member.fields], memberId }, desk);
}

async function invite(args: Parameters<Endpoint['createInvitation']>[0], { endpoint, publicUrl, print }: CommandDesk): Promise<boolean> {
  const made = await endpoint.createInvitation(args);
  const [assignment] = args.assignments;
  print(`Thư mời cho ${args.name} (${assignment?.role ?? ''}, mã ${made.memberId}), dùng một lần, đến ${localTime(made.expiresAt)}:`);
  print(invitationLink(publicUrl, made.invitation));
  return true;
}

/** Ids of members of that name in that role and place. */
async function membersLike(name: string, communeCode: string, { role, hamletId, unitId }: Assignment, endpoint: Endpoint): Promise<string[]> {
  return (await endpoint.records(communeCode, 'member'))
    .filter(({ fields }) => withoutDiacritics(fields.name) === withoutDiacritics(name))
    .filter(({ fields }) => fields.role === role && fields.hamletId === hamletId && fields.unitId === unitId)
    .map((member) => member.recordId);
}

async function findUnit(communeCode: string, wanted: string, endpoint: Endpoint, print: CommandDesk['print']): Promise<string | undefined> {
  const units = await endpoint.records(communeCode, 'unit');
  const byName = units.filter((unit) => withoutDiacritics(unit.fields.name) === withoutDiacritics(wanted));
  const found = units.find((unit) => unit.recordId === wanted) ?? (byName.length === 1 ? byName[0] : undefined);
  if (found !== undefined) return found.recordId;
  print(byName.length > 1 ? `Có nhiều đơn vị tên “${wanted}”, hãy ghi mã.` : `Xã này không có đơn vị “${wanted}”.`);
  for (const unit of units) print(`  ${unit.recordId}  ${unit.fields.name}`);
  return undefined;
}

const deviceStates = { active: 'đang dùng', retired: 'đã thay', revoked: 'đã thu hồi' } as const;

async function runListDevices(communeCode: string | undefined, { endpoint, print }: CommandDesk): Promise<boolean> {
  const devices = await endpoint.listDevices(communeCode);
  for (const device of devices) {
    const { lastContactAt, unsent } = device;
    print(
      `${device.communeCode}  ${device.deviceId}  ${device.memberName}  người ${device.memberId}  ${deviceStates[device.state]}  ` +
        `liên lạc gần nhất ${localTime(lastContactAt)}  ${numberText(unsent)} mục chưa gửi`,
    );
  }
  print(devices.length === 0 ? 'Chưa có thiết bị nào.' : `${numberText(devices.length)} thiết bị.`);
  return true;
}

async function runRevoke({ communeCode, deviceId }: CommandOf<'revoke'>, { endpoint, print }: CommandDesk): Promise<boolean> {
  const device = (await endpoint.listDevices(communeCode)).find((known) => known.deviceId === deviceId);
  const isRevoked = device !== undefined && (await endpoint.revokeDevice(communeCode, deviceId));
  if (!isRevoked) {
    print(`Xã ${communeCode} không có thiết bị ${deviceId}.`);
    return false;
  }
  print(`Đã thu hồi thiết bị ${deviceId} của ${device.memberName}. Máy tự xóa khi kết nối lại.`);
  if (device.unsent > 0) print(`Theo lần báo cuối, nhiều nhất ${numberText(device.unsent)} mục chỉ có trên máy đó.`);
  return true;
}

function openTable(file: string, print: CommandDesk['print']): readonly TableRow[] | undefined {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    print(`Không đọc được tệp ${file}${hasCode(error, 'ENOENT') ? ': không có tệp này' : ''}.`);
    return undefined;
  }
  const table = readTable(bytes);
  if (table.ok) return table.value;
  print(`${file}: ${tableErrorText(table.error)}`);
  return undefined;
}

function tableErrorText({ code, line }: TableError): string {
  switch (code) {
    case 'empty':
      return 'tệp trống.';
    case 'spreadsheet':
      return 'đây là tệp Excel. Hãy mở ra và lưu thành “CSV UTF-8”.';
    case 'not_unicode':
      return 'chữ không phải UTF-8. Hãy mở ra và lưu thành “CSV UTF-8”.';
    case 'broken_quotes':
      return `dấu ngoặc kép bị thiếu hoặc thừa, ở dòng ${line ?? '?'} hoặc trước đó.`;
  }
}

/** Never over another file: it may hold the rows of an earlier import that nobody has mended yet. */
function createFile(path: string, text: string, print: CommandDesk['print']): boolean {
  try {
    writeFileSync(path, text, { flag: 'wx', mode: 0o600 });
    return true;
  } catch (error) {
    print(hasCode(error, 'EEXIST') ? `Tệp ${path} đã có, không ghi đè. Hãy chọn tên khác.` : `Không tạo được tệp ${path}.`);
    print(nothingWritten);
    return false;
  }
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}

const timeFormat = new Intl.DateTimeFormat('vi', { dateStyle: 'short', timeStyle: 'short', timeZone: 'Asia/Ho_Chi_Minh' });

function localTime(epochMs: number): string {
  return timeFormat.format(epochMs);
}
