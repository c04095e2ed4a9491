/** A list that the office keeps in a spreadsheet comes into the book, at the desk, without a signal (domain model 8; scenario 6, the columns). */
import { cpSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import writeXlsxFile from 'write-excel-file/node';
import { startEndpoint } from './endpoint-process.ts';
import { databaseText, recordCount, recordsAt, standingAt } from './endpoint-records.ts';
import { expect, test } from './fixtures.ts';
import { look } from './look.ts';
import { choose, enrol, goTo, newPhone, openInside, unlock } from './phone.ts';
import type { Phone } from './phone.ts';
import { searchProfile } from './profile-search.ts';

const bloc = 2;
type Cell = string | number;

/** A title, a heading, rows: as an office's file. */
async function workbook(folder: string, name: string, rows: readonly (readonly Cell[])[]): Promise<string> {
  const path = join(folder, name);
  await writeXlsxFile(rows.map((row) => row.map((value) => ({ value, type: typeof value === 'number' ? Number : String }))) as never).toFile(path);
  return path;
}

async function openImport(desk: Phone): Promise<void> {
  await goTo(desk, 'Hộ');
  await desk.page.getByRole('link', { name: 'Nhập danh sách' }).click();
}

async function chooseFile({ page }: Phone, path: string): Promise<void> {
  await page.locator('input[type=file]').setInputFiles(path);
  await expect(page.getByRole('heading', { name: 'Cột nào là gì?' })).toBeVisible({ timeout: 60_000 });
}

/** What reads lists, where it is kept on this phone: by its name. */
async function readersKept({ page }: Phone): Promise<readonly string[]> {
  return await page.evaluate(async () => {
    const kept = await Promise.all((await caches.keys()).map(async (name) => (await (await caches.open(name)).keys()).map(({ url }) => new URL(url).pathname)));
    return kept.flat().filter((path) => path.includes('list-reading'));
  });
}

async function readsListsOffline(desk: Phone): Promise<void> {
  await expect.poll(async () => await readersKept(desk), { timeout: 30_000 }).toHaveLength(1);
}

/** The next version: all as it is, with another name for what reads lists. */
function renameReader(appFolder: string): void {
  const assets = join(appFolder, 'assets');
  const old = readdirSync(assets).find((name) => name.startsWith('list-reading-'))!;
  const page = readdirSync(assets).find((name) => /^import-page-.*\.js$/u.test(name))!;
  renameSync(join(assets, old), join(assets, 'list-reading-next.js'));
  for (const path of [join(assets, page), join(appFolder, 'service-worker.js')]) {
    const code = readFileSync(path, 'utf8');
    expect(code).toContain(old);
    writeFileSync(path, code.replaceAll(old, 'list-reading-next.js').replace(`"revision":null,"url":"assets/${page}"`, `"revision":"next","url":"assets/${page}"`));
  }
}

const heading = ['STT', 'Xóm', 'Họ và tên chủ hộ', 'Dân tộc', 'Tôn giáo', 'Đảng viên', 'Số nhân khẩu', 'Địa chỉ', 'Số điện thoại', 'Hộ nghèo', 'Số CCCD'];
const secret = { religion: 'Đạo Bí Mật', party: 'ĐV-bí-mật', card: '004099123456' };
/** `changed`: of the last columns. */
const row = (no: number, name: string, { label = 'cạnh suối', phone = '', poor = '', hamlet = 'Ngọc Sơn' } = {}): Cell[] => [no, hamlet, name, 'Tày', secret.religion, secret.party, 4, label, phone, poor, secret.card];

test('a list comes in without a signal: what may not be kept is never read, wrong rows are named, doubles are asked about, and all of it can be taken back', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'gan-dan-lists-'));
  const endpoint = await startEndpoint();
  const desk = await newPhone(endpoint.url, 'desk');
  try {
    await enrol(desk, endpoint.links[bloc]!);
    const { page } = desk;
    await readsListsOffline(desk);
    const before = recordsAt(endpoint.folder, 'household').length;
    const known = recordsAt(endpoint.folder, 'household').find(({ fields }) => fields['headName'] === 'Nông Văn Sơn (mẫu)')!;
    const file = await workbook(folder, 'Danh sách hộ.xlsx', [
      ['DANH SÁCH HỘ GIA ĐÌNH XÓM NGỌC SƠN'],
      heading,
      row(501, 'Hoàng Thị Mới', { phone: '912345678', poor: 'x' }),
      row(502, 'Bế Văn Thử', { label: 'đầu cầu treo' }),
      row(503, 'Nông Văn Sơn (mẫu)', { label: 'cạnh nhà văn hóa mới' }),
      row(504, 'Lý Sai Số', { phone: '09123' }),
      ['Tổng cộng', '', '', '', '', '', 16],
    ]);

    await test.step('the columns are guessed, what may not be kept is named and shows no sample', async () => {
      await desk.goOffline();
      await openImport(desk);
      await look(page, 'import-file', { atNight: false });
      await page.setViewportSize({ width: 1280, height: 800 });
      await chooseFile(desk, file);
      await expect(page.getByText('Không đọc, vì không được lưu: Dân tộc, Tôn giáo, Đảng viên, Số CCCD.')).toBeVisible();
      await expect(page.getByLabel('Cột “Họ và tên chủ hộ”')).toHaveValue('headName');
      await expect(page.getByText(secret.religion)).toHaveCount(0);
      await look(page, 'import-columns', { atNight: false });
      await page.setViewportSize({ width: 1280, height: 800 });
    });

    await test.step('the preview says what would happen, and nothing has', async () => {
      await page.getByRole('button', { name: 'Xem trước' }).click();
      await expect(page.getByText('Chưa ghi gì vào sổ.')).toBeVisible({ timeout: 60_000 });
      await expect(page.getByText('2 dòng mới sẽ được ghi')).toBeVisible();
      await expect(page.getByText('1 dòng sai, chưa ghi được')).toBeVisible();
      await expect(page.getByText('Số điện thoại “09123”: sai dạng', { exact: false })).toBeVisible();
      await expect(page.getByText('1 dòng còn chờ bạn trả lời')).toBeVisible();
      await look(page, 'import-preview');
      await page.setViewportSize({ width: 1280, height: 800 });
      const question = page.getByRole('radiogroup', { name: /Nông Văn Sơn/ });
      await expect(page.getByText('Gộp thì sửa Số thứ tự: 1 → 503', { exact: false })).toBeVisible();
      await question.locator('label', { hasText: 'Là một, gộp vào' }).click();
      await expect(page.getByText('1 dòng bổ sung vào mục đã có')).toBeVisible();
    });

    await test.step('imported, the households are found, also without diacritics', async () => {
      await page.getByRole('button', { name: 'Nhập 3 dòng' }).click();
      await expect(page.getByText('Đã nhập vào máy này. Sẽ tự gửi khi có sóng.')).toBeVisible({ timeout: 60_000 });
      await look(page, 'import-done', { atNight: false });
      await page.setViewportSize({ width: 1280, height: 800 });
      await page.getByRole('link', { name: 'Mở sổ hộ' }).click();
      await page.getByLabel('Tìm tên, số nhà, số điện thoại').fill('hoang thi moi');
      await expect(page.getByRole('link', { name: /Hoàng Thị Mới/ })).toBeVisible();
    });

    await test.step('with a signal the commune has them; what may not be kept is nowhere', async () => {
      await desk.goOnline();
      await expect.poll(() => recordsAt(endpoint.folder, 'household').length, { timeout: 60_000 }).toBe(before + 2);
      const made = recordsAt(endpoint.folder, 'household').find(({ fields }) => fields['headName'] === 'Hoàng Thị Mới');
      expect(made?.fields).toMatchObject({ no: 501, phone: '0912345678', needs: ['poor'], contact: 'not_asked', members: 4 });
      const mended = recordsAt(endpoint.folder, 'household').find(({ recordId }) => recordId === known.recordId);
      expect(mended?.fields).toMatchObject({ no: 503, houseLabel: 'cạnh nhà văn hóa mới' });
      const everything = databaseText(endpoint.folder);
      for (const word of Object.values(secret)) expect(everything).not.toContain(word);
      expect(everything).toContain('Hoàng Thị Mới');
      expect(searchProfile(endpoint.folder, Object.values(secret))).toEqual([]);
    });

    await test.step('the whole import is taken back, but for what somebody has built upon', async () => {
      await openImport(desk);
      await page.getByRole('button', { name: 'Hoàn tác cả lần nhập' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Hoàn tác cả lần nhập' }).click();
      await expect(page.getByText('Đã hoàn tác 2 dòng.')).toBeVisible();
      await expect
        .poll(() => recordsAt(endpoint.folder, 'household').filter(({ fields }) => fields['closedReason'] === 'mistake').length, { timeout: 30_000 })
        .toBe(2);
    });
    expect([...desk.complaints]).toEqual([]);
    await desk.close();
    // The box of the file's own bytes is the control: without the app's care a browser keeps what was typed in the clear.
    writeFileSync(join(desk.profile, 'control.txt'), secret.religion);
    expect(searchProfile(desk.profile, [secret.religion]).map(({ file: found }) => found).every((found) => found.endsWith('control.txt'))).toBe(true);
    expect(searchProfile(desk.profile, [secret.religion]).length).toBeGreaterThan(0);
    rmSync(join(desk.profile, 'control.txt'));
  } finally {
    await desk.dispose();
    await endpoint.dispose();
    rmSync(folder, { recursive: true, force: true });
  }
});

/** The other three lists of an office. `wrong`: what is said of the row that cannot be read; `secret` stands under a heading that is never read. */
const others = [
  {
    name: 'Người có uy tín', kind: 'prestigious_person', forbidden: 'Dân tộc', wrong: 'Năm sinh “năm mươi”: không phải năm', made: { fullName: 'Hoàng Thị Mới', birthYear: 1961, sex: 'f' },
    rows: [
      ['Họ và tên', 'Năm sinh', 'Giới tính', 'Xóm', 'Số QĐ công nhận', 'Ngày công nhận', 'Dân tộc'],
      ['Hoàng Thị Mới', 1961, 'Nữ', 'Ngọc Sơn', '12/QĐ-UBND', '5/3/2025', 'SECRET-1'],
      ['Bế Sai Năm', 'năm mươi', 'Nam', 'Ngọc Sơn', '12/QĐ-UBND', '5/3/2025', 'SECRET-1'],
    ],
  },
  {
    name: 'Sổ phản ánh, kiến nghị', kind: 'feedback', forbidden: 'Họ và tên', wrong: 'Ngày tiếp nhận “31/2/2026”: không phải ngày', made: { text: 'Mương vào ruộng bị lấp, mong xã cho nạo vét', kind: 'phan_anh' },
    rows: [
      ['STT', 'Ngày tiếp nhận', 'Họ và tên', 'Địa chỉ', 'Nội dung', 'Lĩnh vực'],
      [1, '5/3/2026', 'SECRET-2', 'Ngọc Sơn', 'Mương vào ruộng bị lấp, mong xã cho nạo vét', 'Nước'],
      [2, '31/2/2026', 'SECRET-2', 'Ngọc Sơn', 'Cột đèn đầu xóm hỏng', 'Điện'],
    ],
  },
  {
    name: 'Mô hình Dân vận khéo', kind: 'mobilization_model', forbidden: 'Ghi chú', wrong: 'Lĩnh vực “trồng hoa”: không rõ lĩnh vực', made: { title: 'Hàng rào xanh xóm Ngọc Sơn', field: 'economy', year: 2026 },
    rows: [
      ['STT', 'Tên mô hình', 'Lĩnh vực', 'Đơn vị đăng ký', 'Xóm', 'Năm', 'Ghi chú'],
      [1, 'Hàng rào xanh xóm Ngọc Sơn', 'Kinh tế', 'Chi hội phụ nữ', 'Ngọc Sơn', 2026, 'SECRET-3'],
      [2, 'Đường hoa', 'trồng hoa', 'Chi đoàn', 'Ngọc Sơn', 2026, 'SECRET-3'],
    ],
  },
] as const;

test('persons, the book of feedback and models come in the same way, what citizens said alone cannot be taken back, and a preview that the book has overtaken is looked at again', { tag: '@long' }, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'gan-dan-lists-'));
  const endpoint = await startEndpoint();
  const desk = await newPhone(endpoint.url, 'desk');
  try {
    await enrol(desk, endpoint.links[bloc]!);
    const { page } = desk;
    await expect(page.getByRole('main').getByRole('link').first()).toBeVisible({ timeout: 30_000 });
    await readsListsOffline(desk);
    await desk.goOffline();
    for (const [at, { name, forbidden, wrong, rows }] of others.entries()) {
      await test.step(name, async () => {
        await openInside(desk, '/ho');
        await openInside(desk, '/nhap-danh-sach');
        await choose(page, name);
        await chooseFile(desk, await workbook(folder, `danh-sach-${at}.xlsx`, rows));
        await expect(page.getByText(`Không đọc, vì không được lưu: ${forbidden}.`)).toBeVisible();
        await expect(page.getByText(`SECRET-${at + 1}`)).toHaveCount(0);
        await look(page, `import-other-${at + 1}-columns`, { atNight: false });
        await page.getByRole('button', { name: 'Xem trước' }).click();
        await expect(page.getByText('1 dòng mới sẽ được ghi')).toBeVisible({ timeout: 60_000 });
        await expect(page.getByText(wrong, { exact: false })).toBeVisible();
        await look(page, `import-other-${at + 1}-preview`, { atNight: false });
        await page.getByRole('button', { name: 'Nhập 1 dòng' }).click();
        await expect(page.getByText('Đã nhập vào máy này. Sẽ tự gửi khi có sóng.')).toBeVisible({ timeout: 60_000 });
        await look(page, `import-other-${at + 1}-done`, { atNight: false });
      });
    }
    await desk.goOnline();
    for (const { kind, made } of others) {
      await expect.poll(() => recordsAt(endpoint.folder, kind).some(({ fields }) => Object.entries(made).every(([field, value]) => fields[field] === value)), { timeout: 60_000 }).toBe(true);
    }
    expect(recordsAt(endpoint.folder, 'prestigious_term').filter(({ fields }) => fields['decisionNo'] === '12/QĐ-UBND' && fields['termTo'] === 2027)).toHaveLength(1);
    expect(databaseText(endpoint.folder)).not.toContain('SECRET-');

    await test.step('persons and models are taken back without a signal; of what citizens said the page says what to do instead', async () => {
      await desk.goOffline();
      await openInside(desk, '/ho');
      await openInside(desk, '/nhap-danh-sach');
      for (const { name } of others.filter(({ kind }) => kind !== 'feedback')) {
        const imported = page.getByRole('listitem').filter({ hasText: `${name} · danh-sach` });
        await imported.getByRole('button', { name: 'Hoàn tác cả lần nhập' }).click();
        await page.getByRole('dialog').getByRole('button', { name: 'Hoàn tác cả lần nhập' }).click();
        await expect(page.getByText(new RegExp(`^${name} · danh-sach.*: Đã hoàn tác 1 dòng\\.$`, 'u'))).toBeVisible();
        await expect(imported).toHaveCount(0);
      }
      await expect(page.getByText('Ý kiến của bà con không ai xóa được trong ứng dụng, kể cả xã.', { exact: false })).toBeVisible();
      await look(page, 'import-taken-back', { atNight: false });
      const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Tải tệp hoàn tác' }).click()]);
      await file.saveAs(join(folder, 'hoan-tac.json'));
      await desk.goOnline();
      const stands = (kind: string, made: object) => standingAt(endpoint.folder, kind).filter((fields) => Object.entries(made).every(([field, value]) => fields[field] === value)).length;
      for (const { kind, made } of others) await expect.poll(() => stands(kind, made), { timeout: 60_000 }).toBe(kind === 'feedback' ? 1 : 0);
      await endpoint.administer('undo-import', join(folder, 'hoan-tac.json'), '--commune', '01456');
      for (const { kind, made } of others) expect(stands(kind, made), kind).toBe(0);
    });

    await test.step('a colleague brings in the same list while the preview stands open', async () => {
      const list = join(folder, 'ho.csv');
      writeFileSync(list, 'STT,Xóm,Họ và tên chủ hộ,Số nhân khẩu\n701,Ngọc Sơn,Hoàng Văn Trước,4\n702,Ngọc Sơn,Bế Thị Sau,3\n');
      await openInside(desk, '/ho');
      await openInside(desk, '/nhap-danh-sach');
      await choose(page, 'Hộ gia đình');
      await chooseFile(desk, list);
      await page.getByRole('button', { name: 'Xem trước' }).click();
      await expect(page.getByText('2 dòng mới sẽ được ghi')).toBeVisible({ timeout: 60_000 });
      const before = recordsAt(endpoint.folder, 'household').length;
      await endpoint.administer('import-households', list, '--commune', '01456');
      expect(recordsAt(endpoint.folder, 'household')).toHaveLength(before + 2);
      // Back in reach the app asks by itself what is new.
      await desk.goOffline();
      const heard = page.waitForResponse((response) => response.url().endsWith('/sync') && response.ok());
      await desk.goOnline();
      await heard;
      // Heard, and a moment later written down.
      await page.waitForTimeout(3_000);
      await page.getByRole('button', { name: 'Nhập 2 dòng' }).click();
      await expect(page.getByText('Sổ vừa có thay đổi nên chưa ghi. Xem lại rồi bấm nhập.')).toBeVisible();
      await expect(page.getByText('2 dòng đã có trong sổ, giữ nguyên')).toBeVisible();
      await expect(page.getByRole('button', { name: 'Không có gì để ghi.' })).toBeDisabled();
      expect(recordsAt(endpoint.folder, 'household')).toHaveLength(before + 2);
    });
    expect([...desk.complaints]).toEqual([]);
  } finally {
    await desk.dispose();
    await endpoint.dispose();
    rmSync(folder, { recursive: true, force: true });
  }
});

const family = ['Nông', 'Hoàng', 'Lý', 'Bế', 'Đàm', 'Lục', 'Dương', 'Phùng', 'Triệu', 'Vi'];
const given = ['An', 'Bình', 'Chấn', 'Dền', 'Én', 'Gấm', 'Hà', 'Khiêm', 'Lan', 'Mẩy', 'Nga', 'Oanh', 'Páo', 'Quỳnh', 'Sơn', 'Thử', 'Uyên', 'Vàng', 'Xuân', 'Yến'];

/** So many households in the hamlets of the bloc's commune, no two alike, none with a number that is taken. `mark`: by which they are found again; `from`: the first number in each hamlet. */
function manyRows(count: number, folder: string, mark: string, from = 1_000): Cell[][] {
  const communeCode = recordsAt(folder, 'household').find(({ fields }) => fields['headName'] === 'Nông Văn Sơn (mẫu)')!.areaId.slice(0, 5);
  const hamlets = recordsAt(folder, 'area').filter(({ recordId }) => recordId.startsWith(`${communeCode}-`)).map(({ fields }) => String(fields['name']));
  return Array.from({ length: count }, (_, index) =>
    row(from + Math.floor(index / hamlets.length), `${family[index % 10]} ${given[Math.floor(index / 10) % 20]} ${given[Math.floor(index / 200) % 20]} ${from + Math.floor(index / 4000)}`, {
      label: `${mark} ${index + 1}`, phone: `09${String(10_000_000 + from * 1_000 + index)}`, hamlet: hamlets[index % hamlets.length]!,
    }),
  );
}

test('what reads lists is kept on phones of the bloc alone, of each version, and is missed in plain words where it could not come yet', { tag: '@long' }, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'gan-dan-lists-'));
  const appFolder = join(folder, 'app');
  cpSync('dist', appFolder, { recursive: true });
  const endpoint = await startEndpoint({ appFolder });
  const member = await newPhone(endpoint.url);
  const desk = await newPhone(endpoint.url, 'desk');
  try {
    const file = await workbook(folder, 'Danh sách hộ.xlsx', [heading, row(501, 'Hoàng Thị Mới')]);
    await enrol(member, endpoint.links[0]!);
    await enrol(desk, endpoint.links[bloc]!);
    await readsListsOffline(desk);
    await member.page.reload();
    await unlock(member);
    await expect(member.page.getByText('Xã đã nhận đủ.')).toBeVisible();
    expect(await readersKept(member)).toEqual([]);

    await test.step('the next version brings its own along, and imports without a signal', async () => {
      renameReader(appFolder);
      await desk.page.evaluate(async () => {
        await (await navigator.serviceWorker.ready).update();
      });
      await desk.page.getByRole('button', { name: 'Cập nhật', exact: true }).click({ timeout: 30_000 });
      await expect(desk.page.getByLabel('Cụm mật khẩu')).toBeVisible();
      await desk.goOffline();
      await unlock(desk);
      await openImport(desk);
      await chooseFile(desk, file);
      expect(await readersKept(desk)).toEqual(['/assets/list-reading-next.js']);
    });

    await test.step('where it is not there and there is no signal, the page says so, and opened again with one it is there', async () => {
      await desk.page.evaluate(async () => await caches.delete('list-reading'));
      // What the browser itself had kept of it would do as well.
      await (await desk.page.context().newCDPSession(desk.page)).send('Network.clearBrowserCache');
      await desk.page.reload();
      await unlock(desk);
      await openInside(desk, '/nhap-danh-sach');
      await desk.page.locator('input[type=file]').setInputFiles(file);
      await expect(desk.page.getByText('Máy chưa tải xong phần đọc bảng tính.')).toBeVisible();
      await desk.goOnline();
      await openInside(desk, '/ho');
      await openInside(desk, '/nhap-danh-sach');
      await readsListsOffline(desk);
      await desk.goOffline();
      await chooseFile(desk, file);
    });
    expect([...member.complaints]).toEqual([]);
  } finally {
    await Promise.all([member.dispose(), desk.dispose()]);
    await endpoint.dispose();
    rmSync(folder, { recursive: true, force: true });
  }
});

test('a list of 20,000 households comes in from a workbook while the page goes on, and is searched', { tag: '@long' }, async () => {
  test.setTimeout(10 * 60_000);
  const folder = mkdtempSync(join(tmpdir(), 'gan-dan-lists-'));
  const endpoint = await startEndpoint();
  const desk = await newPhone(endpoint.url, 'desk');
  try {
    await enrol(desk, endpoint.links[bloc]!);
    await readsListsOffline(desk);
    const { page } = desk;
    const before = recordsAt(endpoint.folder, 'household').length;
    const file = await workbook(folder, 'Cả xã.xlsx', [heading, ...manyRows(20_000, endpoint.folder, 'mốc')]);
    await desk.goOffline();
    await openImport(desk);
    // The longest time in which the page drew nothing.
    await page.evaluate(() => {
      const watch = { longest: 0, last: performance.now() };
      const tick = () => {
        const now = performance.now();
        watch.longest = Math.max(watch.longest, now - watch.last);
        watch.last = now;
        requestAnimationFrame(tick);
      };
      requestAnimationFrame(tick);
      (window as unknown as { watch: typeof watch }).watch = watch;
    });
    const took: Record<string, number> = {};
    const timed = async (what: string, body: () => Promise<void>) => {
      const start = performance.now();
      await body();
      took[what] = Math.round(performance.now() - start);
    };
    await timed('read', async () => await chooseFile(desk, file));
    await timed('reckon', async () => {
      await page.getByRole('button', { name: 'Xem trước' }).click();
      await expect(page.getByText('Chưa ghi gì vào sổ.')).toBeVisible({ timeout: 120_000 });
    });
    await expect(page.getByText('20.000 dòng mới sẽ được ghi')).toBeVisible();
    await timed('write', async () => {
      await page.getByRole('button', { name: 'Nhập 20.000 dòng' }).click();
      await expect(page.getByText('Đã nhập vào máy này. Sẽ tự gửi khi có sóng.')).toBeVisible({ timeout: 180_000 });
    });
    const longest = await page.evaluate(() => Math.round((window as unknown as { watch: { longest: number } }).watch.longest));
    await page.getByRole('link', { name: 'Mở sổ hộ' }).click();
    await timed('search', async () => {
      await page.getByLabel('Tìm tên, số nhà, số điện thoại').fill('moc 19876');
      await expect(page.getByText('mốc 19876', { exact: false })).toBeVisible({ timeout: 30_000 });
    });
    await desk.goOnline();
    await timed('send', async () => await expect.poll(() => recordCount(endpoint.folder, 'household'), { timeout: 5 * 60_000, intervals: [500] }).toBe(before + 20_000));
    process.stdout.write(`20,000 rows, milliseconds: ${JSON.stringify(took)}; the page stood still for ${longest} at most while it imported\n`);
    expect([...desk.complaints]).toEqual([]);
  } finally {
    await desk.dispose();
    await endpoint.dispose();
    rmSync(folder, { recursive: true, force: true });
  }
});

test('a browser killed in the middle of an import has all of it or nothing', { tag: '@long' }, async () => {
  test.setTimeout(10 * 60_000);
  const folder = mkdtempSync(join(tmpdir(), 'gan-dan-lists-'));
  const endpoint = await startEndpoint();
  const desk = await newPhone(endpoint.url, 'desk');
  try {
    await enrol(desk, endpoint.links[bloc]!);
    await readsListsOffline(desk);
    const count = 4_000;
    // A word that no number or name begins with.
    const markOf = (round: number) => `xq${'abcdefg'[round]}`;
    const outcomes: string[] = [];
    for (const [round, delay] of [0, 40, 120, 250, 500, 900, 1_500].entries()) {
      const file = await workbook(folder, `lần ${round}.xlsx`, [heading, ...manyRows(count, endpoint.folder, `mốc ${markOf(round)}`, 1_000 + 1_100 * round)]);
      await desk.goOffline();
      await openImport(desk);
      await chooseFile(desk, file);
      await desk.page.getByRole('button', { name: 'Xem trước' }).click();
      await expect(desk.page.getByText('Chưa ghi gì vào sổ.')).toBeVisible({ timeout: 120_000 });
      const together = desk.page.getByRole('radiogroup', { name: 'Trả lời chung cho mọi câu chưa trả lời' });
      if ((await together.count()) > 0) {
        await together.locator('label', { hasText: 'Là hai, ghi cả' }).click();
        await expect(desk.page.getByText('dòng còn chờ bạn trả lời')).toHaveCount(0, { timeout: 60_000 });
      }
      await desk.page.getByRole('button', { name: /^Nhập [\d.]+ dòng$/ }).click();
      await desk.page.waitForTimeout(delay);
      await desk.kill();
      await desk.open('/', { offline: true });
      await unlock(desk);
      await goTo(desk, 'Hộ');
      await desk.page.getByLabel('Tìm tên, số nhà, số điện thoại').fill(markOf(round));
      // The rows follow the typing a moment later.
      let found = -1;
      const countShown = async () => (found = Number((await desk.page.getByText(/^[\d.]+ hộ$/).innerText()).replace(/\D/gu, '')));
      await expect.poll(async () => [0, count].includes(await countShown()), { message: `all or nothing, killed after ${delay} ms` }).toBe(true);
      outcomes.push(`${delay} ms: ${found}`);
    }
    process.stdout.write(`killed in the middle of an import of ${count}, found after it: ${outcomes.join(', ')}\n`);
    expect(outcomes.some((line) => line.endsWith(': 0'))).toBe(true);
  } finally {
    await desk.dispose();
    await endpoint.dispose();
    rmSync(folder, { recursive: true, force: true });
  }
});
