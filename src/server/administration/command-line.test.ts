import { describe, expect, it } from 'vitest';
import { readCommand } from './command-line.ts';

const read = (typed: string) => readCommand(typed.split(' '));

describe('a typed command', () => {
  it('is read with its options in any order', () => {
    expect(read('import-households --dry-run --commune 01456 a.csv --skip-bad bad.csv --create-hamlets')).toEqual({
      ok: true,
      value: { name: 'import-list', layout: 'households', file: 'a.csv', communeCode: '01456', createHamlets: true, near: 'keep_both', dryRun: true, skipBad: 'bad.csv', undoFile: undefined },
    });
    expect(read('invite --commune 01456 --role team_lead --name Én --hamlet 01456-001')).toEqual({
      ok: true,
      value: { name: 'invite', communeCode: '01456', role: 'team_lead', memberName: 'Én', hamletId: '01456-001', unit: undefined, isNew: false },
    });
    expect(read('invite --member abc --commune 01456')).toEqual({ ok: true, value: { name: 'invite-again', communeCode: '01456', memberId: 'abc' } });
    expect(read('import-bundle tay.gandan --receipt về.gandan')).toEqual({
      ok: true,
      value: { name: 'import-bundle', file: 'tay.gandan', receipt: 'về.gandan' },
    });
    expect(read('assign abc --role responder --unit UBND --commune 01456')).toEqual({
      ok: true,
      value: { name: 'assign', communeCode: '01456', memberId: 'abc', role: 'responder', hamletId: undefined, unit: 'UBND' },
    });
    expect(readCommand(['set-reception', '--commune', '01456', '--place', ' Trụ sở UBND xã ', '--hours', 'thứ Năm'])).toEqual({
      ok: true,
      value: { name: 'set-reception', communeCode: '01456', place: 'Trụ sở UBND xã', hours: 'thứ Năm' },
    });
    expect(read('revoke --commune 01456 abc')).toEqual({ ok: true, value: { name: 'revoke', communeCode: '01456', deviceId: 'abc' } });
    expect(read('erase abc --commune 01456')).toEqual({ ok: true, value: { name: 'erase', communeCode: '01456', recordId: 'abc' } });
  });

  it('takes an invitation whose id begins with a dash', () => {
    const id = `-F${'a'.repeat(41)}`;
    expect(read(`cancel-invitation ${id} --commune 01456`)).toEqual({ ok: true, value: { name: 'cancel-invitation', communeCode: '01456', invitationId: id } });
  });

  it('without a word is a call for help', () => {
    expect(readCommand([])).toEqual({ ok: true, value: { name: 'help' } });
    expect(read('invite --help')).toEqual({ ok: true, value: { name: 'help' } });
  });

  it.each([
    ['imprt-areas x', 'imprt-areas'],
    ['import-areas', 'tên tệp'],
    ['import-areas a.csv b.csv', 'b.csv'],
    ['import-areas a.csv --dry-run', '--dry-run'],
    ['list-members', '--commune'],
    ['cancel-invitation --commune 01456', 'mã thư mời'],
    ['import-households a.csv', '--commune'],
    ['import-households a.csv --commune 01456 --near maybe', '--near'],
    ['import-feedback a.csv --commune 01456 --near skip', '--near'],
    ['import-models a.csv', '--commune'],
    ['undo-import a.json', '--commune'],
    ['import-households a.csv --commune 1456', '1456'],
    ['import-households a.csv --commune 01456 --skip-bad', 'skip-bad'],
    ['invite --commune 01456 --role boss --name Én', 'boss'],
    ['invite --commune 01456 --role bloc_officer --name X', '--name'],
    ['invite --commune 01456 --role team_member --name Én', '--hamlet'],
    ['invite --commune 01456 --role bloc_lead --name Én --hamlet 01456-001', 'xóm'],
    ['invite --commune 01456 --role responder --name Én', '--unit'],
    ['invite --commune 01456 --member abc --role bloc_lead', '--member'],
    ['invite --member abc', '--commune'],
    ['invite-again --commune 01456', 'invite-again'],
    ['import-bundle', 'tên tệp'],
    ['import-bundle a --commune 01456', '--commune'],
    ['set-reception --commune 01456 --hours x-y', '--place'],
    ['set-reception --commune 01456 --place x-y', '--hours'],
    ['set-reception --place x-y --hours x-y', '--commune'],
    ['assign --commune 01456 --role bloc_lead', 'mã người'],
    ['assign abc --role bloc_lead', '--commune'],
    ['assign abc --commune 01456', '--role'],
    ['assign abc --commune 01456 --role team_lead', '--hamlet'],
    ['assign abc --commune 01456 --role bloc_lead --name Én', '--name'],
    ['revoke abc', '--commune'],
    ['revoke --commune 01456', 'thiết bị'],
    ['erase abc', '--commune'],
    ['erase --commune 01456', 'mã mục'],
  ])('"%s" is refused, and the words say why', (typed, hint) => {
    const command = read(typed);
    expect(command.ok ? '' : command.error).toContain(hint);
  });
});
