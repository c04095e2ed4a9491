/** Fast stand-ins for keys and sealing: what is simulated is what happens to entries and pages, not AES. */
import { ok, err } from '#domain/result.ts';
import type { Entry } from '#domain/change.ts';
import { base64urlToBytes, bytesToBase64url, bytesToText, joinBytes, textToBytes } from '#sync/bytes.ts';
import type { EndpointIdentity, HeaderInfo, SealedEntry, SealingSessionHeader } from '#sync/entry.ts';
import type { Safe } from '#client/store/safe.ts';
import type { Sealer } from '#client/store/sealer.ts';
import type { SealOpener } from '#server/context.ts';
import type { Chance } from './chance.ts';

/** A box is its key's and its context's name before the plain bytes: another key or context opens nothing. */
export function createPlainSafe(chance: Chance): Safe {
  const seal = async (key: string, plain: Uint8Array, context: string) => joinBytes(textToBytes(`${key} ${context}\n`), plain);
  const open = async (key: string, box: Uint8Array, context: string) => {
    const head = textToBytes(`${key} ${context}\n`);
    return head.every((byte, index) => box[index] === byte) ? box.slice(head.length) : undefined;
  };
  const channelOf = (key: string) => ({
    seal: (plain: Uint8Array, context: string) => seal(key, plain, context),
    open: (box: Uint8Array, context: string) => open(key, box, context),
  });
  return {
    async createChannelKey(channelId) {
      const key = bytesToBase64url(chance.bytes(6));
      return { wrappedKey: await seal('phone', textToBytes(key), channelId), channel: channelOf(key) };
    },
    async openChannelKey(channelId, wrappedKey) {
      const key = await open('phone', wrappedKey, channelId);
      return key === undefined ? undefined : channelOf(bytesToText(key));
    },
    seal: (plain, context) => seal('phone', plain, context),
    open: (box, context) => open('phone', box, context),
    close: () => undefined,
  };
}

interface Sealed {
  readonly kind: 'entry' | 'probe';
  readonly info: HeaderInfo;
  readonly deviceSeq: number;
  readonly value: unknown;
}

function sealText(value: unknown): string {
  return bytesToBase64url(textToBytes(JSON.stringify(value)));
}
function openText(text: string): unknown {
  const bytes = base64urlToBytes(text);
  if (!bytes.ok) throw new Error('not base64url');
  return JSON.parse(bytesToText(bytes.value));
}

export function createHeader(info: HeaderInfo): SealingSessionHeader {
  return { info: sealText(info), enc: '', signature: '' };
}

export function sealPlain(kind: Sealed['kind'], info: HeaderInfo, deviceSeq: number, value: unknown): SealedEntry {
  return { session: info.sessionId, deviceSeq, bytes: sealText({ kind, info, deviceSeq, value } satisfies Sealed) };
}

export function createPlainSealer(of: { endpoint: EndpointIdentity; communeCode: string; deviceId: string }, chance: Chance): Sealer {
  const infoOf = (sessionId: string): HeaderInfo => {
    const { endpointId, keyId } = of.endpoint;
    return { endpointId, keyId, communeCode: of.communeCode, deviceId: of.deviceId, sessionId };
  };
  return {
    async openSession() {
      const sessionId = bytesToBase64url(chance.bytes(16));
      return { sessionId, header: createHeader(infoOf(sessionId)), entryKey: textToBytes(sessionId) };
    },
    seal: async ({ sessionId }, entry) => ok(sealPlain('entry', infoOf(sessionId), entry.deviceSeq, entry).bytes),
    open: async (_session, { bytes }) => (openText(bytes) as Sealed).value as Entry,
  };
}

export const plainOpener: SealOpener = {
  readInfo: (header) => ok(openText(header.info) as HeaderInfo),
  async accept(header) {
    const info = openText(header.info) as HeaderInfo;
    return ok({
      info,
      async open(sealed, kind) {
        const opened = openText(sealed.bytes) as Sealed;
        const isItsOwn = opened.kind === kind && opened.info.sessionId === info.sessionId && opened.info.deviceId === info.deviceId;
        return isItsOwn && opened.deviceSeq === sealed.deviceSeq ? ok(opened.value) : err({ code: 'unreadable' });
      },
    });
  },
};
