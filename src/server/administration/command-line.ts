/** The words of the command line: from what was typed to one command, or what is wrong with it. Touches nothing. */
import { parseArgs } from 'node:util';
import { communeCodeSchema, hamletIdSchema } from '#domain/identifiers.ts';
import { err, ok } from '#domain/result.ts';
import type { Result } from '#domain/result.ts';
import { isTeamRole, roles } from '#domain/role.ts';
import type { Role } from '#domain/role.ts';
import { tidyText } from '#domain/vietnamese-text.ts';
import type { NearAnswer } from '#lists/import-plan.ts';
import type { ListLayout } from '#lists/layout.ts';

/** Lists by the command that imports them. */
const layoutOfCommand = {
  'import-households': 'households', 'import-prestigious': 'prestigious', 'import-feedback': 'feedback', 'import-models': 'models',
} as const satisfies Record<string, ListLayout>;
type ListCommandName = keyof typeof layoutOfCommand;

const nearOptions: Readonly<Record<string, NearAnswer>> = { merge: 'merge', keep: 'keep_both', skip: 'skip' };

export type AdminCommand =
  | { readonly name: 'help' }
  | { readonly name: 'import-areas'; readonly file: string }
  | {
      readonly name: 'import-list';
      readonly layout: ListLayout;
      readonly file: string;
      readonly communeCode: string;
      readonly createHamlets: boolean;
      /** What is done with a row that may be there already. */
      readonly near: NearAnswer;
      /** Where it is noted for taking it back. */
      readonly undoFile: string | undefined;
      readonly dryRun: boolean;
      readonly skipBad: string | undefined;
    }
  | { readonly name: 'undo-import'; readonly file: string; readonly communeCode: string; readonly dryRun: boolean }
  | { readonly name: 'import-bundle'; readonly file: string; readonly receipt: string | undefined }
  | { readonly name: 'add-unit'; readonly communeCode: string; readonly unitName: string }
  | { readonly name: 'set-reception'; readonly communeCode: string; readonly place: string; readonly hours: string }
  | {
      readonly name: 'invite';
      readonly communeCode: string;
      readonly role: Role;
      readonly memberName: string;
      readonly hamletId: string | undefined;
      /** A unit's id or its name. */
      readonly unit: string | undefined;
      /** Another person of a name that is there already. */
      readonly isNew: boolean;
    }
  | { readonly name: 'invite-again'; readonly communeCode: string; readonly memberId: string }
  | {
      readonly name: 'assign';
      readonly communeCode: string;
      readonly memberId: string;
      readonly role: Role;
      readonly hamletId: string | undefined;
      readonly unit: string | undefined;
    }
  | { readonly name: 'list-members'; readonly communeCode: string }
  | { readonly name: 'cancel-invitation'; readonly communeCode: string; readonly invitationId: string }
  | { readonly name: 'list-devices'; readonly communeCode: string | undefined }
  | { readonly name: 'revoke'; readonly communeCode: string; readonly deviceId: string }
  | { readonly name: 'erase'; readonly communeCode: string; readonly recordId: string }
  | { readonly name: 'retain'; readonly dryRun: boolean }
  | { readonly name: 'verify-audit' };

const options = {
  commune: { type: 'string' },
  'create-hamlets': { type: 'boolean' },
  'dry-run': { type: 'boolean' },
  near: { type: 'string' },
  'undo-file': { type: 'string' },
  'skip-bad': { type: 'string' },
  receipt: { type: 'string' },
  place: { type: 'string' },
  hours: { type: 'string' },
  role: { type: 'string' },
  name: { type: 'string' },
  hamlet: { type: 'string' },
  unit: { type: 'string' },
  member: { type: 'string' },
  new: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;
type OptionName = keyof typeof options;

/** `invite` is typed for a new person and for one who is there; each list has a command of its own. */
type TypedName = Exclude<AdminCommand['name'], 'invite-again' | 'import-list'> | ListCommandName;

const listOptions: readonly OptionName[] = ['commune', 'create-hamlets', 'near', 'dry-run', 'skip-bad', 'undo-file'];
const optionsOf: Record<TypedName, readonly OptionName[]> = {
  help: [],
  'import-areas': [],
  'import-households': listOptions,
  'import-prestigious': listOptions,
  'import-feedback': ['commune', 'dry-run', 'skip-bad', 'undo-file'],
  'import-models': listOptions,
  'undo-import': ['commune', 'dry-run'],
  'import-bundle': ['receipt'],
  'add-unit': ['commune', 'name'],
  'set-reception': ['commune', 'place', 'hours'],
  invite: ['commune', 'role', 'name', 'hamlet', 'unit', 'member', 'new'],
  assign: ['commune', 'role', 'hamlet', 'unit'],
  'list-members': ['commune'],
  'cancel-invitation': ['commune'],
  'list-devices': ['commune'],
  revoke: ['commune'],
  erase: ['commune'],
  retain: ['dry-run'],
  'verify-audit': [],
};

const withoutArgument: readonly TypedName[] = ['add-unit', 'set-reception', 'invite', 'list-devices', 'retain', 'verify-audit'];

/** `error`: what is wrong, for the person who typed it. */
export function readCommand(typed: readonly string[]): Result<AdminCommand, string> {
  const parsed = parse(typed);
  if (!parsed.ok) return parsed;
  const { values, positionals } = parsed.value;
  const [name = 'help', ...rest] = positionals;
  if (values.help === true || name === 'help') return ok({ name: 'help' });
  if (!isCommandName(name)) return err(`Không có lệnh “${name}”.`);
  const foreign = (Object.keys(values) as OptionName[]).find((option) => !optionsOf[name].includes(option));
  if (foreign !== undefined) return err(`Lệnh ${name} không có --${foreign}.`);
  const needs = withoutArgument.includes(name) ? 0 : 1;
  if (rest.length > needs) return err(`Thừa: ${rest.slice(needs).join(' ')}.`);
  if (values.commune !== undefined && !communeCodeSchema.safeParse(values.commune).success) {
    return err(`Mã xã gồm 5 chữ số, không phải “${values.commune}”.`);
  }
  return commandOf(name, values, rest[0]);
}

type Values = Partial<Record<'commune' | 'near' | 'skip-bad' | 'undo-file' | 'receipt' | 'place' | 'hours' | 'role' | 'name' | 'hamlet' | 'unit' | 'member', string>> &
  Partial<Record<'create-hamlets' | 'dry-run' | 'new' | 'help', boolean>>;

const invitationId = /^[A-Za-z0-9_-]{43}$/u;

function parse(typed: readonly string[]): Result<{ readonly values: Values; readonly positionals: readonly string[] }, string> {
  try {
    // One id in sixty-four begins with a dash, and is no option for that.
    const ids = typed.filter((word) => invitationId.test(word));
    const args = ids.length === 0 ? typed : [...typed.filter((word) => !ids.includes(word)), '--', ...ids];
    return ok(parseArgs({ args: [...args], options, allowPositionals: true }));
  } catch (error) {
    // node:util throws a TypeError with a code for what a person can mistype; anything else is a fault of ours.
    if (!(error instanceof TypeError) || !('code' in error)) throw error;
    return err(`Không hiểu: ${error.message}`);
  }
}

function isCommandName(name: string): name is TypedName {
  return Object.hasOwn(optionsOf, name);
}

function commandOf(name: TypedName, values: Values, argument: string | undefined): Result<AdminCommand, string> {
  const communeCode = values.commune;
  switch (name) {
    case 'help':
    case 'verify-audit':
      return ok({ name });
    case 'retain':
      return ok({ name, dryRun: values['dry-run'] ?? false });
    case 'import-areas':
      return argument === undefined ? err('Thiếu tên tệp.') : ok({ name, file: argument });
    case 'import-households':
    case 'import-prestigious':
    case 'import-feedback':
    case 'import-models':
      return listCommandOf(layoutOfCommand[name], values, argument);
    case 'undo-import':
      if (communeCode === undefined) return err('Thiếu --commune MÃ_XÃ.');
      return argument === undefined ? err('Thiếu tên tệp.') : ok({ name, file: argument, communeCode, dryRun: values['dry-run'] ?? false });
    case 'import-bundle':
      return argument === undefined ? err('Thiếu tên tệp.') : ok({ name, file: argument, receipt: values.receipt });
    case 'add-unit': {
      if (communeCode === undefined) return err('Thiếu --commune MÃ_XÃ.');
      const unitName = tidyText(values.name ?? '');
      if (unitName.length < 2 || unitName.length > 120) return err('Thiếu --name TÊN_ĐƠN_VỊ (2 đến 120 chữ).');
      return ok({ name, communeCode, unitName });
    }
    case 'set-reception': {
      if (communeCode === undefined) return err('Thiếu --commune MÃ_XÃ.');
      const place = tidyText(values.place ?? '');
      const hours = tidyText(values.hours ?? '');
      if (place.length < 3 || place.length > 120) return err('Thiếu --place NƠI_TIẾP_CÔNG_DÂN (3 đến 120 chữ).');
      if (hours.length < 3 || hours.length > 120) return err('Thiếu --hours GIỜ_TIẾP (3 đến 120 chữ).');
      return ok({ name, communeCode, place, hours });
    }
    case 'invite':
      return invitationOf(values);
    case 'assign':
      return assignmentOf(values, argument);
    case 'list-members':
      return communeCode === undefined ? err('Thiếu --commune MÃ_XÃ.') : ok({ name, communeCode });
    case 'cancel-invitation':
      if (communeCode === undefined) return err('Thiếu --commune MÃ_XÃ.');
      return argument === undefined ? err('Thiếu mã thư mời.') : ok({ name, communeCode, invitationId: argument });
    case 'list-devices':
      return ok({ name, communeCode });
    case 'revoke':
      if (communeCode === undefined) return err('Thiếu --commune MÃ_XÃ.');
      return argument === undefined ? err('Thiếu mã thiết bị.') : ok({ name, communeCode, deviceId: argument });
    case 'erase':
      if (communeCode === undefined) return err('Thiếu --commune MÃ_XÃ.');
      return argument === undefined ? err('Thiếu mã mục cần xóa.') : ok({ name, communeCode, recordId: argument });
  }
}

function listCommandOf(layout: ListLayout, values: Values, file: string | undefined): Result<AdminCommand, string> {
  if (file === undefined) return err('Thiếu tên tệp.');
  if (values.commune === undefined) return err('Thiếu --commune MÃ_XÃ.');
  const { near: typed = 'keep' } = values;
  const near = Object.hasOwn(nearOptions, typed) ? nearOptions[typed] : undefined;
  if (near === undefined) return err(`--near là một trong: ${Object.keys(nearOptions).join(', ')}.`);
  return ok({
    name: 'import-list',
    layout,
    file,
    communeCode: values.commune,
    createHamlets: values['create-hamlets'] ?? false,
    near,
    dryRun: values['dry-run'] ?? false,
    skipBad: values['skip-bad'],
    undoFile: values['undo-file'],
  });
}

function invitationOf(values: Values): Result<AdminCommand, string> {
  const { commune, role, name, hamlet, unit, member, new: isNew = false } = values;
  if (commune === undefined) return err('Thiếu --commune MÃ_XÃ.');
  if (member !== undefined) {
    const isAlone = [role, name, hamlet, unit].every((value) => value === undefined) && !isNew;
    if (!isAlone) return err('--member chỉ đi cùng --commune: người ấy đã có tên, vai trò và nơi làm việc trong sổ.');
    return ok({ name: 'invite-again', communeCode: commune, memberId: member });
  }
  const held = roleInPlace(values);
  if (!held.ok) return held;
  const memberName = tidyText(name ?? '');
  if (memberName.length < 2 || memberName.length > 80) return err('Thiếu --name HỌ_TÊN (2 đến 80 chữ).');
  return ok({ name: 'invite', communeCode: commune, memberName, ...held.value, isNew });
}

function assignmentOf(values: Values, memberId: string | undefined): Result<AdminCommand, string> {
  if (memberId === undefined) return err('Thiếu mã người.');
  if (values.commune === undefined) return err('Thiếu --commune MÃ_XÃ.');
  const held = roleInPlace(values);
  return held.ok ? ok({ name: 'assign', communeCode: values.commune, memberId, ...held.value }) : held;
}

type RoleInPlace = Pick<Extract<AdminCommand, { name: 'invite' }>, 'role' | 'hamletId' | 'unit'>;

/** A role with the hamlet or unit that it needs, and no other. */
function roleInPlace({ role, hamlet, unit }: Values): Result<RoleInPlace, string> {
  if (role === undefined) return err('Thiếu --role VAI_TRÒ.');
  if (!isRole(role)) return err(`Không có vai trò “${role}”. Chọn một trong: ${roles.join(', ')}.`);
  if (isTeamRole(role) !== (hamlet !== undefined)) {
    return err(isTeamRole(role) ? `Vai trò ${role} cần --hamlet MÃ_XÓM.` : `Vai trò ${role} không gắn với xóm.`);
  }
  if (hamlet !== undefined && !hamletIdSchema.safeParse(hamlet).success) return err(`Mã xóm có dạng 01456-001, không phải “${hamlet}”.`);
  if ((role === 'responder') !== (unit !== undefined)) {
    return err(role === 'responder' ? 'Vai trò responder cần --unit MÃ_HOẶC_TÊN_ĐƠN_VỊ.' : `Vai trò ${role} không gắn với đơn vị.`);
  }
  return ok({ role, hamletId: hamlet, unit });
}

function isRole(text: string): text is Role {
  return (roles as readonly string[]).includes(text);
}
