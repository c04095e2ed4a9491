/** Node has these objects as globals and names their types in `node:crypto` alone; `sync` names them as every browser does. */
import type { webcrypto } from 'node:crypto';

declare global {
  interface CryptoKey extends webcrypto.CryptoKey {}
  interface CryptoKeyPair extends webcrypto.CryptoKeyPair {}
}
