import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openEndpoint } from '../open-endpoint.ts';

const main = fileURLToPath(new URL('./main.ts', import.meta.url));
/** Lies beside the project where it is worked on, and nowhere else. */
const officialList = fileURLToPath(new URL('../../../../shared/data/administrative-units.csv', import.meta.url));

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gan-dan-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

async function admin(args: readonly string[], environment: Record<string, string> = {}) {
  const child = spawn(process.execPath, [main, ...args], { env: { PATH: process.env['PATH'], VAR_DIR: folder, ...environment } });
  const printed = { out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (printed.out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (printed.err += text));
  const code = await new Promise<number | null>((resolve, reject) => child.once('error', reject).once('close', resolve));
  return { code, ...printed };
}

function areaFile(rows: readonly string[]): string {
  const path = join(folder, 'areas.csv');
  writeFileSync(path, ['code,level,kind,name,parent_code', ...rows, ''].join('\n'));
  return path;
}
const rows = ['04,province,tinh,Cao Bằng,', '01456,commune,xa,Quang Hán,04'];

describe('npm run admin', () => {
  it('imports areas into the folder it is given, and a second run changes nothing', async () => {
    const first = await admin(['import-areas', areaFile(rows)]);
    expect(first).toEqual({ code: 0, err: '', out: '1 tỉnh, thành phố và 1 xã, phường, đặc khu: 2 mới, 0 thay đổi, 0 giữ nguyên.\n' });
    const second = await admin(['import-areas', join(folder, 'areas.csv')]);
    expect(second).toEqual({ code: 0, err: '', out: '1 tỉnh, thành phố và 1 xã, phường, đặc khu: không có gì thay đổi.\n' });
  });

  it('ends with 1 on a broken row and names it', async () => {
    const { code, out } = await admin(['import-areas', areaFile([...rows, '01537,commune,xom,Lý Quốc,04'])]);
    expect(code).toBe(1);
    expect(out).toContain('Dòng 4, cột kind: “xom” loại này không thuộc cấp này.');
  });

  it('works beside an endpoint that has the folder open', async () => {
    const running = await openEndpoint({ varDir: folder });
    try {
      expect((await admin(['import-areas', areaFile(rows)])).code).toBe(0);
      const invited = await admin(
        ['invite', '--commune', '01456', '--role', 'bloc_officer', '--name', 'Đàm Thị Hoa'],
        { PUBLIC_URL: 'https://gan-dan.example' },
      );
      expect(invited.code).toBe(0);
      const invitation = /https:\/\/gan-dan\.example\/moi#(\S+)/u.exec(invited.out)?.[1] ?? '';
      expect(await running.endpoint.checkInvitation(invitation)).toMatchObject({ ok: true, value: { communeName: 'Xã Quang Hán' } });
    } finally {
      await running.close();
    }
  });

  it('writes for its own account alone', async () => {
    await admin(['list-devices']);
    const files = readdirSync(folder);
    expect(files).toContain('gan-dan.sqlite');
    expect(files.filter((name) => (statSync(join(folder, name)).mode & 0o077) !== 0)).toEqual([]);
  });

  it('says what it can do, and opens nothing for that', async () => {
    const { code, out } = await admin(['help']);
    expect(code).toBe(0);
    for (const name of ['import-areas', 'import-households', 'import-bundle', 'invite', 'assign', 'list-devices', 'revoke', 'erase']) expect(out).toContain(name);
    expect(existsSync(join(folder, 'gan-dan.sqlite'))).toBe(false);
  });

  it('refuses what it does not know and a bad environment', async () => {
    expect(await admin(['erase-all'])).toMatchObject({ code: 1, err: expect.stringContaining('Không có lệnh “erase-all”.') });
    expect(await admin(['list-devices'], { PORT: 'x' })).toMatchObject({ code: 1, err: expect.stringContaining('PORT') });
  });

  it.each(existsSync(officialList) ? [officialList] : [])('loads the whole official list', async (list) => {
    const first = await admin(['import-areas', list]);
    expect(first).toMatchObject({ code: 0, out: expect.stringContaining('34 tỉnh, thành phố và 3.321 xã, phường, đặc khu: 3.355 mới') });
    const second = await admin(['import-areas', list]);
    expect(second).toMatchObject({ code: 0, out: expect.stringContaining('không có gì thay đổi') });
  });
});
