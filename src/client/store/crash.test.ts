import { describe, expect, test } from 'vitest';
import { createMemoryDisk, PowerLoss } from './memory-disk.ts';
import type { MemoryDisk } from './memory-disk.ts';
import {
  answerOf, createTestChannel, createTestPhone, hamletChannel, householdRow, lan, leave, memoryDisks, openMemoryDisk, pull, sealPlainReceipt, verdictRow, visitDraft,
} from './store.test-support.ts';
import type { TestStore } from './store.test-support.ts';

/** What a person sees of the phone, and what it would send. */
async function standingOf(store: TestStore) {
  const { entries } = await store.outbound({ entries: 99, bytes: 1e6 });
  const { epoch, channels } = await store.pullStanding();
  return {
    records: ['household', 'visit'].map((kind) =>
      store.all(kind as 'visit').map((record) => [record.recordId, record.version, record.fields, store.mark(record).state]),
    ),
    sends: entries.map((entry) => entry.deviceSeq),
    waits: store.unsettledCount(),
    drafts: store.drafts().map((draft) => draft.draftId),
    cursors: [...channels].map(([channelId, { cursor }]) => `${channelId} ${cursor}`).toSorted(),
    epoch,
  };
}

/** A phone in the middle of its work, the same each time. */
async function prepared() {
  const phone = await createTestPhone(memoryDisks);
  const store = await phone.openStore();
  const hamlet = createTestChannel(hamletChannel);
  const own = createTestChannel(phone.ownChannel);
  const household = householdRow();
  hamlet.show(household);
  await pull(store, hamlet);
  const visit = visitDraft(household.recordId);
  await store.write([visit]);
  await store.saveDraft({ draftId: 'd1', form: 'visit', values: { outcome: 'đang gõ' } });
  const { entries, round } = await store.outbound({ entries: 99, bytes: 1e6 });
  await store.recordOutcomes(entries.map(({ session, deviceSeq }) => ({ session, deviceSeq, outcome: 'kept' })), round);
  for (let page = 0; page < 6; page++) {
    hamlet.show(householdRow({ no: 20 + page }));
    await pull(store, hamlet);
  }
  const sequence = hamlet.show({ ...household, kind: 'visit', recordId: visit.visitId, fields: visit.set });
  own.show(verdictRow(visit.entryId, 1, 'applied', { sequences: { [hamletChannel]: sequence } }));
  store.close();
  return { phone, hamlet, own, household };
}
type Prepared = Awaited<ReturnType<typeof prepared>>;

interface Step {
  /** How many transactions change the disk: what belongs together is one. `pull` is two: the contact and the page. */
  readonly commits: number;
  run(store: TestStore, at: Prepared): Promise<unknown>;
}

const steps: Readonly<Record<string, Step>> = {
  'a save that ends a draft': {
    commits: 1,
    run: (store, { household }) => store.write([visitDraft(household.recordId), visitDraft(household.recordId)], { endsDraft: 'd1' }),
  },
  'a draft': { commits: 1, run: (store) => store.saveDraft({ draftId: 'd2', form: 'visit', values: {} }) },
  'a page, and the merge of segments after it': { commits: 3, run: (store, { hamlet }) => pull(store, hamlet) },
  'a page of verdicts': { commits: 2, run: (store, { own }) => pull(store, own) },
  'verdicts that came by file': {
    commits: 1,
    run: async (store, { phone }) => {
      const row = await phone.openDisk().read(['outbox'], async ({ outbox }) => await outbox.get(1));
      const { verdict } = verdictRow(store.entryOf(1)?.entryId ?? '', 1, 'rejected', { code: 'too_long' });
      await store.loadReceipts([sealPlainReceipt(row?.sessionId ?? '', { epoch: 1, endpointTime: verdict.settledAt, verdicts: [verdict] })]);
    },
  },
  'a page that deletes, and its older boxes with it': {
    commits: 2,
    run: (store, { hamlet, household }) => {
      hamlet.show({ recordId: household.recordId, version: 9, gone: 'deleted' });
      return pull(store, hamlet);
    },
  },
  'a channel that is left': { commits: 1, run: (store) => leave(store, [hamletChannel]) },
  'a restart': { commits: 1, run: async (store) => await store.restart(2, (await store.pullStanding()).round) },
  'a contact that lets all go': {
    commits: 3,
    run: async (store, { own }) => {
      await pull(store, own);
      await store.recordContact(answerOf({ endpointTime: '2027-03-01T00:00:00+07:00', verifiedBackupAt: '2027-02-28T00:00:00+07:00' }));
    },
  },
};

describe('after a loss of power the phone stands as it did before the commit or after it', () => {
  test.each(Object.entries(steps))('%s', async (_, step) => {
    // The same step without a fault, to know every standing a commit leaves behind.
    const commits = await standingsOfCommits(step);
    expect(commits).toHaveLength(step.commits + 1);
    for (let commit = 1; commit < commits.length; commit++) {
      for (const moment of ['before', 'after'] as const) {
        const at = await prepared();
        const disk = openMemoryDisk(at.phone);
        let seen = 0;
        disk.onCommit = (now) => {
          if (now === 'before') seen += 1;
          if (seen !== commit || now !== moment) return;
          disk.kill();
          throw new PowerLoss();
        };
        const store = await at.phone.openStore({ disk });
        await step.run(store, at).catch((error: unknown) => {
          if (!(error instanceof PowerLoss)) throw error;
        });
        const legal = withoutIds(commits[moment === 'before' ? commit - 1 : commit]);
        expect(withoutIds(await standingOf(await at.phone.openStore()))).toEqual(legal);
      }
    }
  });

  async function standingsOfCommits(step: Step) {
    const at = await prepared();
    const disk = openMemoryDisk(at.phone);
    const copies = [copyOf(disk)];
    disk.onCommit = (moment) => {
      if (moment === 'after') copies.push(copyOf(disk));
    };
    await step.run(await at.phone.openStore({ disk }), at);
    const standings = [];
    for (const copy of copies) standings.push(await standingOf(await at.phone.openStore({ disk: copy })));
    return standings;
  }
});

describe('what moves to another channel is in sight throughout, and after every loss of power', () => {
  async function moved() {
    const phone = await createTestPhone(memoryDisks);
    const store = await phone.openStore();
    const [hamlet, lead] = [createTestChannel(hamletChannel), createTestChannel('lead/01789')];
    const [leaving, coming] = [householdRow(), householdRow()];
    hamlet.show(leaving);
    lead.show(coming);
    for (const channel of [hamlet, lead]) await pull(store, channel);
    for (const [row, from, to] of [[leaving, hamlet, lead], [coming, lead, hamlet]] as const) {
      from.show({ recordId: row.recordId, version: 2, gone: 'evicted' });
      to.show({ ...row, version: 2 });
    }
    const { epoch, channels } = await store.pullStanding();
    const pageOf = (channel: typeof hamlet) => {
      const standing = channels.get(channel.channelId) ?? { cursor: 0, generation: '' };
      return { page: channel.page(standing.cursor), made: { epoch, ...standing } };
    };
    return { phone, store, leaving, coming, pages: [pageOf(hamlet), pageOf(lead)] as const };
  }

  /** What the screens of two tabs show at each change, and the disk at each commit. */
  async function seenDuring({ phone, store }: Awaited<ReturnType<typeof moved>>, recordIds: readonly string[], run: (pulling: TestStore) => Promise<unknown>) {
    const isInSight = (open: TestStore) => recordIds.every((recordId) => open.find(recordId) !== undefined);
    const disk = openMemoryDisk(phone);
    const copies: MemoryDisk[] = [];
    disk.onCommit = () => copies.push(copyOf(disk));
    const pulling = await phone.openStore({ disk });
    const seen: boolean[] = [];
    for (const open of [store, pulling]) open.subscribe(() => seen.push(isInSight(open)));
    await run(pulling);
    await store.refresh();
    expect(seen.length).toBeGreaterThan(1);
    for (const copy of copies) seen.push(isInSight(await phone.openStore({ disk: copy })));
    return seen;
  }

  test.each([true, false])('by itself, the hamlet\'s page first: %s', async (isHamletFirst) => {
    const at = await moved();
    const pages = isHamletFirst ? at.pages : at.pages.toReversed();
    const seen = await seenDuring(at, [at.leaving.recordId, at.coming.recordId], async (pulling) => {
      expect(await pulling.commitPages(pages, answerOf())).toEqual(['committed', 'committed']);
    });
    expect(seen).toEqual(seen.map(() => true));
  });

  test('with its hamlet, which is left', async () => {
    const at = await moved();
    const [, page] = at.pages;
    const seen = await seenDuring(at, [at.leaving.recordId], async (pulling) => {
      await pulling.commitPages([page], answerOf({ pull: { member: lan, pages: [page.page], left: [hamletChannel] } }));
    });
    expect(seen).toEqual(seen.map(() => true));
    expect((await at.store.pullStanding()).channels.has(hamletChannel)).toBe(false);
  });
});

function copyOf(disk: MemoryDisk): MemoryDisk {
  const { tables, lastSegmentId } = disk.contents;
  const copied = Object.fromEntries(Object.entries(tables).map(([name, rows]) => [name, new Map(rows)]));
  return createMemoryDisk({ tables: copied as typeof tables, lastSegmentId, turn: Promise.resolve() });
}

/** Two phones made alike differ by their ids alone: each id becomes the place where it was met first. */
function withoutIds(standing: unknown): unknown {
  const names = new Map<string, string>();
  const text = JSON.stringify(standing).replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, (id) => {
    if (!names.has(id)) names.set(id, `id ${names.size}`);
    return names.get(id) ?? '';
  });
  return JSON.parse(text) as unknown;
}
