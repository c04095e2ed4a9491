import { beforeAll, expect, test } from 'vitest';
import { signChallenge, verifyChallenge } from '#sync/entry.ts';
import { openBox } from './box.ts';
import { argonFloor, deriveKey } from './derive-key.ts';
import type { DeriveKey } from './derive-key.ts';
import { withChecksum } from './vault-row.ts';
import type { VaultRow } from './vault-row.ts';
import { argonParameters, changePassphrase, createVault, openVault, openWrappedVault, withDeviceKey } from './vault.ts';
import type { OpenVault } from './vault.ts';

const passphrase = 'suối trâu mận gạo';
const wrong = { ok: false, error: { code: 'wrong_passphrase' } };
const damaged = { ok: false, error: { code: 'damaged' } };
const weak = { ok: false, error: { code: 'weak_parameters' } };
const failed = { ok: false, error: { code: 'derivation_failed' } };

/** Stands in for Argon2id where its cost is not the point. */
const quickDerive: DeriveKey = async (text, salt) =>
  new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(`${text}/${Buffer.from(salt).toString('hex')}`)));

const noMemory: DeriveKey = () => Promise.reject(new RangeError('WebAssembly.Memory(): could not allocate memory'));

async function create(options: Partial<Parameters<typeof createVault>[0]> = {}): Promise<{ row: VaultRow; open: OpenVault }> {
  const created = await createVault({ passphrase, derive: quickDerive, ...options });
  if (!created.ok) throw new Error(created.error.code);
  return created.value;
}
async function open(row: VaultRow, text = passphrase): Promise<OpenVault> {
  const opened = await openVault(row, text, { derive: quickDerive });
  if (!opened.ok) throw new Error(opened.error.code);
  return opened.value;
}

let row: VaultRow;
let vault: OpenVault;
beforeAll(async () => {
  ({ row, open: vault } = await create());
});

test('with the real derivation and the full parameters, the row opens by its passphrase and by no other', async () => {
  const created = await createVault({ passphrase });
  if (!created.ok) throw new Error(created.error.code);
  expect(created.value.row.argon).toEqual(argonParameters);
  const stored = structuredClone(created.value.row);
  expect(await openVault(stored, passphrase)).toMatchObject({ ok: true });
  expect(await openVault(stored, 'suối trâu mận gạc')).toEqual(wrong);
});

test('after the page was closed, the row gives back the same keys', async () => {
  const channel = await vault.createChannelKey('channels/hamlet/1');
  const draft = await vault.sealUnderDataKey(Uint8Array.of(1, 2), 'drafts/1');
  const again = await open(structuredClone(row));
  expect(await again.unwrapKey(channel.wrapped, 'channels/hamlet/1')).toEqual({ ok: true, value: channel.key });
  expect(await again.openUnderDataKey(draft, 'drafts/1')).toEqual({ ok: true, value: Uint8Array.of(1, 2) });
});

test('the device signs before and after with the one key the endpoint knows', async () => {
  const again = await open(row);
  expect(again.devicePublicKey).toBe(vault.devicePublicKey);
  for (const { deviceKey } of [vault, again]) {
    expect(deviceKey.extractable).toBe(false);
    expect(await verifyChallenge(row.devicePublicKey, 'c', await signChallenge(deviceKey, 'c'))).toBe(true);
  }
});

test('two vaults of one passphrase share nothing', async () => {
  const other = await create();
  const wrapped = await vault.wrapKey(new Uint8Array(32), 'c');
  expect(await other.open.unwrapKey(wrapped, 'c')).toEqual(damaged);
  expect(other.row.salt).not.toEqual(row.salt);
  expect(other.row.devicePublicKey).not.toBe(row.devicePublicKey);
});

test('a key unwraps under its own context only, and a wrapped key is never read as a row', async () => {
  const raw = crypto.getRandomValues(new Uint8Array(32));
  const wrapped = await vault.wrapKey(raw, 'sessions/1');
  expect(await vault.unwrapKey(wrapped, 'sessions/1')).toEqual({ ok: true, value: raw });
  expect(await vault.unwrapKey(wrapped, 'sessions/2')).toEqual(damaged);
  expect(await vault.openUnderDataKey(wrapped, 'sessions/1')).toEqual(damaged);
  expect(await vault.unwrapKey(await vault.sealUnderDataKey(raw, 'sessions/1'), 'sessions/1')).toEqual(damaged);
});

test('every channel has a key of its own', async () => {
  const keys = await Promise.all(Array.from({ length: 20 }, () => vault.createChannelKey('c')));
  expect(new Set(keys.map(({ key }) => Buffer.from(key).toString('hex'))).size).toBe(20);
  expect(keys.every(({ key }) => key.length === 32)).toBe(true);
});

test('the same words open however they are typed', async () => {
  const composed = await create({ passphrase: 'hòa bình xóm' });
  for (const typed of ['hòa bình xóm'.normalize('NFD'), 'hoà bình xóm', 'HÒA  Bình xóm ', 'hoa binh xom']) {
    expect(await openVault(composed.row, typed, { derive: quickDerive }), typed).toMatchObject({ ok: true });
  }
  const decomposed = await create({ passphrase: 'hòa bình xóm'.normalize('NFD') });
  expect(await openVault(decomposed.row, 'hòa bình xóm'.normalize('NFC'), { derive: quickDerive })).toMatchObject({ ok: true });
});

test('a passphrase under 8 characters makes no vault, and opens none', async () => {
  expect(await createVault({ passphrase: 'bảy chữ', derive: quickDerive })).toEqual({ ok: false, error: { code: 'passphrase_too_short' } });
  expect(await openVault(row, '', { derive: noMemory })).toEqual(wrong);
});

const byteFields = ['salt', 'wrappedDataKey', 'wrappedDeviceKey', 'checksum'] as const;

test('every bit of the row counts, and a damaged row is known before any derivation', async () => {
  for (const field of byteFields) {
    for (let bit = 0; bit < row[field].length * 8; bit++) {
      const flipped = row[field].slice();
      flipped[bit >> 3]! ^= 1 << (bit & 7);
      expect(await openVault({ ...row, [field]: flipped }, passphrase, { derive: noMemory }), `bit ${bit} of ${field}`).toEqual(damaged);
    }
  }
});

test('what is no row at all is damaged', async () => {
  for (const nothing of [null, undefined, 'x', {}]) expect(await openVault(nothing as VaultRow, passphrase, { derive: noMemory })).toEqual(damaged);
});

test('a row whose numbers, text or shape changed is damaged', async () => {
  const changes: Partial<Record<keyof VaultRow, unknown>>[] = [
    { version: 2 }, { argon: { ...row.argon, iterations: 4 } }, { argon: { ...row.argon, memoryKiB: 1e9 } }, { argon: null },
    { argon: { ...row.argon, parallelism: 2 } }, { devicePublicKey: vault.devicePublicKey.toLowerCase() }, { devicePublicKey: 1 },
    { salt: undefined }, { salt: 'x' }, { wrappedDataKey: [1] }, { checksum: new Uint8Array(0) },
  ];
  for (const change of changes) {
    const answer = await openVault({ ...row, ...change } as VaultRow, passphrase, { derive: noMemory });
    expect(answer, JSON.stringify(change)).toEqual(damaged);
  }
});

test('whoever changes the row and mends its checksum gets no further', async () => {
  const flip = (bytes: Uint8Array<ArrayBuffer>, at: number) => bytes.map((byte, index) => (index === at ? byte ^ 1 : byte));
  const thief = await create();
  const changes: [Partial<VaultRow>, object][] = [
    [{ version: 2 as 1 }, damaged],
    [{ salt: flip(row.salt, 3) }, wrong],
    [{ argon: { ...row.argon, iterations: 4 } }, wrong],
    ...[0, 5, 20, 60].map((at): [Partial<VaultRow>, object] => [{ wrappedDataKey: flip(row.wrappedDataKey, at) }, wrong]),
    ...[0, 5, 20, 150].map((at): [Partial<VaultRow>, object] => [{ wrappedDeviceKey: flip(row.wrappedDeviceKey, at) }, damaged]),
    [{ wrappedDeviceKey: thief.row.wrappedDeviceKey }, damaged],
    [{ devicePublicKey: thief.row.devicePublicKey }, damaged],
    [{ devicePublicKey: thief.row.devicePublicKey, wrappedDeviceKey: thief.row.wrappedDeviceKey }, damaged],
  ];
  for (const [change, answer] of changes) {
    const mended = await withChecksum({ ...row, ...change });
    expect(await openVault(mended, passphrase, { derive: quickDerive }), Object.keys(change).join()).toEqual(answer);
  }
});

test('a row below the floor is refused even by the right passphrase, and none is made', async () => {
  for (const argon of [{ ...argonFloor, memoryKiB: argonFloor.memoryKiB - 1 }, { ...argonFloor, iterations: 1 }]) {
    expect(await createVault({ passphrase, argon, derive: quickDerive })).toEqual(weak);
    expect(await openVault(await withChecksum({ ...row, argon }), passphrase, { derive: quickDerive })).toEqual(weak);
    expect(await changePassphrase(row, passphrase, passphrase, { argon, derive: quickDerive })).toEqual(weak);
  }
});

test('the floor itself opens, with the real derivation', async () => {
  const { row: small } = await create({ argon: argonFloor, derive: deriveKey });
  expect(await openVault(small, passphrase)).toMatchObject({ ok: true });
  expect(await openVault(small, `${passphrase}o`)).toEqual(wrong);
});

/** Wrong at the calls that are named (from 1), right at all others. */
function flakyDerive(...wrongCalls: number[]): DeriveKey {
  let call = 0;
  return async (...args) => {
    const key = await quickDerive(...args);
    if (wrongCalls.includes(++call)) key[0]! ^= 1;
    return key;
  };
}

test('a phone that derives two different keys wraps nothing with either', async () => {
  expect(await createVault({ passphrase, derive: flakyDerive(1) })).toEqual(failed);
  expect(await createVault({ passphrase, derive: flakyDerive(2) })).toEqual(failed);
  const noRow = await changePassphrase(row, passphrase, 'mật khẩu mới', { derive: flakyDerive(3) });
  expect(noRow).toEqual(failed);
  expect(await openVault(row, passphrase, { derive: quickDerive })).toMatchObject({ ok: true });
});

test('a phone that derives wrongly once does not make a right passphrase wrong', async () => {
  expect(await openVault(row, passphrase, { derive: flakyDerive(1) })).toMatchObject({ ok: true });
  expect(await openVault(row, 'một câu khác', { derive: flakyDerive(1) })).toEqual(failed);
});

test('no memory for the derivation is not a wrong passphrase', async () => {
  expect(await createVault({ passphrase, derive: noMemory })).toEqual(failed);
  expect(await openVault(row, passphrase, { derive: noMemory })).toEqual(failed);
});

test('a new passphrase opens to the same keys, the old one no more', async () => {
  const draft = await vault.sealUnderDataKey(Uint8Array.of(5), 'drafts/1');
  const changed = await changePassphrase(row, passphrase, 'ngọn núi xanh', { derive: quickDerive });
  if (!changed.ok) throw new Error(changed.error.code);
  expect(changed.value.salt).not.toEqual(row.salt);
  const again = await open(changed.value, 'ngọn núi xanh');
  expect(await again.openUnderDataKey(draft, 'drafts/1')).toEqual({ ok: true, value: Uint8Array.of(5) });
  expect(again.devicePublicKey).toBe(row.devicePublicKey);
  expect(await openVault(changed.value, passphrase, { derive: quickDerive })).toEqual(wrong);
  expect(await changePassphrase(row, 'một câu khác', 'ngọn núi xanh', { derive: quickDerive })).toEqual(wrong);
  const short = await changePassphrase(row, passphrase, 'ngắn', { derive: quickDerive });
  expect(short).toEqual({ ok: false, error: { code: 'passphrase_too_short' } });
});

test('what was under way when the vault is closed is wrapped under the data key, never under what is left of it', async () => {
  const made = await create();
  const under = crypto.getRandomValues(new Uint8Array(32));
  const [device, wrapped, channel] = [made.open.createDeviceKey(), made.open.wrapDataKey(under, 'pin'), made.open.createChannelKey('c')];
  made.open.close();
  const again = await open(made.row);
  expect((await again.asDevice(await device)).ok).toBe(true);
  expect((await openWrappedVault(made.row, { wrapped: await wrapped, under, context: 'pin' })).ok).toBe(true);
  const { key, wrapped: wrappedChannel } = await channel;
  expect(await again.unwrapKey(wrappedChannel, 'c')).toEqual({ ok: true, value: key });
});

test('a closed vault gives nothing, and its data key is overwritten', async () => {
  const drawn: Uint8Array<ArrayBuffer>[] = [];
  const random = (length: number) => {
    const bytes = crypto.getRandomValues(new Uint8Array(length));
    drawn.push(bytes);
    return bytes;
  };
  const { open: closing } = await create({ random });
  const dataKey = drawn[0]!;
  const copy = dataKey.slice();
  const sealing = closing.sealUnderDataKey(Uint8Array.of(1), 'drafts/1');
  closing.close();
  closing.close();
  expect(dataKey).toEqual(new Uint8Array(32));
  expect(await openBox(copy, await sealing, 'row/drafts/1')).toEqual({ ok: true, value: Uint8Array.of(1) });
  await expect(closing.createChannelKey('c')).rejects.toThrow('closed');
  await expect(closing.wrapKey(new Uint8Array(32), 'c')).rejects.toThrow('closed');
  await expect(closing.unwrapKey(new Uint8Array(60), 'c')).rejects.toThrow('closed');
  await expect(closing.sealUnderDataKey(new Uint8Array(1), 'c')).rejects.toThrow('closed');
  await expect(closing.openUnderDataKey(new Uint8Array(60), 'c')).rejects.toThrow('closed');
  expect(() => closing.deviceKey).toThrow('closed');
  expect(() => closing.devicePublicKey).toThrow('closed');
});

test('neither the data key nor the passphrase stands in the row', async () => {
  const drawn: string[] = [];
  const random = (length: number) => {
    const bytes = crypto.getRandomValues(new Uint8Array(length));
    drawn.push(Buffer.from(bytes).toString('hex'));
    return bytes;
  };
  const { row: made } = await create({ random });
  const stored = byteFields.map((field) => Buffer.from(made[field]).toString('hex')).join(' ');
  expect(drawn).toHaveLength(2);
  expect(stored).not.toContain(drawn[0]);
  expect(stored).toContain(drawn[1]);
  expect(stored).not.toContain(Buffer.from('suoi').toString('hex'));
});

test('another device under the same data key signs with a key of its own, opens what the vault sealed, and outlives it', async () => {
  const made = await create();
  const device = await made.open.createDeviceKey();
  expect(device.devicePublicKey).not.toBe(made.open.devicePublicKey);
  const next = await made.open.asDevice(device);
  if (!next.ok) throw new Error(next.error.code);
  const draft = await made.open.sealUnderDataKey(Uint8Array.of(1, 2), 'drafts/1');
  made.open.close();
  expect(await next.value.openUnderDataKey(draft, 'drafts/1')).toEqual({ ok: true, value: Uint8Array.of(1, 2) });
  const signature = await signChallenge(next.value.deviceKey, 'challenge');
  expect(await verifyChallenge(device.devicePublicKey, 'challenge', signature)).toBe(true);
  expect(await verifyChallenge(made.row.devicePublicKey, 'challenge', signature)).toBe(false);

  const reopened = await open(await withDeviceKey(made.row, device));
  expect(reopened.devicePublicKey).toBe(device.devicePublicKey);
  expect(await reopened.openUnderDataKey(draft, 'drafts/1')).toEqual({ ok: true, value: Uint8Array.of(1, 2) });
  await expect(made.open.createDeviceKey()).rejects.toThrow('closed');
  await expect(made.open.asDevice(device)).rejects.toThrow('closed');
});

test('a device key opens from its own wrapper alone, under its own data key', async () => {
  const device = await vault.createDeviceKey();
  const { devicePublicKey } = await vault.createDeviceKey();
  expect(await vault.asDevice({ ...device, devicePublicKey })).toEqual(damaged);
  expect(await (await create()).open.asDevice(device)).toEqual(damaged);
});
