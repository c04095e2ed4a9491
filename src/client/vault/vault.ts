/**
 * The vault: a random data key that wraps every other key of this phone, itself wrapped by the passphrase. The raw data key never
 * leaves this file; what is closed forgets it. Source: docs/threat-model.md, "Keys".
 */
import { bytesToBase64url, createDeviceKeys, err, importDeviceKey, ok } from '#sync/entry.ts';
import type { Bytes, Result } from '#sync/entry.ts';
import { openBox, sealBox } from './box.ts';
import { argonParameters, deriveKey, isStrongEnough } from './derive-key.ts';
import type { ArgonParameters, DeriveKey } from './derive-key.ts';
import { checkPassphrase } from './passphrase.ts';
import { isSame, isWholeRow, saltLength, withChecksum } from './vault-row.ts';
import type { DeviceKeyRow, VaultRow } from './vault-row.ts';

export { argonFloor, argonParameters } from './derive-key.ts';
export { withDeviceKey } from './vault-row.ts';
export type { DeviceKeyRow, VaultRow } from './vault-row.ts';

/** Every method throws once the vault is closed. `context` names table and row: a box opens under its own context only. */
export interface OpenVault {
  /** A random key of 32 bytes for `sealBox`, and what to store of it. A channel that is left: delete `wrapped`. */
  createChannelKey(context: string): Promise<{ key: Bytes; wrapped: Bytes }>;
  wrapKey(raw: Uint8Array, context: string): Promise<Bytes>;
  unwrapKey(wrapped: Uint8Array, context: string): Promise<Result<Bytes, { code: 'damaged' }>>;
  sealUnderDataKey(plain: Uint8Array, context: string): Promise<Bytes>;
  openUnderDataKey(box: Uint8Array, context: string): Promise<Result<Bytes, { code: 'damaged' }>>;
  /** Signs headers and challenges; cannot be exported. */
  readonly deviceKey: CryptoKey;
  /** Base64url SPKI. */
  readonly devicePublicKey: string;
  /** Makes another signing key under the same data key, for the device that this phone is to become. The passphrase is not asked. */
  createDeviceKey(): Promise<DeviceKeyRow>;
  /** This vault as that device's. It holds a data key of its own: each of the two is closed by itself. */
  asDevice(row: DeviceKeyRow): Promise<Result<OpenVault, { code: 'damaged' }>>;
  /** Another way in: the data key, wrapped under a key of 32 bytes that somebody else derives. Opens by `openWrappedVault` with the same context. */
  wrapDataKey(under: Uint8Array, context: string): Promise<Bytes>;
  /** Locks: the keys held here are gone. Keys handed out are the caller's to drop. */
  close(): void;
}

export interface VaultOptions {
  /** Bytes fit for keys; WebCrypto's by default. */
  random?: ((length: number) => Uint8Array) | undefined;
  /** `argonFloor` for a phone on which the usual ones ended in `derivation_failed`. */
  argon?: ArgonParameters | undefined;
  derive?: DeriveKey | undefined;
}

/** `derivation_failed`: no memory for it, or two derivations did not agree; closing other apps and trying again may help. */
export type CreateVaultError = { code: 'passphrase_too_short' | 'weak_parameters' | 'derivation_failed' };
/** Only `wrong_passphrase` counts as a wrong try. `damaged`: no passphrase will ever open this row. */
export type OpenVaultError = { code: 'wrong_passphrase' | 'damaged' | 'weak_parameters' | 'derivation_failed' };

const keyLength = 32;

/** At enrolment: makes the data key and the device's signing keys. `row` is all there is to store. */
export async function createVault(
  args: { passphrase: string } & VaultOptions,
): Promise<Result<{ row: VaultRow; open: OpenVault }, CreateVaultError>> {
  const random = args.random ?? randomBytes;
  // Not copied: closing overwrites the only one there is.
  const dataKey = random(keyLength);
  const wrapping = await wrapDataKey(dataKey, args.passphrase, args);
  if (!wrapping.ok) return wrapping;
  const device = await makeDeviceKey(dataKey);
  const row = await withChecksum({ version: 1, ...wrapping.value, ...device });
  const deviceKey = await openDeviceKey(dataKey, device);
  if (!deviceKey.ok) throw new Error('a key that was just wrapped does not open');
  return ok({ row, open: createOpenVault({ dataKey, deviceKey: deviceKey.value, devicePublicKey: device.devicePublicKey, random }) });
}

export async function openVault(
  row: VaultRow,
  passphrase: string,
  options: VaultOptions = {},
): Promise<Result<OpenVault, OpenVaultError>> {
  const unlocked = await unlock(row, passphrase, options);
  if (!unlocked.ok) return unlocked;
  const { dataKey, deviceKey } = unlocked.value;
  return ok(createOpenVault({ dataKey, deviceKey, devicePublicKey: row.devicePublicKey, random: options.random ?? randomBytes }));
}

/** Opens by another way in (`wrapDataKey`). `wrong_key`: another key or context, or not the bytes that were wrapped; `damaged`: the row is. */
export async function openWrappedVault(
  row: VaultRow,
  wrap: { readonly wrapped: Uint8Array; readonly under: Uint8Array; readonly context: string },
  options: Pick<VaultOptions, 'random'> = {},
): Promise<Result<OpenVault, { code: 'wrong_key' | 'damaged' }>> {
  if (!(await isWholeRow(row))) return err({ code: 'damaged' });
  const unwrapped = await openBox(wrap.under, wrap.wrapped, wrapContext(wrap.context));
  if (!unwrapped.ok) return err({ code: 'wrong_key' });
  const dataKey = unwrapped.value;
  const deviceKey = await openDeviceKey(dataKey, row);
  if (deviceKey.ok) return ok(createOpenVault({ dataKey, deviceKey: deviceKey.value, devicePublicKey: row.devicePublicKey, random: options.random ?? randomBytes }));
  dataKey.fill(0);
  return deviceKey;
}

/** The row to store in the old one's place; data key, device and passkey stay. Until it is stored, the old passphrase opens. */
export async function changePassphrase(
  row: VaultRow,
  oldPassphrase: string,
  newPassphrase: string,
  options: VaultOptions = {},
): Promise<Result<VaultRow, OpenVaultError | CreateVaultError>> {
  const unlocked = await unlock(row, oldPassphrase, options);
  if (!unlocked.ok) return unlocked;
  const { dataKey } = unlocked.value;
  const wrapping = await wrapDataKey(dataKey, newPassphrase, options);
  dataKey.fill(0);
  if (!wrapping.ok) return wrapping;
  return ok(await withChecksum({ ...row, ...wrapping.value }));
}

/**
 * Derives twice and compares before anything is wrapped: a phone has returned a wrong key once (libsodium.js#311), and what
 * is wrapped by a wrong key is lost.
 */
async function wrapDataKey(
  dataKey: Uint8Array,
  passphrase: string,
  options: VaultOptions,
): Promise<Result<Pick<VaultRow, 'salt' | 'argon' | 'wrappedDataKey'>, CreateVaultError>> {
  const { random = randomBytes, argon = argonParameters, derive = deriveKey } = options;
  const checked = checkPassphrase(passphrase);
  if (!checked.ok) return err({ code: 'passphrase_too_short' });
  if (!isStrongEnough(argon)) return err({ code: 'weak_parameters' });
  const salt = new Uint8Array(random(saltLength));
  const first = await derived(derive, checked.value, salt, argon);
  const second = first && (await derived(derive, checked.value, salt, argon));
  if (!first || !second || !isSame(first, second)) return err({ code: 'derivation_failed' });
  return ok({ salt, argon, wrappedDataKey: await sealBox(first, dataKey, dataKeyContext(salt, argon)) });
}

async function unlock(
  row: VaultRow,
  passphrase: string,
  options: VaultOptions,
): Promise<Result<{ dataKey: Bytes; deviceKey: CryptoKey }, OpenVaultError>> {
  if (!(await isWholeRow(row))) return err({ code: 'damaged' });
  if (!isStrongEnough(row.argon)) return err({ code: 'weak_parameters' });
  const unwrapped = await unwrapDataKey(row, passphrase, options.derive ?? deriveKey);
  if (!unwrapped.ok) return unwrapped;
  const dataKey = unwrapped.value;
  const deviceKey = await openDeviceKey(dataKey, row);
  return deviceKey.ok ? ok({ dataKey, deviceKey: deviceKey.value }) : deviceKey;
}

async function makeDeviceKey(openDataKey: Uint8Array): Promise<DeviceKeyRow> {
  // Copied before the first await: a vault that is closed meanwhile overwrites its own, and nothing may ever be wrapped under what is left of it.
  const dataKey = new Uint8Array(openDataKey);
  const { privateKey, publicKey } = await createDeviceKeys();
  const wrappedDeviceKey = await sealBox(dataKey, privateKey, deviceKeyContext(publicKey));
  privateKey.fill(0);
  dataKey.fill(0);
  return { wrappedDeviceKey, devicePublicKey: publicKey };
}

async function openDeviceKey(dataKey: Uint8Array, row: DeviceKeyRow): Promise<Result<CryptoKey, { code: 'damaged' }>> {
  const pkcs8 = await openBox(dataKey, row.wrappedDeviceKey, deviceKeyContext(row.devicePublicKey));
  if (!pkcs8.ok) return pkcs8;
  const deviceKey = await importDeviceKey(pkcs8.value);
  pkcs8.value.fill(0);
  return ok(deviceKey);
}

/** A key that does not open is derived once more: a phone that computed wrongly must not count as a person who typed wrongly. */
async function unwrapDataKey(
  row: VaultRow,
  passphrase: string,
  derive: DeriveKey,
): Promise<Result<Bytes, { code: 'wrong_passphrase' | 'derivation_failed' }>> {
  const checked = checkPassphrase(passphrase);
  if (!checked.ok) return err({ code: 'wrong_passphrase' });
  const context = dataKeyContext(row.salt, row.argon);
  const first = await derived(derive, checked.value, row.salt, row.argon);
  if (!first) return err({ code: 'derivation_failed' });
  const opened = await openBox(first, row.wrappedDataKey, context);
  if (opened.ok) return opened;
  const second = await derived(derive, checked.value, row.salt, row.argon);
  if (!second) return err({ code: 'derivation_failed' });
  if (isSame(first, second)) return err({ code: 'wrong_passphrase' });
  const reopened = await openBox(second, row.wrappedDataKey, context);
  return reopened.ok ? reopened : err({ code: 'derivation_failed' });
}

async function derived(derive: DeriveKey, passphrase: string, salt: Bytes, argon: ArgonParameters): Promise<Uint8Array | undefined> {
  try {
    return await derive(passphrase, salt, argon);
  } catch {
    return undefined;
  }
}

function createOpenVault(held: {
  dataKey: Uint8Array;
  deviceKey: CryptoKey;
  devicePublicKey: string;
  random: (length: number) => Uint8Array;
}): OpenVault {
  let keys: { dataKey: Uint8Array; deviceKey: CryptoKey } | undefined = { dataKey: held.dataKey, deviceKey: held.deviceKey };
  const current = () => {
    if (!keys) throw new Error('the vault is closed');
    return keys;
  };
  const wrapKey = async (raw: Uint8Array, context: string) => await sealBox(current().dataKey, raw, `key/${context}`);
  return {
    async createChannelKey(context) {
      const key = new Uint8Array(held.random(keyLength));
      return { key, wrapped: await wrapKey(key, context) };
    },
    wrapKey,
    unwrapKey: async (wrapped, context) => await openBox(current().dataKey, wrapped, `key/${context}`),
    sealUnderDataKey: async (plain, context) => await sealBox(current().dataKey, plain, `row/${context}`),
    openUnderDataKey: async (box, context) => await openBox(current().dataKey, box, `row/${context}`),
    get deviceKey() {
      return current().deviceKey;
    },
    get devicePublicKey() {
      current();
      return held.devicePublicKey;
    },
    wrapDataKey: async (under, context) => await sealBox(under, current().dataKey, wrapContext(context)),
    createDeviceKey: async () => await makeDeviceKey(current().dataKey),
    async asDevice(row) {
      // Copied before the first await: closing this vault meanwhile overwrites its own.
      const dataKey = new Uint8Array(current().dataKey);
      const deviceKey = await openDeviceKey(dataKey, row);
      if (!deviceKey.ok) {
        dataKey.fill(0);
        return deviceKey;
      }
      return ok(createOpenVault({ ...held, dataKey, deviceKey: deviceKey.value, devicePublicKey: row.devicePublicKey }));
    },
    close() {
      keys?.dataKey.fill(0);
      keys = undefined;
    },
  };
}

function dataKeyContext(salt: Uint8Array, { memoryKiB, iterations, parallelism }: ArgonParameters): string {
  return `vault/data-key/${memoryKiB}/${iterations}/${parallelism}/${bytesToBase64url(salt)}`;
}

function wrapContext(context: string): string {
  return `vault/wrapped/${context}`;
}

function deviceKeyContext(devicePublicKey: string): string {
  return `vault/device-key/${devicePublicKey}`;
}

function randomBytes(length: number): Bytes {
  return crypto.getRandomValues(new Uint8Array(length));
}
