import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createBundle, createReceiptFile, readReceiptFile } from '#sync/bundle.ts';
import type { Bundle } from '#sync/bundle.ts';
import { openReceipt } from '#sync/entry.ts';
import type { SealedEntry } from '#sync/entry.ts';
import { receiptSchema } from '#sync/protocol.ts';
import { raiseEpoch } from '../epoch.ts';
import { change, commune, createTestEndpoint, enrolPhone, household, newIdentity, north, random, roles } from '../test-support.ts';
import type { TestEndpoint, TestPhone } from '../test-support.ts';
import { readCommand } from './command-line.ts';
import { runCommand } from './run-command.ts';

let folder: string;
let stage: TestEndpoint;
let phone: TestPhone;
const at = (name: string) => join(folder, name);

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'gan-dan-'));
  stage = await createTestEndpoint();
  phone = await enrolPhone(stage, roles.member);
});
afterEach(() => rmSync(folder, { recursive: true }));

const changed = (no: number) => change('household', north, stage.newId(), household(no));
const bundleOf = (over: Partial<Bundle> = {}, entries: readonly SealedEntry[] = phone.outbox) =>
  createBundle({
    endpointId: stage.endpoint.identity().endpointId,
    epoch: 1,
    communeCode: commune,
    madeAt: '2026-11-22T08:00:00+07:00',
    sessions: [{ sessionId: phone.session.sessionId, header: phone.header }],
    entries: [...entries],
    ...over,
  });
function file(text: string): string {
  writeFileSync(at('tay.gandan'), text);
  return at('tay.gandan');
}

async function run(...typed: string[]): Promise<{ readonly done: boolean; readonly text: string }> {
  const command = readCommand(typed);
  if (!command.ok || command.value.name === 'help') throw new Error('no command');
  const printed: string[] = [];
  const context = { now: stage.clock.now(), newId: stage.newId, newRandomId: stage.newId, random, memberId: stage.endpoint.identity().endpointId };
  const done = await runCommand(command.value, { endpoint: stage.endpoint, publicUrl: 'https://gan-dan.example', context, print: (line) => printed.push(line) });
  return { done, text: printed.join('\n') };
}
const taken = () => stage.endpoint.records(commune, 'household');

describe('import-bundle', () => {
  it('takes in what was carried here, once, however often it is handed in', async () => {
    for (const no of [1, 2, 3]) await phone.save([changed(no)]);
    const path = file(bundleOf());
    expect(await run('import-bundle', path)).toEqual({ done: true, text: 'Tệp có 3 mục: nhận mới 3, đã có từ trước 0 (không nhân đôi).' });
    expect(await taken()).toHaveLength(3);
    await phone.save([changed(4)]);
    const more = await run('import-bundle', file(bundleOf()));
    expect(more).toEqual({ done: true, text: 'Tệp có 4 mục: nhận mới 1, đã có từ trước 3 (không nhân đôi).' });
    expect(await taken()).toHaveLength(4);
  });

  it('writes a receipt that the phone alone reads, with what became of each entry', async () => {
    const entry = await phone.save([changed(1)]);
    const refused = await phone.save([change('household', north, stage.newId(), { no: 2 })]);
    const { done, text } = await run('import-bundle', file(bundleOf()), '--receipt', at('bien-nhan.gandan'));
    expect(done).toBe(true);
    expect(text).toContain(`Đã ghi biên nhận ra ${at('bien-nhan.gandan')}`);
    const read = readReceiptFile(readFileSync(at('bien-nhan.gandan'), 'utf8'));
    if (!read.ok) throw new Error(read.error.code);
    expect(read.value).toMatchObject({ endpointId: stage.endpoint.identity().endpointId, madeAt: '2026-11-22T08:00:00+07:00' });
    const verdicts = [];
    for (const sealed of read.value.receipts) {
      const opened = await openReceipt({ ...phone.session, deviceId: phone.deviceId, sealed });
      if (!opened.ok) throw new Error('not read');
      verdicts.push(...receiptSchema.parse(opened.value).verdicts);
    }
    expect(verdicts.map(({ entryId, verdict }) => [entryId, verdict])).toEqual([[entry.entryId, 'applied'], [refused.entryId, 'rejected']]);
    const other = await enrolPhone(stage, roles.lead);
    const [sealed = { session: '', bytes: '' }] = read.value.receipts;
    expect(await openReceipt({ ...phone.session, receiptKey: other.session.receiptKey, deviceId: phone.deviceId, sealed })).toEqual({
      ok: false,
      error: { code: 'unreadable' },
    });
  });

  it('takes nothing when the receipt would go over another file', async () => {
    await phone.save([changed(1)]);
    writeFileSync(at('bien-nhan.gandan'), 'of last time');
    const { done, text } = await run('import-bundle', file(bundleOf()), '--receipt', at('bien-nhan.gandan'));
    expect([done, text]).toEqual([false, expect.stringMatching(/không ghi đè[^]*Chưa nhận gì/u)]);
    expect(readFileSync(at('bien-nhan.gandan'), 'utf8')).toBe('of last time');
    expect(await taken()).toEqual([]);
  });

  it('says that the file is older than the last restore, and takes it all the same', async () => {
    await phone.save([changed(1)]);
    await raiseEpoch(stage.db, stage.clock.now());
    stage = await stage.restarted();
    const { done, text } = await run('import-bundle', file(bundleOf()));
    expect([done, text]).toEqual([true, expect.stringContaining('trước lần phục hồi')]);
    expect(await taken()).toHaveLength(1);
    expect((await run('import-bundle', file(bundleOf({ epoch: 2 })))).text).not.toContain('phục hồi');
    expect((await run('import-bundle', file(bundleOf({ epoch: 0 })))).text).not.toContain('phục hồi');
  });

  it('takes what is whole beside what was changed, and ends with 1', async () => {
    for (const no of [1, 2]) await phone.save([changed(no)]);
    const [first, second] = phone.outbox;
    if (first === undefined || second === undefined) throw new Error('no entries');
    const broken = { ...second, bytes: `${second.bytes.slice(0, 60)}${second.bytes[60] === 'A' ? 'B' : 'A'}${second.bytes.slice(61)}` };
    const { done, text } = await run('import-bundle', file(bundleOf({}, [first, broken])), '--receipt', at('bien-nhan.gandan'));
    expect([done, text]).toEqual([false, expect.stringMatching(/nhận mới 1, [^]*1 mục không đọc được/u)]);
    expect(existsSync(at('bien-nhan.gandan'))).toBe(true);
    expect(await taken()).toHaveLength(1);
  });

  it('tells apart a phone that never enrolled here, and leaves no empty receipt', async () => {
    const identity = await newIdentity(stage);
    const entry = phone.entry([changed(1)], { deviceId: identity.deviceId });
    const sessions = [{ sessionId: identity.session.sessionId, header: identity.session.header }];
    const path = file(bundleOf({ sessions }, [await identity.seal(entry, entry.deviceSeq)]));
    const { done, text } = await run('import-bundle', path, '--receipt', at('bien-nhan.gandan'));
    expect([done, text]).toEqual([false, expect.stringContaining('1 mục của máy chưa từng đăng ký ở đây')]);
    expect(existsSync(at('bien-nhan.gandan'))).toBe(false);
  });

  it('says what is wrong with a file that it takes nothing of', async () => {
    await phone.save([changed(1)]);
    const whole = bundleOf();
    const receipt = createReceiptFile([], { endpointId: stage.newId(), madeAt: '2026-11-22T08:00:00+07:00' });
    const cases: [string, string][] = [
      [whole.slice(0, -20), 'bị hỏng hoặc bị thiếu một phần'],
      [whole.replace('"deviceSeq":1', '"deviceSeq":2'), 'bị hỏng hoặc bị thiếu một phần'],
      [whole.replace('"version":1', '"version":9'), 'bản Gần Dân mới hơn'],
      ['STT;Họ và tên', 'không phải tệp phiếu'],
      [receipt, 'đây là biên nhận'],
      [bundleOf({ endpointId: stage.newId() }), 'hệ thống Gần Dân khác'],
      [`{"format":"gan-dan bundle"${' '.repeat(33 * 1024 * 1024)}`, 'quá lớn'],
    ];
    for (const [text, said] of cases) {
      const outcome = await run('import-bundle', file(text), '--receipt', at('bien-nhan.gandan'));
      expect(outcome).toEqual({ done: false, text: expect.stringContaining(said) });
      expect(outcome.text).toContain('Chưa nhận gì vào sổ.');
    }
    expect(await run('import-bundle', at('nowhere.gandan'))).toMatchObject({ done: false, text: expect.stringContaining('không có tệp này') });
    expect(existsSync(at('bien-nhan.gandan'))).toBe(false);
    expect(await taken()).toEqual([]);
  });
});
