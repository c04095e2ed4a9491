/**
 * Every screen a role can reach, in both languages: nothing that a screen reader, a weak eye or a thumb stumbles over, nothing beside a
 * narrow phone's edge. And the app as a thing on the phone: installable, there without a network, its update offered and never forced.
 */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { startEndpoint } from './endpoint-process.ts';
import type { EndpointProcess } from './endpoint-process.ts';
import { expect, test } from './fixtures.ts';
import { look } from './look.ts';
import { acceptInvitation, choose, enrol, fillVisit, goIn, goTo, lockWith, newPhone, openInside, save, startVisit, unlock } from './phone.ts';
import type { Phone } from './phone.ts';

// Dozens of screens, each judged two or three times: more than a story's time on a busy machine.
test.describe.configure({ mode: 'parallel', timeout: 300_000 });

const son = { search: 'nong van son', household: 'Nông Văn Sơn (mẫu)' };
const neverThere = '01990000-0000-7000-8000-000000000999';

/** An endpoint that serves a copy of the app: nobody builds it anew under this story, and a second version can be put in its place. */
async function withPhone(size: 'phone' | 'desk', story: (phone: Phone, endpoint: EndpointProcess, appFolder: string) => Promise<void>): Promise<void> {
  const appFolder = mkdtempSync(join(tmpdir(), 'gan-dan-app-'));
  cpSync('dist', appFolder, { recursive: true });
  const endpoint = await startEndpoint({ appFolder });
  const phone = await newPhone(endpoint.url, size);
  try {
    await story(phone, endpoint, appFolder);
    expect([...phone.complaints]).toEqual([]);
  } finally {
    await phone.dispose();
    await endpoint.dispose();
    rmSync(appFolder, { recursive: true, force: true });
  }
}

/** Each of these places in both languages; by night in one of them, for it is the colours that differ. */
async function lookEverywhere(phone: Phone, who: string, places: Readonly<Record<string, string>>): Promise<void> {
  for (const language of ['en', 'vi'] as const) {
    await speak(phone, language);
    for (const [name, path] of Object.entries(places)) {
      await openInside(phone, path);
      await expect(phone.page.getByRole('main').getByRole('heading', { level: 1 })).toBeVisible();
      await look(phone.page, `${who}-${language}-${name}`, { atNight: language === 'vi' });
    }
  }
}

/** In the settings; the whole app speaks it at once, and says so to a screen reader. */
async function speak(phone: Phone, language: 'vi' | 'en'): Promise<void> {
  await openInside(phone, '/cai-dat');
  await choose(phone.page, language === 'vi' ? 'Tiếng Việt' : 'English');
  await expect(phone.page.locator('html')).toHaveAttribute('lang', language);
  await expect(phone.page).toHaveTitle(language === 'vi' ? 'Cài đặt · Gần Dân' : 'Settings · Gần Dân');
}

test('the way in, and the lock', { tag: '@long' }, async () => {
  await withPhone('phone', async (phone, { links }) => {
    await phone.open('/bundle');
    await expect(phone.page.getByRole('heading', { level: 1 })).toBeVisible();
    await look(phone.page, 'bundle');
    await phone.close();
    await phone.open(links[0]);
    await phone.page.getByRole('button', { name: 'Đúng là tôi' }).waitFor();
    await look(phone.page, 'enrolment-1-who');
    await acceptInvitation(phone.page);
    await look(phone.page, 'enrolment-2-offered-words');
    await choose(phone.page, 'Tôi tự đặt');
    await look(phone.page, 'enrolment-2-own-words');
    await lockWith(phone.page);
    await phone.page.getByText('Vào Hôm nay').waitFor({ timeout: 60_000 });
    await look(phone.page, 'enrolment-3-done');
    await goIn(phone.page);
    await phone.close();
    await phone.open('/');
    await look(phone.page, 'lock');
    await phone.page.getByLabel('Cụm mật khẩu').fill('không phải cụm này');
    await phone.page.getByRole('button', { name: 'Mở', exact: true }).click();
    await expect(phone.page.getByText(/Còn 9 lần/)).toBeVisible();
    await look(phone.page, 'lock-wrong');
  });
});

test('the screens of a member', { tag: '@long' }, async () => {
  await withPhone('phone', async (phone, { links }) => {
    await enrol(phone, links[0]!);
    await expect(phone.page.getByText('Xã đã nhận đủ.')).toBeVisible();
    await lookEverywhere(phone, 'member', await placesOfMember(phone));
  });
});

test('the screens of a member who is writing', { tag: '@long' }, async () => {
  await withPhone('phone', async (phone, { links }) => {
    await enrol(phone, links[0]!);
    await expect(phone.page.getByText('Xã đã nhận đủ.')).toBeVisible();
    await lookWhileWriting(phone, await placesOfMember(phone));
  });
});

async function placesOfMember(phone: Phone): Promise<Record<string, string>> {
  const { page } = phone;
  const household = await linkOn(phone, '/ho', son.household);
  const declined = await linkOn(phone, '/ho', 'Hộ số 9');
  const person = await linkOn(phone, '/uy-tin', 'Bế Văn Lâm (mẫu)');
  const answered = await linkOn(phone, '/y-kien', 'Mái bếp dột nặng');
  const returned = await linkOn(phone, '/y-kien', 'Có rác thải đổ ở ven suối');
  const confirmed = await linkOn(phone, '/y-kien', 'Hỏi thủ tục đổi tên chủ hộ');
  const logged = await linkOn(phone, household, 'Thường kỳ');
  await openInside(phone, '/');
  await page.getByRole('list', { name: 'Cần báo lại cho dân' }).waitFor();
  return {
    today: '/',
    households: '/ho',
    household,
    'household-declined': declined,
    'household-held': `${household}/luu-gi`,
    'household-consent': `${household}/dong-y`,
    'household-correct': `${household}/sua`,
    'household-request': `${household}/yeu-cau`,
    'visit-start': '/tham',
    'visit-absents': '/tham/vang',
    visit: `${household}/tham`,
    'visit-logged': logged,
    'visit-correct': `${logged}/sua`,
    'visit-photos': `${logged}/them-anh`,
    'household-new': '/ho/moi',
    people: '/uy-tin',
    person,
    contact: `${person}/gap`,
    feedback: '/y-kien',
    'feedback-answered': answered,
    'feedback-returned': returned,
    'feedback-confirmed': confirmed,
    'receipt-slip': `${confirmed}/giay-hen`,
    tell: `${answered}/bao`,
    'feedback-new': '/y-kien/moi',
    reception: '/noi-tiep-cong-dan',
    sync: '/gui-nhan',
    settings: '/cai-dat',
    pin: '/cai-dat/ma-pin',
    fingerprint: '/cai-dat/van-tay',
    passphrase: '/cai-dat/cum-mat-khau',
    sessions: '/may-cua-toi',
    'second-invitation': '/moi',
    'not-found': '/khong-co',
    'gone-household': `/ho/${neverThere}`,
    'gone-record': `/phieu/${neverThere}`,
    'other-role': '/xu-ly',
  };
}

/** Where the row with these words leads. */
async function linkOn(phone: Phone, path: string, words: string): Promise<string> {
  await openInside(phone, path);
  const href = await phone.page.getByRole('main').getByRole('link').filter({ hasText: words }).first().getAttribute('href');
  return href!;
}

/** Forms half filled, wrong and saved; what is only here; what came to nothing. */
async function lookWhileWriting(phone: Phone, places: Record<string, string>): Promise<void> {
  const { page } = phone;
  await openInside(phone, '/ho');
  await page.getByRole('searchbox').fill('khong co ai');
  await look(page, 'member-search-nothing');

  await openInside(phone, places['tell']!);
  await choose(page, 'Đã báo');
  await look(page, 'member-tell-told');
  await choose(page, 'Chưa gặp');
  await look(page, 'member-tell-not-found');

  await openInside(phone, '/');
  await phone.goOffline();
  await startVisit(page, son);
  for (const fold of await page.locator('summary').all()) await fold.click();
  await look(page, 'member-visit-unfolded');
  await page.getByRole('button', { name: 'Ghi ý kiến' }).click();
  await look(page, 'member-visit-feedback');
  await page.getByRole('button', { name: 'Lưu', exact: true }).click();
  await look(page, 'member-visit-wrong');
  await choose(page, 'Tố cáo');
  await look(page, 'member-visit-denunciation');
  await page.getByRole('button', { name: 'Bỏ ý kiến này' }).click();
  await look(page, 'member-visit-dropped');
  await fillVisit(page, { outcome: 'Hẹn tuần sau mang giống ngô tới.' });
  await save(page);
  await look(page, 'member-visit-saved');
  await page.getByText('Xong', { exact: true }).click();
  await look(page, 'member-household-unsent');

  await goTo(phone, 'Ý kiến');
  await page.getByRole('main').getByRole('link', { name: 'Ghi ý kiến' }).click();
  await page.getByLabel('Chủ đề').selectOption({ label: 'Nước' });
  await page.getByLabel('Bà con nói gì?').fill('Nước mó đục sau mưa, bà con xin xã xem lại bể lọc.');
  await choose(page, 'Giấu tên');
  await look(page, 'member-feedback-filled');
  await save(page);
  await look(page, 'member-feedback-saved');
  await page.getByText('Xong', { exact: true }).click();
  await openInside(phone, '/gui-nhan');
  await look(page, 'member-sync-unsent');
  await openInside(phone, '/');
  await look(page, 'member-today-unsent');
  await phone.goOnline();
}

test('the screens of the bloc', { tag: '@long' }, async () => {
  await withPhone('desk', async (desk, { links }) => {
    await enrol(desk, links[2]!);
    const { page } = desk;
    await page.getByRole('link', { name: /Đường, cầu/ }).first().waitFor();
    const fresh = await linkOn(desk, '/xu-ly', 'Đường bê tông ở dốc Keng Cải');
    await page.getByRole('button', { name: /^Tất cả/ }).click();
    const hrefOf = async (words: string) => (await page.getByRole('main').getByRole('link').filter({ hasText: words }).first().getAttribute('href'))!;
    const overdue = await hrefOf('Cột điện đoạn gần trường');
    const confirmed = await hrefOf('Hỏi thủ tục đổi tên chủ hộ');
    const household = await linkOn(desk, '/ho', son.household);
    const person = await linkOn(desk, '/uy-tin', 'Bế Văn Lâm (mẫu)');
    const places = {
      desk: '/xu-ly', fresh, overdue, confirmed, gone: `/xu-ly/${neverThere}`, households: '/ho', household, people: '/uy-tin', person,
      requests: '/yeu-cau', sync: '/gui-nhan', settings: '/cai-dat', waiting: '/cho-xem', 'waiting-gone': `/cho-xem/${neverThere}`, 'other-role': '/y-kien/moi',
    };
    await lookEverywhere(desk, 'bloc', places);
    await lookAtActions(desk, fresh, ['Phân loại và giao đơn vị', 'Trả lời', 'Hỏi thêm', 'Gộp với ý kiến khác', 'Chỉ nơi tiếp công dân'], 'bloc');
    await openInside(desk, '/xu-ly');
    await page.getByText('Lọc', { exact: true }).click();
    await look(page, 'bloc-filters');
    await page.setViewportSize({ width: 1280, height: 800 });
    await page.getByRole('button', { name: 'Phím tắt (?)' }).click();
    await look(page, 'bloc-keys');
  });
});

test('the bloc’s screens about households and lists', { tag: '@long' }, async () => {
  await withPhone('desk', async (desk, { links }) => {
    await enrol(desk, links[2]!);
    await expect(desk.page.getByRole('main').getByRole('link').first()).toBeVisible({ timeout: 30_000 });
    const household = await linkOn(desk, '/ho', son.household);
    const visit = await linkOn(desk, household, 'Thường kỳ');
    await lookEverywhere(desk, 'register', {
      new: '/ho/moi', correct: `${household}/sua`, close: `${household}/dong`, move: `${household}/chuyen`, merge: `${household}/gop`, held: `${household}/luu-gi`,
      import: '/nhap-danh-sach', visit, 'visit-question': `${visit}/hoi`, 'gone-photo': `/anh/${neverThere}`,
    });
    const { page } = desk;
    await openInside(desk, '/ho/moi');
    await page.getByRole('button', { name: 'Lưu', exact: true }).click();
    await look(page, 'register-new-wrong');
    await openInside(desk, `${visit}/hoi`);
    await page.getByRole('button', { name: 'Lưu', exact: true }).click();
    await look(page, 'register-question-wrong');
  });
});

test('the bloc’s screens about prestigious persons', { tag: '@long' }, async () => {
  await withPhone('desk', async (desk, { links }) => {
    await enrol(desk, links[2]!);
    await expect(desk.page.getByRole('main').getByRole('link').first()).toBeVisible({ timeout: 30_000 });
    const person = await linkOn(desk, '/uy-tin', 'Bế Văn Lâm (mẫu)');
    // Whose proposal lies at the commune.
    const proposed = await linkOn(desk, '/uy-tin', 'Đã gửi lên xã');
    const decide = await linkOn(desk, proposed, 'Ghi quyết định công nhận');
    const gift = await linkOn(desk, person, 'Thăm, tặng quà Tết');
    await lookEverywhere(desk, 'people', {
      proposed, decide, gift, new: '/uy-tin/moi', correct: `${person}/sua`, propose: `${person}/gioi-thieu`, held: `${person}/quyet-dinh`, benefit: `${person}/che-do`, tet: '/uy-tin/tet', official: '/uy-tin/danh-sach',
    });
  });
});

test('the screens of a unit that answers', { tag: '@long' }, async () => {
  await withPhone('desk', async (desk, { links }) => {
    await enrol(desk, links[3]!);
    const { page } = desk;
    await page.getByRole('link', { name: /Nước/ }).first().waitFor();
    const waiting = await linkOn(desk, '/xu-ly', 'Bể nước chung của xóm cạn');
    const withheld = await linkOn(desk, '/xu-ly', 'Cột điện đoạn gần trường');
    const places = { desk: '/xu-ly', waiting, withheld, sync: '/gui-nhan', settings: '/cai-dat', 'other-role': '/ho' };
    await lookEverywhere(desk, 'unit', places);
    await lookAtActions(desk, waiting, ['Trả lời', 'Nhận giải quyết'], 'unit');
  });
});

test('the screens of the administrator', { tag: '@long' }, async () => {
  await withPhone('desk', async (desk, { links, url }) => {
    const member = await newPhone(url);
    await enrol(member, links[0]!);
    await member.dispose();
    await enrol(desk, links[4]!);
    const withPhoneInUse = await linkOn(desk, '/quan-ly', 'Hoàng Thị Én (mẫu)');
    const invited = await linkOn(desk, '/quan-ly', 'Lục Văn Thắng (mẫu)');
    const hamlet = await linkOn(desk, '/xom', 'Lũng Rì');
    const places = {
      members: '/quan-ly', member: withPhoneInUse, 'member-invited': invited, gone: `/quan-ly/${neverThere}`, 'new-member': '/quan-ly/moi', hamlets: '/xom', hamlet,
      'gone-hamlet': '/xom/01456-099', sessions: '/may-cua-toi', sync: '/gui-nhan', settings: '/cai-dat', 'other-role': '/ho',
    };
    await lookEverywhere(desk, 'admin', places);
    await lookAtAdministration(desk, withPhoneInUse, hamlet);
  });
});

/** Forms, what they say is wrong, what they say will happen, and an invitation. */
async function lookAtAdministration(desk: Phone, member: string, hamlet: string): Promise<void> {
  const { page } = desk;
  const close = () => page.getByRole('button', { name: 'Thôi', exact: true }).click();
  await openInside(desk, '/quan-ly/moi');
  await page.getByRole('button', { name: 'Thêm vai trò' }).click();
  await page.getByRole('button', { name: 'Thêm người này' }).click();
  await look(page, 'admin-new-wrong');
  await close();

  await openInside(desk, member);
  await page.getByText(/Đang đăng nhập/).click();
  await look(page, 'admin-member-sessions');
  await page.getByRole('button', { name: 'Sửa tên, vai trò' }).click();
  await look(page, 'admin-edit');
  await close();
  await page.getByRole('button', { name: 'Chuyển xóm' }).click();
  await page.getByLabel('Sang xóm nào?').selectOption({ label: 'Lũng Rì' });
  await look(page, 'admin-move');
  await close();
  await page.getByRole('button', { name: 'Đã nghỉ' }).click();
  await look(page, 'admin-leave');
  await close();
  await page.getByRole('button', { name: 'Thu hồi máy này' }).click();
  await look(page, 'admin-revoke');
  await close();
  await page.getByRole('button', { name: 'Tạo lời mời' }).click();
  await page.getByRole('img', { name: 'Mã QR của lời mời' }).waitFor();
  await look(page, 'admin-invitation');

  await openInside(desk, hamlet);
  await page.getByLabel('Gộp vào xóm nào?').selectOption({ label: 'Nà Thoong' });
  await look(page, 'admin-merge');
  await page.getByRole('button', { name: 'Gộp', exact: true }).click();
  await look(page, 'admin-merge-asked');
  await page.getByRole('dialog').getByRole('button', { name: 'Gộp', exact: true }).click();
  await page.getByText('Xóm này đã gộp vào xóm Nà Thoong.').waitFor();
  await look(page, 'admin-merged');
}

test('the screens of the officer who protects personal data', { tag: '@long' }, async () => {
  await withPhone('desk', async (desk, { links }) => {
    await enrol(desk, links[5]!);
    await desk.page.getByText('Nhật ký nguyên vẹn').waitFor();
    await lookEverywhere(desk, 'dpo', { audit: '/nhat-ky', sync: '/gui-nhan', settings: '/cai-dat', sessions: '/may-cua-toi', 'other-role': '/quan-ly' });
  });
});

/** The form of each action on one feedback. */
async function lookAtActions(desk: Phone, path: string, actions: readonly string[], who: string): Promise<void> {
  const { page } = desk;
  for (const [at, action] of actions.entries()) {
    await openInside(desk, '/xu-ly');
    await openInside(desk, path);
    const button = page.getByRole('article').getByRole('button', { name: action, exact: true });
    if (!(await button.isVisible())) await page.getByRole('article').getByText('Việc khác', { exact: true }).click();
    await button.click();
    await look(page, `${who}-action-${at + 1}`);
    await page.getByRole('button', { name: 'Thôi', exact: true }).click();
  }
}

test('it can be put on the home screen, and is there without a network', { tag: '@long' }, async () => {
  await withPhone('phone', async (phone, { links, url }) => {
    await enrol(phone, links[0]!);
    const { page } = phone;
    const manifest = await manifestOf(page);
    expect(manifest).toMatchObject({ name: 'Gần Dân', short_name: 'Gần Dân', lang: 'vi', start_url: '/', scope: '/', display: 'standalone' });
    const drawn = await Promise.all(manifest.icons.filter(({ sizes }) => sizes !== 'any').map(async (icon) => ({ ...icon, drawn: await sizeOf(page, icon.src) })));
    expect(drawn.map(({ sizes }) => sizes)).toEqual(expect.arrayContaining(['192x192', '512x512']));
    expect(drawn.map(({ drawn: size }) => size)).toEqual(drawn.map(({ sizes }) => sizes));
    expect(manifest.icons.some(({ purpose }) => purpose === 'maskable')).toBe(true);
    expect(await page.evaluate(() => navigator.serviceWorker.controller?.scriptURL)).toBe(`${url}/service-worker.js`);

    await phone.close();
    await phone.open('/ho', { offline: true });
    await expect(phone.page.getByRole('heading', { name: 'Mở khóa' })).toBeVisible();
    await unlock(phone);
    await expect(phone.page.getByRole('link', { name: son.household })).toBeVisible();
  });
});

interface Manifest {
  readonly icons: readonly { readonly src: string; readonly sizes: string; readonly purpose?: string }[];
}

async function manifestOf(page: Page): Promise<Manifest> {
  return page.evaluate(async () => {
    const link = document.querySelector<HTMLLinkElement>('link[rel=manifest]');
    return (await (await fetch(link!.href)).json()) as Manifest;
  });
}

/** `192x192`: as the browser itself draws it. */
async function sizeOf(page: Page, src: string): Promise<string> {
  return page.evaluate(async (address) => {
    const image = new Image();
    image.src = address;
    await image.decode();
    return `${image.naturalWidth}x${image.naturalHeight}`;
  }, src);
}

test('a newer version is offered, never in the middle of a form and never by force', { tag: '@long' }, async () => {
  await withPhone('phone', async (phone, { links }, appFolder) => {
    await enrol(phone, links[0]!);
    const { page } = phone;
    const offer = page.getByText('Có bản mới. Cập nhật khi xong việc?');
    const version = page.locator('meta[name=version]');
    await startVisit(page, son);
    await page.getByLabel('Đã làm, đã hẹn').fill('Đang viết dở thì có bản mới');

    await test.step('it comes while a form is being written: not a word', async () => {
      putSecondVersion(appFolder);
      await page.evaluate(async () => {
        await (await navigator.serviceWorker.ready).update();
      });
      await expect.poll(() => page.evaluate(async () => (await navigator.serviceWorker.ready).waiting !== null)).toBe(true);
      await expect(page.getByText('Đã giữ nháp')).toBeVisible();
      await expect(offer).toHaveCount(0);
      await expect(page.getByLabel('Đã làm, đã hẹn')).toHaveValue('Đang viết dở thì có bản mới');
    });
    await test.step('the form is left: it is offered, put off, and nothing has changed', async () => {
      await page.getByRole('link', { name: 'Quay lại' }).click();
      await expect(offer).toBeVisible();
      await look(page, 'update-offer');
      await page.getByRole('button', { name: 'Để sau' }).click();
      await expect(offer).toHaveCount(0);
      await expect(version).toHaveCount(0);
    });
    await test.step('the next start still opens the version that is there, and offers again', async () => {
      await phone.page.reload();
      await expect(version).toHaveCount(0);
      await unlock(phone);
      await expect(offer).toBeVisible();
    });
    await test.step('it is taken when the person says so, and the draft is there', async () => {
      await page.getByRole('button', { name: 'Cập nhật', exact: true }).click();
      await expect(version).toHaveAttribute('content', 'second');
      await unlock(phone);
      await goTo(phone, 'Hôm nay');
      await page.getByRole('link', { name: /Nông Văn Sơn.*Viết lúc/s }).click();
      await expect(page.getByLabel('Đã làm, đã hẹn')).toHaveValue('Đang viết dở thì có bản mới');
    });
  });
});

/** Another page and another worker that holds it, as a build of changed sources leaves them. */
function putSecondVersion(appFolder: string): void {
  const page = join(appFolder, 'index.html');
  writeFileSync(page, readFileSync(page, 'utf8').replace('<head>', '<head><meta name="version" content="second" />'));
  const worker = join(appFolder, 'service-worker.js');
  const code = readFileSync(worker, 'utf8');
  const entry = /\{[^{}]*"url":"index\.html"[^{}]*\}/.exec(code)?.[0];
  if (entry === undefined) throw new Error('the service worker holds no index.html');
  writeFileSync(worker, code.replace(entry, '{"url":"index.html","revision":"second"}'));
}
