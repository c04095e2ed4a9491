/** What the store asks of the vault: every box at rest is sealed and opened through this, each under the name of its place. */
import { openBox, sealBox } from '#client/vault/box.ts';
import type { OpenVault } from '#client/vault/vault.ts';

/** A channel's random key, in memory. Dropped when the channel is left. */
export interface ChannelSafe {
  seal(plain: Uint8Array, context: string): Promise<Uint8Array>;
  /** Undefined: damaged, or not sealed under this key and context. */
  open(box: Uint8Array, context: string): Promise<Uint8Array | undefined>;
}

export interface Safe {
  createChannelKey(channelId: string): Promise<{ readonly wrappedKey: Uint8Array; readonly channel: ChannelSafe }>;
  openChannelKey(channelId: string, wrappedKey: Uint8Array): Promise<ChannelSafe | undefined>;
  /** Under the data key: drafts, the account, session token, entry keys. */
  seal(plain: Uint8Array, context: string): Promise<Uint8Array>;
  open(box: Uint8Array, context: string): Promise<Uint8Array | undefined>;
  /** Forgets the data key. */
  close(): void;
}

export function createVaultSafe(vault: OpenVault): Safe {
  return {
    async createChannelKey(channelId) {
      const { key, wrapped } = await vault.createChannelKey(contextOf(channelId));
      return { wrappedKey: wrapped, channel: channelSafe(key) };
    },
    async openChannelKey(channelId, wrappedKey) {
      const key = await vault.unwrapKey(wrappedKey, contextOf(channelId));
      return key.ok ? channelSafe(key.value) : undefined;
    },
    seal: async (plain, context) => await vault.sealUnderDataKey(plain, context),
    async open(box, context) {
      const opened = await vault.openUnderDataKey(box, context);
      return opened.ok ? opened.value : undefined;
    },
    close: () => vault.close(),
  };
}

function channelSafe(key: Uint8Array): ChannelSafe {
  return {
    seal: async (plain, context) => await sealBox(key, plain, context),
    async open(box, context) {
      const opened = await openBox(key, box, context);
      return opened.ok ? opened.value : undefined;
    },
  };
}

function contextOf(channelId: string): string {
  return `channels/${channelId}`;
}
