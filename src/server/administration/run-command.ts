/** Carries out one command of the administration and says, in lines, what was done. */
import { creation, entryOf } from '#domain/command.ts';
import { dayOf } from '#domain/identifiers.ts';
import { withoutDiacritics } from '#domain/vietnamese-text.ts';
import { writeReception } from '#domain/write-reception.ts';
import { applyAll } from './apply-all.ts';
import { areaErrorText, areaImportReport } from './area-report.ts';
import { importAreas } from './area-import.ts';
import { runImportBundle } from './bundle-command.ts';
import { hasCommune, unknownCommune } from './command-desk.ts';
import type { CommandDesk, CommandOf } from './command-desk.ts';
import type { AdminCommand } from './command-line.ts';
import { runListImport } from './list-command.ts';
import { localTime } from './local-time.ts';
import { runAssign, runCancelInvitation, runInvite, runInviteAgain, runListMembers } from './member-commands.ts';
import { numberText } from './number-text.ts';
import { chooseSheet, openTable } from './open-table.ts';
import { runUndoImport } from './undo-command.ts';

/** Done, or not: the process ends with 0 or 1. */
export async function runCommand(command: Exclude<AdminCommand, { name: 'help' }>, desk: CommandDesk): Promise<boolean> {
  switch (command.name) {
    case 'import-areas':
      return await runAreaImport(command.file, desk);
    case 'import-list': {
      const sheets = await openTable(command.file, desk.print);
      return sheets !== undefined && (await runListImport(command, sheets, desk));
    }
    case 'undo-import':
      return await runUndoImport(command, desk);
    case 'import-bundle':
      return await runImportBundle(command, desk);
    case 'add-unit':
      return await runAddUnit(command, desk);
    case 'set-reception':
      return await runSetReception(command, desk);
    case 'invite':
      return await runInvite(command, desk);
    case 'invite-again':
      return await runInviteAgain(command, desk);
    case 'assign':
      return await runAssign(command, desk);
    case 'list-members':
      return await runListMembers(command, desk);
    case 'cancel-invitation':
      return await runCancelInvitation(command, desk);
    case 'list-devices':
      return await runListDevices(command.communeCode, desk);
    case 'revoke':
      return await runRevoke(command, desk);
    case 'erase':
      return await runErase(command, desk);
    case 'retain':
      return await runRetain(command, desk);
    case 'verify-audit':
      return await runVerifyAudit(desk);
  }
}

const nothingWritten = 'Chưa ghi gì vào sổ.';

async function runAreaImport(file: string, { endpoint, context, print }: CommandDesk): Promise<boolean> {
  const sheets = await openTable(file, print);
  if (sheets === undefined) return false;
  const done = await importAreas(endpoint, chooseSheet(sheets, () => true, print), context);
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

async function runSetReception({ communeCode, place, hours }: CommandOf<'set-reception'>, { endpoint, context, print }: CommandDesk): Promise<boolean> {
  const commune = (await endpoint.records(communeCode, 'area')).find((area) => area.recordId === communeCode);
  if (commune === undefined) {
    print(unknownCommune(communeCode));
    return false;
  }
  const entry = writeReception(commune, { receptionPlace: place, receptionHours: hours }, context);
  if (!entry.ok) {
    print(`Mã ${communeCode} không phải của một xã. ${nothingWritten}`);
    return false;
  }
  if (entry.value === undefined) {
    print('Không có gì thay đổi.');
    return true;
  }
  await applyAll(endpoint, [{ communeCode, drafts: [entry.value] }]);
  print(`Đã ghi nơi tiếp công dân: ${place}; ${hours}.`);
  return true;
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

async function runErase({ communeCode, recordId }: CommandOf<'erase'>, { endpoint, print }: CommandDesk): Promise<boolean> {
  if (!(await endpoint.eraseRecord(communeCode, recordId))) {
    print(`Xã ${communeCode} không có mục ${recordId} để xóa. Nơi chốn và đơn vị thì không xóa.`);
    return false;
  }
  print(`Đã xóa vĩnh viễn mục ${recordId} cùng những gì thuộc về nó. Mỗi máy bỏ bản của mình ở lần kết nối tới.`);
  return true;
}

/** By hand the day is believed: so it is said first which one. */
async function runRetain({ dryRun }: CommandOf<'retain'>, { endpoint, context, print }: CommandDesk): Promise<boolean> {
  print(`Theo đồng hồ của máy, hôm nay là ${dayOf(context.now)}.`);
  const reports = await endpoint.retain({ isTrial: dryRun });
  const done = dryRun ? 'sẽ bỏ' : 'đã bỏ';
  for (const { communeCode, counts } of reports) {
    const told = Object.entries(counts).map(([kind, n]) => `${kind} ${numberText(n)}`);
    print(`${communeCode}  ${told.length === 0 ? 'chưa có gì hết hạn giữ' : `${done}: ${told.join(', ')}`}`);
  }
  if (reports.length === 0) print('Chưa có xã nào.');
  return true;
}

async function runVerifyAudit({ endpoint, print }: CommandDesk): Promise<boolean> {
  const chains = await endpoint.auditChains();
  for (const { communeCode, lines, lastHash, brokenAt } of chains) {
    const found = brokenAt === undefined ? 'nguyên vẹn' : `SAI từ dòng ${numberText(brokenAt)}: bị sửa hoặc bị bỏ`;
    print(`${communeCode}  ${numberText(lines)} dòng  dấu cuối ${lastHash}  ${found}`);
  }
  if (chains.length === 0) print('Chưa có dòng nhật ký nào.');
  return chains.every(({ brokenAt }) => brokenAt === undefined);
}
