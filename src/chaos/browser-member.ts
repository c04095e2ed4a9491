/** A member at work in a real browser: what e2e's phone can do, quick enough for many cycles, and an eye on what the screen promises. */
import type { Locator, Page } from '@playwright/test';
import { acceptInvitation, choose, lockWith, newPhone, openInside, unlock } from '../../e2e/phone.ts';
import type { Phone } from '../../e2e/phone.ts';

export interface Household {
  readonly recordId: string;
  /** As the screen shows it; no other household of the hamlet has it. */
  readonly name: string;
}

export interface BrowserMember {
  readonly phone: Phone;
  /** Follows the invitation's link, to the first screen. */
  enrol(link: string): Promise<void>;
  /** Starts the browser on the same profile, to the lock. */
  open(): Promise<void>;
  unlock(): Promise<void>;
  /** Fills the visit form of a household up to its button. Resolves to what stood in the form: a draft that was left. */
  fillVisit(household: Household, outcome: string): Promise<string>;
  /** Presses the form's button. Waits for nothing. */
  press(): Promise<void>;
  /** What comes first: the screen says that what was pressed is saved on this phone, the browser is gone, or a minute without either. */
  promise(): Promise<'said' | 'gone' | 'silent'>;
  /** The visits of a household, as its screen lists them. */
  visitsOf(household: Household): Promise<string>;
  /** What lies on the phone's disk, without any content: to find out why something is not shown. */
  outlineOfDisk(): Promise<string>;
  /** The phone seems to have a connection again. */
  comeOnline(): Promise<void>;
  /** Does the screen come to say that the commune has everything? */
  saysAllIsSent(): Promise<boolean>;
}

const promised = 'Đã lưu trên máy này. Sẽ tự gửi khi có sóng.';
const unlockWithinMs = 60_000;
const sentWithinMs = 120_000;
const saidWithinMs = 60_000;

export async function createBrowserMember(url: string): Promise<BrowserMember> {
  const phone = await newPhone(url);
  let onPromise: (() => void) | undefined;
  const outcomeField = (): Locator => phone.page.getByLabel('Đã làm, đã hẹn');

  /** Tells of the words within the moment in which they appear, without asking again and again. */
  async function watchFor(words: string): Promise<void> {
    await phone.page.exposeFunction('tellOfPromise', () => onPromise?.());
    await phone.page.evaluate((text) => {
      let isThere = false;
      new MutationObserver(() => {
        const isNow = document.body.textContent.includes(text);
        if (isNow && !isThere) (window as unknown as { tellOfPromise: () => void }).tellOfPromise();
        isThere = isNow;
      }).observe(document.body, { childList: true, subtree: true, characterData: true });
    }, words);
  }

  return {
    phone,
    async enrol(link) {
      await phone.open(link);
      await acceptInvitation(phone.page);
      await lockWith(phone.page);
      await phone.page.getByText('Vào Hôm nay').click({ timeout: unlockWithinMs });
      await bar(phone.page).waitFor();
      await phone.page.evaluate(async () => {
        await navigator.serviceWorker.ready;
      });
    },
    async open() {
      await phone.open('/');
      await watchFor(promised);
      await phone.page.getByRole('button', { name: 'Mở', exact: true }).waitFor();
    },
    unlock: () => unlock(phone),
    async fillVisit({ recordId }, outcome) {
      await openInside(phone, `/ho/${recordId}/tham`);
      const left = await outcomeField().inputValue();
      await choose(phone.page.getByRole('radiogroup', { name: 'Gặp?' }), 'Có');
      await outcomeField().fill(outcome);
      return left;
    },
    press: async () => {
      await phone.page.getByRole('button', { name: 'Lưu', exact: true }).evaluate((button: HTMLElement) => button.click());
    },
    promise: () =>
      new Promise((resolve) => {
        const silence = setTimeout(() => resolve('silent'), saidWithinMs);
        const become = (what: 'said' | 'gone') => {
          clearTimeout(silence);
          resolve(what);
        };
        onPromise = () => become('said');
        phone.page.context().once('close', () => become('gone'));
      }),
    async visitsOf({ recordId, name }) {
      await openInside(phone, `/ho/${recordId}`);
      await phone.page.getByRole('heading', { name, exact: true }).waitFor();
      const list = phone.page.getByRole('list', { name: 'Các lượt thăm' });
      // Rows out of sight may be laid out only when they are scrolled to: their text is asked for, not their looks.
      return (await list.allTextContents()).join();
    },
    async outlineOfDisk() {
      return await phone.page.evaluate(async () => {
        const settled = <T>(request: IDBRequest<T>) =>
          new Promise<T>((resolve, reject) => {
            request.addEventListener('success', () => resolve(request.result));
            request.addEventListener('error', () => reject(new Error('not read')));
          });
        const database = await settled(indexedDB.open('gan-dan'));
        const outline: Record<string, unknown> = {};
        for (const table of ['meta', 'outbox', 'sealingSessions', 'channels', 'segments', 'drafts']) {
          const rows = (await settled(database.transaction(table).objectStore(table).getAll())) as object[];
          outline[table] = rows.map((row) =>
            Object.fromEntries(
              Object.entries(row).map(([name, value]) => [name, value instanceof Uint8Array || name === 'bytes' || name === 'header' ? 'there' : (value as unknown)]),
            ),
          );
        }
        database.close();
        return JSON.stringify(outline);
      });
    },
    async comeOnline() {
      await phone.page.evaluate(() => window.dispatchEvent(new Event('online')));
    },
    async saysAllIsSent() {
      await openInside(phone, '/');
      return await phone.page.getByText('Xã đã nhận đủ.').waitFor({ timeout: sentWithinMs }).then(() => true, () => false);
    },
  };
}

function bar(page: Page): Locator {
  return page.getByRole('navigation', { name: 'Các mục chính' });
}
