/**
 * A phone whose disk was copied or put back takes a new identity by itself, with no question to the person, as soon as it notices and the
 * endpoint can be reached. Until then everything goes on: what is saved is sealed and kept.
 */
import { renew } from '#client/remote/renewal.ts';
import type { RenewalFailure } from '#client/remote/renewal.ts';
import type { Disk } from '#client/store/disk.ts';
import type { FieldStore } from '#client/store/field-store.ts';
import type { UnlockedPhone } from '#client/store/phone.ts';
import { renewPhone } from '#client/store/renew-phone.ts';
import { err } from '#domain/result.ts';
import type { SyncEngine } from '#sync/engine.ts';
import { clock, newId } from './platform.ts';

const tryAgainMs = 60_000;

interface IdentityRenewalDeps {
  readonly disk: Disk;
  readonly phone: UnlockedPhone;
  readonly store: Pick<FieldStore, 'needsNewIdentity' | 'subscribe'>;
  readonly engine: Pick<SyncEngine, 'subscribe'>;
  readonly onRevoked: () => void;
  /** The account has no room for one more device: only the commune can make some. */
  readonly onNoRoom: () => void;
}

/** Watches until stopped. That it was done is told by the store, which then sees another device on its disk (`onRenewed`). */
export function watchIdentity({ disk, phone, store, engine, onRevoked, onNoRoom }: IdentityRenewalDeps): () => void {
  let isUnderWay = false;
  let isStopped = false;
  let timer: unknown;

  const look = () => {
    if (isStopped || isUnderWay || timer !== undefined || !store.needsNewIdentity()) return;
    isUnderWay = true;
    void takeNewIdentity(disk, phone)
      .then((failure) => {
        if (isStopped || failure === undefined) return;
        if (failure === 'revoked_device') return onRevoked();
        if (failure === 'too_many_devices') onNoRoom();
        timer = clock.setTimeout(() => {
          timer = undefined;
          look();
        }, tryAgainMs);
      })
      .finally(() => {
        isUnderWay = false;
      });
  };

  const stops = [store.subscribe(look), engine.subscribe(look)];
  look();
  return () => {
    isStopped = true;
    clock.clearTimeout(timer);
    for (const stop of stops) stop();
  };
}

/** Undefined: done, here or in another tab. */
export async function takeNewIdentity(disk: Disk, phone: UnlockedPhone, askEndpoint = renew): Promise<RenewalFailure | undefined> {
  const renewed = await renewPhone(disk, phone, {
    newId,
    ask: async (makeRequest) => {
      const answer = await askEndpoint(phone, makeRequest);
      return answer.ok ? answer : err({ code: answer.error });
    },
  });
  if (renewed.ok) {
    // The phone it became is opened by whoever hears that it has; in every tab in the same way.
    renewed.value.close();
    return undefined;
  }
  const { code } = renewed.error;
  if (code === 'ended_elsewhere') return undefined;
  return code === 'storage_full' || code === 'storage_failed' ? 'not_now' : code;
}
