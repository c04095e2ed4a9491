/**
 * The little that every platform we run on has beyond the language (browser page, service worker, Node):
 * declared here so that `sync` compiles without DOM and without Node types.
 */
declare const crypto: {
  getRandomValues<T extends Uint8Array>(array: T): T;
  readonly subtle: SubtleCrypto;
};
declare class TextEncoder {
  encode(text: string): Uint8Array<ArrayBuffer>;
}
declare class TextDecoder {
  constructor(label?: string, options?: { fatal?: boolean; ignoreBOM?: boolean });
  decode(bytes: Uint8Array): string;
}

type KeyUsage = 'sign' | 'verify' | 'encrypt' | 'decrypt' | 'wrapKey' | 'unwrapKey' | 'deriveBits' | 'deriveKey';
interface CryptoKey {
  readonly type: 'private' | 'public' | 'secret';
  readonly extractable: boolean;
}
interface CryptoKeyPair {
  readonly privateKey: CryptoKey;
  readonly publicKey: CryptoKey;
}
interface SubtleCrypto {
  importKey(format: 'raw' | 'spki' | 'pkcs8', key: Uint8Array<ArrayBuffer>, algorithm: object | string, extractable: boolean, usages: readonly KeyUsage[]): Promise<CryptoKey>;
  exportKey(format: 'raw' | 'spki' | 'pkcs8', key: CryptoKey): Promise<ArrayBuffer>;
  generateKey(algorithm: object, extractable: boolean, usages: readonly KeyUsage[]): Promise<CryptoKeyPair>;
  encrypt(algorithm: object, key: CryptoKey, plain: Uint8Array<ArrayBuffer>): Promise<ArrayBuffer>;
  decrypt(algorithm: object, key: CryptoKey, box: Uint8Array<ArrayBuffer>): Promise<ArrayBuffer>;
  sign(algorithm: object, key: CryptoKey, bytes: Uint8Array<ArrayBuffer>): Promise<ArrayBuffer>;
  verify(algorithm: object, key: CryptoKey, signature: Uint8Array<ArrayBuffer>, bytes: Uint8Array<ArrayBuffer>): Promise<boolean>;
  digest(algorithm: string, bytes: Uint8Array<ArrayBuffer>): Promise<ArrayBuffer>;
}
