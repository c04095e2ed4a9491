/**
 * A phone whose disk was copied or put back takes a new identity by itself, with no question to the person, as soon as it notices and the
 * endpoint can be reached. Until then everything goes on: what is saved is sealed and kept.
 */
import { renew } from '#client/remote/renewal.ts';
import type { RenewalFailure } from '#client/remote/renewal.ts';
import type { Disk } from '#client/store/disk.ts';
import type { FieldStore } from '#client/store/field-store.ts';
import type { UnlockedPhone } from '#client/store/phone.ts';
import { abandonRenewal, beginRenewal, completeRenewal, renewalRequest } from '#client/store/renew-phone.ts';
import type { SyncEngine } from '#sync/engine.ts';
import { clock, newId } from './platform.ts';

const tryAgainMs = 60_000;
/** Another holder of the same disk may have become the device whose keys lay on it; then new keys are made, once. */
const keysAtMost = 2;

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
export async function takeNewIdentity(disk: Disk, phone: UnlockedPhone, ask = renew): Promise<RenewalFailure | undefined> {
  for (let made = 1; ; made++) {
    const begun = await beginRenewal(disk, phone, { newId });
    if (!begun.ok) return begun.error.code === 'ended_elsewhere' ? undefined : 'not_now';
    const keys = begun.value;
    const answer = await ask(phone, async (challenge) => await renewalRequest(phone, keys, challenge));
    if (answer.ok) {
      const done = await completeRenewal(disk, phone, answer.value);
      // The phone it became is opened by whoever hears that it has; in every tab in the same way.
      if (done.ok) done.value.close();
      return done.ok || done.error.code === 'ended_elsewhere' ? undefined : 'not_now';
    }
    if (answer.error !== 'used_device' || made >= keysAtMost) return answer.error;
    await abandonRenewal(disk, phone, keys);
  }
}
