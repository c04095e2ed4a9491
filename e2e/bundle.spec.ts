/** No signal for weeks: the visits travel as a file in somebody's pocket, and the commune's receipt comes home the same way. */
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { startEndpoint } from './endpoint-process.ts';
import { recordsAt, tracesAt } from './endpoint-records.ts';
import { expect, test } from './fixtures.ts';
import { enrol, goTo, logVisit, newPhone } from './phone.ts';
import type { Phone } from './phone.ts';

const outcome = 'Hẹn mang tờ khai hộ khẩu sang.';

interface Carried {
  readonly path: string;
  readonly name: string;
  readonly text: string;
}

/** Presses a button that gives a file and keeps what came. */
async function takeFile(page: Page, folder: string, button: string): Promise<Carried> {
  const given = page.waitForEvent('download');
  await page.getByRole('button', { name: button }).click();
  const download = await given;
  const name = download.suggestedFilename();
  const path = join(folder, name);
  await download.saveAs(path);
  return { path, name, text: readFileSync(path, 'utf8') };
}

interface Bundle {
  readonly format: string;
  readonly check: string;
  readonly endpointId: string;
  readonly epoch: number;
  readonly communeCode: string;
  readonly madeAt: string;
  readonly sessions: readonly { readonly sessionId: string; readonly header: Readonly<Record<'info' | 'enc' | 'signature', string>> }[];
  readonly entries: readonly { readonly session: string; readonly deviceSeq: number; readonly bytes: string }[];
}

/** Each entry with one character of its sealed bytes changed, in a file that is whole again: as somebody would who knows the format. */
function withBrokenSeals(text: string): string {
  const bundle = JSON.parse(text) as Bundle;
  expect(bundle.check).toBe(checkOf(bundle));
  const entries = bundle.entries.map((entry) => ({ ...entry, bytes: `${entry.bytes.slice(0, 60)}${entry.bytes[60] === 'A' ? 'B' : 'A'}${entry.bytes.slice(61)}` }));
  return JSON.stringify({ ...bundle, entries, check: checkOf({ ...bundle, entries }) });
}

function checkOf({ format, endpointId, epoch, communeCode, madeAt, sessions, entries }: Bundle): string {
  const said = [
    format, endpointId, epoch, communeCode, madeAt,
    sessions.map(({ sessionId, header }) => [sessionId, header.info, header.enc, header.signature]),
    entries.map(({ session, deviceSeq, bytes }) => [session, deviceSeq, bytes]),
  ];
  return createHash('sha256').update(JSON.stringify(said)).digest('base64url');
}

async function openSync(phone: Phone): Promise<void> {
  await goTo(phone, 'Hôm nay');
  await phone.page.getByRole('main').getByRole('link', { name: /chỉ có trên máy này|Xã đã nhận đủ|Không có phiếu/u }).click();
  await expect(phone.page.getByRole('heading', { name: 'Gửi và nhận' })).toBeVisible();
}

test('a bundle carried by a second browser arrives once, whatever is handed in, and its receipt settles it at home', { tag: '@long' }, async () => {
  const endpoint = await startEndpoint();
  const elsewhere = await startEndpoint();
  const phone = await newPhone(endpoint.url);
  const carrier = await newPhone(endpoint.url, 'desk');
  const stranger = await newPhone(elsewhere.url);
  try {
    await enrol(phone, endpoint.links[0]!);
    await expect(phone.page.getByText('Xã đã nhận đủ.')).toBeVisible();
    const before = tracesAt(endpoint.folder);
    await phone.goOffline();
    await logVisit(phone.page, { search: 'ly thi may', household: 'Lý Thị Mẩy (mẫu)', outcome });
    await logVisit(phone.page, { search: 'dam minh duc', household: 'Đàm Minh Đức (mẫu)', met: 'Vắng' });

    const file = await test.step('the member makes a file of what exists only here', async () => {
      await openSync(phone);
      const made = await takeFile(phone.page, endpoint.folder, 'Gửi bằng tệp');
      expect(made.name).toMatch(/^gan-dan-2-phieu-\d{4}-\d{2}-\d{2}\.gandan$/u);
      await expect(phone.page.getByText('Đã lưu tệp 2 phiếu vào mục Tải xuống.')).toBeVisible();
      // Nothing is promised before the commune has it.
      await expect(phone.page.getByText(/2 phiếu chỉ có trên máy này/u)).toBeVisible();
      for (const word of [outcome, 'Mẩy', 'Đức']) expect(made.text).not.toContain(word);
      return made;
    });

    await carrier.open('/bundle');
    const { page } = carrier;
    const handIn = async (name: string, text: string) => {
      const path = join(endpoint.folder, name);
      writeFileSync(path, text);
      await page.getByLabel('Chọn tệp').setInputFiles(path);
    };

    await test.step('what is damaged, foreign or no bundle is told in its own words and changes nothing', async () => {
      await handIn('cut.gandan', file.text.slice(0, -40));
      await expect(page.getByText(/Tệp bị hỏng hoặc thiếu một phần/u)).toBeVisible();
      await handIn('letter.txt', 'Kính gửi khối dân vận xã');
      await expect(page.getByText(/không phải tệp phiếu Gần Dân/u)).toBeVisible();
      await stranger.open('/bundle');
      await stranger.page.getByLabel('Chọn tệp').setInputFiles(file.path);
      await expect(stranger.page.getByText(/không phải xã này/u)).toBeVisible();
      await stranger.close();
      await handIn('broken-seal.gandan', withBrokenSeals(file.text));
      await expect(page.getByText(/2 phiếu không mở được: tệp bị sửa/u)).toBeVisible();
      expect(tracesAt(endpoint.folder)).toEqual(before);
    });

    await test.step('without a connection nothing is promised: the file has to be chosen once more', async () => {
      await carrier.goOffline();
      await page.getByLabel('Chọn tệp').setInputFiles(file.path);
      await expect(page.getByText('Chưa nối được với xã.', { exact: true })).toBeVisible();
      await expect(page.getByText(/Tệp chưa nộp xong\. Có sóng thì chọn lại tệp này/u)).toBeVisible();
      await expect(page.getByText(/tự gửi/u)).toHaveCount(0);
      await carrier.goOnline();
    });

    const receipt = await test.step('handed in by somebody without an account, both visits are there', async () => {
      await page.getByLabel('Chọn tệp').setInputFiles(file.path);
      await expect(page.getByText('Xã đã nhận 2 phiếu.')).toBeVisible();
      expect(recordsAt(endpoint.folder, 'visit').filter(({ fields }) => fields['outcome'] === outcome)).toHaveLength(1);
      expect(tracesAt(endpoint.folder).entries).toHaveLength(before.entries.length + 2);
      return await takeFile(page, endpoint.folder, 'Lấy biên nhận');
    });
    const after = tracesAt(endpoint.folder);

    await test.step('handed in twice, or with its seals broken and its check made good again, nothing is doubled or changed', async () => {
      await page.getByLabel('Chọn tệp').setInputFiles(file.path);
      await expect(page.getByText(/cả 2 phiếu xã đều có, không bị trùng/u)).toBeVisible();
      await handIn('broken-again.gandan', withBrokenSeals(file.text));
      await expect(page.getByText(/2 phiếu không mở được: tệp bị sửa/u)).toBeVisible();
      await handIn('receipt.gandan', receipt.text);
      await expect(page.getByText(/Đây là biên nhận/u)).toBeVisible();
      expect(tracesAt(endpoint.folder)).toEqual(after);
    });

    await test.step('at home, still without a signal, the receipt says what the commune did', async () => {
      expect(receipt.name).toMatch(/^gan-dan-bien-nhan-2-phieu-/u);
      expect(receipt.text).not.toContain(outcome);
      await phone.page.getByLabel('Mở biên nhận xã gửi về').setInputFiles(file.path);
      await expect(phone.page.getByText('Tệp này không phải biên nhận của xã.')).toBeVisible();
      const cut = join(endpoint.folder, 'cut-receipt.gandan');
      writeFileSync(cut, receipt.text.slice(0, -40));
      await phone.page.getByLabel('Mở biên nhận xã gửi về').setInputFiles(cut);
      await expect(phone.page.getByText(/Biên nhận bị hỏng hoặc thiếu một phần/u)).toBeVisible();
      await phone.page.getByLabel('Mở biên nhận xã gửi về').setInputFiles(receipt.path);
      await expect(phone.page.getByText('Xã đã xem 2 phiếu trong biên nhận này.')).toBeVisible();
      await expect(phone.page.getByText(/chỉ có trên máy này, từ/u)).toHaveCount(0);
    });

    await test.step('back within reach nothing is sent again, and both visits are still in sight', async () => {
      await phone.goOnline();
      await expect(phone.page.getByText('Xã đã nhận đủ.')).toBeVisible({ timeout: 60_000 });
      expect(tracesAt(endpoint.folder)).toEqual(after);
    });
    expect([...phone.complaints, ...carrier.complaints]).toEqual([]);
  } finally {
    await phone.dispose();
    await carrier.dispose();
    await stranger.dispose();
    await endpoint.dispose();
    await elsewhere.dispose();
  }
});
