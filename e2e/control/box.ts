/**
 * Stands in the place of src/client/vault/box.ts in a build that only a test makes (tools/build-changed.ts): what should be a box is
 * the plain bytes themselves. The search that finds nothing on a phone's disk must find what was written through this.
 */
type Bytes = Uint8Array<ArrayBuffer>;

/** A copy: the vault overwrites what it gave away. */
export async function sealBox(_key: Uint8Array, plain: Uint8Array, _context: string): Promise<Bytes> {
  return await Promise.resolve(new Uint8Array(plain));
}

export async function openBox(_key: Uint8Array, box: Uint8Array, _context: string): Promise<{ readonly ok: true; readonly value: Bytes }> {
  return await Promise.resolve({ ok: true, value: new Uint8Array(box) });
}
