/** The commands about people: who is invited, and what they hold. */
import { isHamletId } from '#domain/identifiers.ts';
import type { Assignment } from '#domain/role.ts';
import { withoutDiacritics } from '#domain/vietnamese-text.ts';
import { areaTitle } from '#domain/place-name.ts';
import type { Endpoint } from '../endpoint.ts';
import type { OfficeRefusal } from '../office-refusal.ts';
import { invitationLink } from '../environment.ts';
import { hasCommune } from './command-desk.ts';
import type { CommandDesk, CommandOf } from './command-desk.ts';
import { localTime } from './local-time.ts';
import { numberText } from './number-text.ts';

export async function runInvite(command: CommandOf<'invite'>, desk: CommandDesk): Promise<boolean> {
  const { endpoint, print } = desk;
  const { communeCode } = command;
  const assignment = await assignmentOf(command, desk);
  if (assignment === undefined) return false;
  const sameName = command.isNew ? [] : await membersLike(command.memberName, communeCode, assignment, endpoint);
  if (sameName.length > 0) {
    print(`Đã có người tên ${command.memberName} với vai trò này ở nơi này: ${sameName.join(', ')}. Chưa tạo thư mời.`);
    print('Nếu là người ấy dùng máy mới, hãy mời bằng --member MÃ_NGƯỜI. Nếu là người khác trùng tên, thêm --new.');
    return false;
  }
  return await invite({ communeCode, name: command.memberName, assignments: [assignment] }, desk);
}

/** A new phone for one who is there: what they saved and said stays theirs. */
export async function runInviteAgain({ communeCode, memberId }: CommandOf<'invite-again'>, desk: CommandDesk): Promise<boolean> {
  const member = (await desk.endpoint.records(communeCode, 'member')).find((known) => known.recordId === memberId);
  if (member === undefined) {
    desk.print(unknownMember(communeCode, memberId));
    return false;
  }
  return await invite({ communeCode, name: member.fields.name, assignments: [member.fields], memberId }, desk);
}

/** From today on exactly this role; what else was held has ended. */
export async function runAssign(command: CommandOf<'assign'>, desk: CommandDesk): Promise<boolean> {
  const { endpoint, print } = desk;
  const { communeCode, memberId } = command;
  const assignment = await assignmentOf(command, desk);
  if (assignment === undefined) return false;
  const changed = await endpoint.changeAssignments(communeCode, memberId, [assignment]);
  if (!changed.ok) {
    print(`${refusalText(changed.error, { communeCode, memberId })} Chưa đổi gì.`);
    return false;
  }
  const member = (await endpoint.records(communeCode, 'member')).find((known) => known.recordId === memberId);
  const place = assignment.hamletId ?? assignment.unitId ?? communeCode;
  print(`Từ hôm nay ${member?.fields.name ?? memberId} giữ vai trò ${assignment.role} ở ${place}. Vai trò khác đã hết từ hôm qua.`);
  print('Máy của người ấy đổi theo ở lần kết nối tới. Mục viết cho nơi cũ mà chưa gửi không mất: tổ trưởng nơi ấy hoặc khối dân vận xã xem và quyết định.');
  return true;
}

export async function runListMembers({ communeCode }: CommandOf<'list-members'>, { endpoint, print }: CommandDesk): Promise<boolean> {
  if (!(await hasCommune(communeCode, endpoint, print))) return false;
  const members = await endpoint.listMembers(communeCode);
  for (const { memberId, name, roles, devices, invitations } of members) {
    const inUse = devices.filter(({ state }) => state === 'active').length;
    print(`${memberId}  ${name}  ${numberText(inUse)} máy đang dùng`);
    for (const { assignment, fromDay, toDay } of roles) {
      const place = assignment.hamletId ?? assignment.unitId ?? communeCode;
      print(`  ${assignment.role}  ${place}  từ ${fromDay}${toDay === undefined ? '' : ` đến hết ${toDay}`}`);
    }
    for (const { invitationId, expiresAt } of invitations) print(`  thư mời ${invitationId}  dùng được đến ${localTime(Date.parse(expiresAt))}`);
  }
  print(members.length === 0 ? 'Chưa có ai.' : `${numberText(members.length)} người.`);
  return true;
}

export async function runCancelInvitation({ communeCode, invitationId }: CommandOf<'cancel-invitation'>, { endpoint, print }: CommandDesk): Promise<boolean> {
  const isCancelled = await endpoint.cancelInvitation(communeCode, invitationId);
  print(isCancelled ? 'Đã thu lại thư mời: không máy nào vào được bằng thư này nữa.' : `Xã ${communeCode} không có thư mời nào như vậy còn dùng được. Mã có trong list-members.`);
  return isCancelled;
}

const unknownMember = (communeCode: string, memberId: string) => `Xã ${communeCode} không có người mang mã ${memberId}. Mã có trong list-members.`;

/** Why an office's no, in words; a rule that the card breaks by its code and field. */
function refusalText({ code, field }: OfficeRefusal, { communeCode, memberId }: { readonly communeCode: string; readonly memberId: string }): string {
  switch (code) {
    case 'not_found':
      return unknownMember(communeCode, memberId);
    case 'last_administrator':
      return `Người này là quản trị cuối cùng của xã ${communeCode}. Hãy giao quyền quản trị cho người khác trước.`;
    case 'unknown_place':
      return 'Xóm hoặc đơn vị này không còn trong sổ của xã.';
    case 'in_the_past':
      return 'Vai trò không bắt đầu hay kết thúc trước hôm nay được.';
    case 'has_left':
      return 'Người này đã nghỉ, không còn vai trò nào.';
    case 'too_many_devices':
      return 'Người này đang dùng hai máy.';
    case 'not_your_role':
      return 'Việc này chỉ quản trị của xã được làm.';
    default:
      return `Thẻ của người này trong sổ không ghi được: ${code}${field === undefined ? '' : `, mục ${field}`}.`;
  }
}

/** Undefined: the place is not there, and it was said. */
async function assignmentOf(command: CommandOf<'invite' | 'assign'>, { endpoint, print }: CommandDesk): Promise<Assignment | undefined> {
  const { communeCode, role, hamletId, unit } = command;
  if (!(await hasCommune(communeCode, endpoint, print))) return undefined;
  const areas = await endpoint.records(communeCode, 'area');
  if (hamletId !== undefined && !areas.some((area) => area.recordId === hamletId)) {
    const hamlets = areas.filter((area) => isHamletId(area.recordId));
    print(`Xã này không có xóm mang mã ${hamletId}. Các xóm: ${hamlets.map((area) => `${area.recordId} ${areaTitle(area.fields)}`).join(', ')}.`);
    return undefined;
  }
  const unitId = unit === undefined ? undefined : await findUnit(communeCode, unit, endpoint, print);
  if (unit !== undefined && unitId === undefined) return undefined;
  return { role, ...(hamletId === undefined ? {} : { hamletId }), ...(unitId === undefined ? {} : { unitId }) };
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
