/** An unlocked phone at work: its store, and the engine that keeps it in touch with the endpoint. One at a time; locking closes it. */
import { readNetwork } from '#client/features/photos/network.ts';
import { createPhotoSender } from '#client/features/photos/photo-sender.ts';
import type { PhotoSender } from '#client/features/photos/photo-sender.ts';
import { photoWishes } from '#client/features/photos/photo-wishes.ts';
import { createSoleSender } from '#client/features/photos/sole-sender.ts';
import { oldestSavedAt, onlyHere } from '#client/features/sync-status/sync-story.ts';
import { askToKeepListReading } from '#client/list-reading/kept-offline.ts';
import type { Disk } from '#client/store/disk.ts';
import { openFieldStore } from '#client/store/open-store.ts';
import type { UnlockedPhone } from '#client/store/phone.ts';
import { followRenewal } from '#client/store/renew-phone.ts';
import { createTabs } from '#client/store/tabs.ts';
import { createExclusive } from '#client/store/web-lock.ts';
import { askPictureStates } from '#client/remote/pictures.ts';
import { sendPicture } from '#client/remote/send-picture.ts';
import { createSessionCalls } from '#client/remote/session-calls.ts';
import type { SessionCalls } from '#client/remote/session-calls.ts';
import { createTransport } from '#client/remote/sync-transport.ts';
import { err } from '#domain/result.ts';
import { isOfBloc } from '#domain/role.ts';
import { createSyncEngine } from '#sync/engine.ts';
import type { SyncEngine } from '#sync/engine.ts';
import { askToSendInBackground } from './background-sync.ts';
import { clock, randomBytes } from './platform.ts';
import { watchIdentity } from './renew-identity.ts';
import { onSigns } from './signs.ts';
import { rememberUse } from './was-in-use.ts';
import { screensOf } from './which-screens.ts';

export type OpenStore = Awaited<ReturnType<typeof openFieldStore>>;

export interface Session {
  readonly store: OpenStore;
  readonly engine: SyncEngine;
  readonly phone: Pick<UnlockedPhone, 'vault' | 'deviceId'>;
  /** What a screen asks the endpoint for, in this device's name. */
  readonly calls: SessionCalls;
  readonly photos: PhotoSender;
  /**
   * Forgets keys and tables, as soon as what was begun is on the disk: a save whose button was pressed in the moment of the lock, the last words of a draft.
   * Resolves to true where something was saved that no screen was left to say so of. Never rejects.
   */
  close(): Promise<boolean>;
}

/** A disk takes milliseconds; one that hangs does not keep the keys of a phone that is locked. */
const longestSaveMs = 3_000;

/** How often a visible page asks for news by itself: at the desk somebody waits for them, on the hill the battery counts. */
const pollMs = { desk: 20_000, field: 2 * 60_000 };

interface SessionEvents {
  /** The endpoint ended this device. */
  readonly onRevoked: () => void;
  /** Another tab wiped the phone. */
  readonly onWiped: () => void;
  /** The phone has become another device: this one, unlocked. The session has ended; `close` it all the same. */
  readonly onRenewed: (next: UnlockedPhone) => void;
  /** It is to become another device, and the account has no room for one. */
  readonly onNoRoom: () => void;
}

/** Who uses the phone is damaged on the disk, and the endpoint could not be asked. */
export class MemberUnknown extends Error {}

/** Rejects when what is on disk cannot be read, or with `MemberUnknown`; the phone is closed again then. */
export async function openSession(disk: Disk, phone: UnlockedPhone, events: SessionEvents): Promise<Session> {
  let engine: SyncEngine | undefined;
  let isClosing = false;
  let isSavedUnseen = false;
  const tabs = createTabs();
  let store: OpenStore;
  try {
    store = await openFieldStore({
      disk,
      phone,
      clock,
      random: randomBytes,
      tabs,
      onWritten: () => {
        isSavedUnseen ||= isClosing;
        engine?.wake('write');
        void askToSendInBackground();
      },
      onWiped: events.onWiped,
      onRenewed: () => void followToNext(disk, phone, events),
    });
  } catch (error) {
    phone.close();
    throw error;
  }
  const calls = createSessionCalls(phone);
  const transport = createTransport(calls);
  const engineDeps = { store, transport, clock, random: Math.random, exclusive: createExclusive(navigator.locks, clock) };
  if (!store.isMemberKnown()) {
    const asking = createSyncEngine(engineDeps);
    const { lastError } = await asking.run();
    asking.stop();
    if (lastError?.code === 'no_session' && lastError.revoked) events.onRevoked();
    if (!store.isMemberKnown()) {
      store.close();
      throw new MemberUnknown();
    }
  }
  const isAtDesk = screensOf(store.account().assignments).includes('review');
  const started = createSyncEngine({ ...engineDeps, pollMs: isAtDesk ? pollMs.desk : pollMs.field });
  engine = started;

  const photos = sendPhotos({ store, calls, phone });
  const stopWaking = onSigns((sign) => {
    started.wake(sign);
    photos.wake();
  });
  const stopWatching = started.subscribe(() => {
    const { lastError } = started.state();
    if (lastError?.code === 'no_session' && lastError.revoked) events.onRevoked();
  });
  const stopNoting = noteUse(store);
  const stopWatchingIdentity = watchIdentity({ disk, phone, store, engine: started, onRevoked: events.onRevoked, onNoRoom: events.onNoRoom });
  started.wake('start');
  if (isOfBloc(store.account())) void askToKeepListReading();

  return {
    store,
    engine: started,
    phone,
    calls,
    photos,
    async close() {
      isClosing = true;
      stopWatchingIdentity();
      stopWatching();
      stopWaking();
      started.stop();
      photos.stop();
      await Promise.race([store.settled(), new Promise((resolve) => setTimeout(resolve, longestSaveMs))]);
      stopNoting();
      store.close();
      phone.close();
      return isSavedUnseen;
    },
  };
}

async function followToNext(disk: Disk, phone: UnlockedPhone, events: SessionEvents): Promise<void> {
  // A disk that cannot be read now is read again at the lock.
  const next = await followRenewal(disk, phone).catch(() => undefined);
  if (next === undefined) events.onWiped();
  else events.onRenewed(next);
}

/** Their pictures, behind the records. */
function sendPhotos({ store, calls, phone }: { readonly store: OpenStore; readonly calls: SessionCalls; readonly phone: UnlockedPhone }): PhotoSender {
  const { communeCode } = phone;
  return createPhotoSender({
    store,
    clock,
    network: readNetwork,
    wishes: photoWishes,
    alone: createSoleSender(navigator.locks),
    ask: async (recordIds) => await askPictureStates(calls, recordIds),
    async send(picture) {
      const sessionToken = await calls.sessionToken();
      if (sessionToken === undefined) return err({ code: 'no_session' });
      return await sendPicture({ origin: window.location.origin, communeCode, sessionToken, ...picture });
    },
  });
}

/** Keeps the note of what exists only here, for the day the browser clears the database. */
function noteUse(store: OpenStore): () => void {
  const note = () => {
    const here = onlyHere(store.outbox());
    rememberUse({ unsent: here.length, since: oldestSavedAt(here) });
  };
  note();
  return store.subscribe(note);
}
