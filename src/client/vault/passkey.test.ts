import { beforeAll, expect, test } from 'vitest';
import type { DeriveKey } from './derive-key.ts';
import { openByPasskey, passkeyRow } from './passkey.ts';
import { passkeyOf, withPasskey } from './vault-row.ts';
import type { PasskeyRow } from './vault-row.ts';
import { changePassphrase, createVault, openVault, withDeviceKey } from './vault.ts';
import type { OpenVault, VaultRow } from './vault.ts';

const passphrase = 'suối trâu mận gạo';
const wrong = { ok: false, error: { code: 'wrong_passkey' } };
const quickDerive: DeriveKey = async (text, salt) =>
  new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(`${text}/${Buffer.from(salt).toString('hex')}`)));
const bytes = (length: number, fill: number) => new Uint8Array(length).fill(fill);
/** Fresh each time: whoever takes it overwrites it. */
const secret = () => bytes(32, 7);

let plainRow: VaultRow;
let row: VaultRow & { readonly passkey: PasskeyRow };
let vault: OpenVault;
beforeAll(async () => {
  const made = await createVault({ passphrase, derive: quickDerive });
  if (!made.ok) throw new Error(made.error.code);
  ({ row: plainRow, open: vault } = made.value);
  const passkey = await passkeyRow(vault, { credentialId: bytes(16, 1), salt: bytes(32, 2), secret: secret() });
  row = { ...plainRow, passkey };
});

const byPassphrase = async (of: VaultRow, words = passphrase) => await openVault(of, words, { derive: quickDerive });

test('passkey and passphrase open the same keys', async () => {
  const draft = await vault.sealUnderDataKey(Uint8Array.of(1, 2), 'drafts/1');
  const opened = await openByPasskey(structuredClone(row), secret());
  if (!opened.ok) throw new Error(opened.error.code);
  expect(await opened.value.openUnderDataKey(draft, 'drafts/1')).toEqual({ ok: true, value: Uint8Array.of(1, 2) });
  expect(opened.value.devicePublicKey).toBe(row.devicePublicKey);
  expect((await byPassphrase(structuredClone(row))).ok).toBe(true);
});

test('another secret, and a row without a passkey, open nothing', async () => {
  expect(await openByPasskey(row, bytes(32, 8))).toEqual(wrong);
  expect(await openByPasskey(plainRow, secret())).toEqual(wrong);
});

test('every bit of it counts, and none of it can keep the passphrase out', async () => {
  for (const field of ['credentialId', 'salt', 'wrappedDataKey'] as const) {
    for (let bit = 0; bit < row.passkey[field].length * 8; bit++) {
      const flipped = row.passkey[field].slice();
      flipped[bit >> 3]! ^= 1 << (bit & 7);
      const damaged = { ...row, passkey: { ...row.passkey, [field]: flipped } };
      expect(await openByPasskey(damaged, secret()), `bit ${bit} of ${field}`).toEqual(wrong);
    }
    const damaged = { ...row, passkey: { ...row.passkey, [field]: new Uint8Array(3) } };
    expect((await byPassphrase(damaged)).ok).toBe(true);
  }
  for (const shape of [{ ...row.passkey, version: 2 }, { ...row.passkey, salt: 'x' }, { version: 1 }, null, 'x', 7]) {
    const damaged = { ...row, passkey: shape as unknown as PasskeyRow };
    expect(await openByPasskey(damaged, secret())).toEqual(wrong);
    expect(passkeyOf(damaged)).toBeUndefined();
    expect((await byPassphrase(damaged)).ok).toBe(true);
  }
  expect(passkeyOf(row)).toBe(row.passkey);
  expect(passkeyOf(plainRow)).toBeUndefined();
});

test('one that was wrapped for another phone opens nothing here', async () => {
  const other = await createVault({ passphrase, derive: quickDerive });
  if (!other.ok) throw new Error(other.error.code);
  const thiefs = await passkeyRow(other.value.open, { ...row.passkey, secret: secret() });
  expect(await openByPasskey({ ...row, passkey: thiefs }, secret())).toEqual({ ok: false, error: { code: 'damaged' } });
});

test('it outlives a change of passphrase and a change of device', async () => {
  const changed = await changePassphrase(row, passphrase, 'ngọn núi xanh', { derive: quickDerive });
  if (!changed.ok) throw new Error(changed.error.code);
  expect((await openByPasskey(changed.value, secret())).ok).toBe(true);
  expect((await byPassphrase(changed.value)).ok).toBe(false);
  expect((await byPassphrase(changed.value, 'ngọn núi xanh')).ok).toBe(true);
  const renewed = await withDeviceKey(row, await vault.createDeviceKey());
  expect((await openByPasskey(renewed, secret())).ok).toBe(true);
});

test('taken away, it opens nothing, and the row is the one it was', async () => {
  expect(withPasskey(row, undefined)).toEqual(plainRow);
  expect(await openByPasskey(withPasskey(row, undefined), secret())).toEqual(wrong);
});

test('the secret is overwritten, and neither it nor the data key stands in the row', async () => {
  const used = secret();
  await passkeyRow(vault, { credentialId: bytes(16, 1), salt: bytes(32, 2), secret: used });
  expect(used).toEqual(new Uint8Array(32));
  const stored = Object.values(row.passkey).map((value) => Buffer.from(value instanceof Uint8Array ? value : []).toString('hex'));
  expect(stored.join(' ')).not.toContain(Buffer.from(secret()).toString('hex'));
});
