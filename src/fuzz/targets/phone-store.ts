/**
 * The phone's side of the wire: mutated answers to the real engine and the real store over a disk in memory. What the person saved
 * before is still there afterwards, on the screen and on the disk, byte by byte, and the store opens again.
 */
import type { Change } from '#domain/change.ts';
import { instantOf } from '#domain/identifiers.ts';
import { recordVisit } from '#domain/record-visit.ts';
import { sealAccount } from '#client/store/account.ts';
import type { KeyringRow } from '#client/store/disk.ts';
import { firstLog } from '#client/store/log.ts';
import { createMemoryDisk, createMemoryDiskContents } from '#client/store/memory-disk.ts';
import type { MemoryDiskContents } from '#client/store/memory-disk.ts';
import { openFieldStore } from '#client/store/open-store.ts';
import { createSyncEngine } from '#sync/engine.ts';
import { err, ok } from '#sync/entry.ts';
import type { SyncAnswer, SyncRequest } from '#sync/protocol.ts';
import type { Chance } from '#simulation/chance.ts';
import { createPlainSafe, createPlainSealer } from '#simulation/stand-ins.ts';
import { hamlet, now } from '../commune.ts';
import type { Commune } from '../commune.ts';
import { mutateJson, toText } from '../mutate.ts';
import type { Json } from '../mutate.ts';
import { Harm } from '../target.ts';
import type { Target } from '../target.ts';

export interface AnswerInput {
  /** Which of the phone's moments: nothing fetched yet, or all. */
  readonly moment: number;
  /** As text. */
  readonly answer: string;
}

interface Moment {
  readonly contents: MemoryDiskContents;
  readonly good: SyncAnswer;
}

export async function phoneStoreTarget(commune: Commune, chance: Chance): Promise<Target<AnswerInput>> {
  const lead = commune.phones.find(({ name }) => name === 'lead');
  if (lead === undefined) throw new Error('no lead');
  const sender = lead;
  const safe = createPlainSafe(chance);
  const sealer = createPlainSealer({ endpoint: commune.endpoint.identity(), communeCode: sender.communeCode, deviceId: sender.deviceId }, chance);
  const phone = { deviceId: sender.deviceId, safe, sealer };
  const openStore = async (contents: MemoryDiskContents) =>
    await openFieldStore({ disk: createMemoryDisk(contents), phone, clock: { now: () => now }, random: chance.bytes });

  async function sync(contents: MemoryDiskContents, answerTo: (request: SyncRequest) => Promise<unknown>): Promise<void> {
    const store = await openStore(contents);
    let asked = 0;
    const engine = createSyncEngine({
      store,
      clock: { now: () => now, setTimeout: () => undefined, clearTimeout: () => undefined },
      random: () => 0.5,
      transport: {
        async sync(request) {
          asked += 1;
          return asked > 1 ? err({ code: 'unreachable' }) : ok((await answerTo(request)) as SyncAnswer);
        },
      },
    });
    await engine.run();
    engine.stop();
    store.close();
  }

  async function endpointAnswers(request: SyncRequest): Promise<SyncAnswer> {
    const auth = await commune.endpoint.authenticate(`Bearer ${sender.sessionToken}`);
    if (!auth.ok) throw new Error('no session');
    const answer = await commune.endpoint.sync(auth.value, { ...request, sessions: [], entries: [] });
    await commune.watch.changed();
    const entries = request.entries.map(({ session, deviceSeq }) => ({ session, deviceSeq, outcome: 'kept' as const }));
    return JSON.parse(JSON.stringify({ ...answer, entries })) as SyncAnswer;
  }

  const contents = createMemoryDiskContents();
  const account = await sealAccount(safe, { memberId: sender.memberId, communeCode: sender.communeCode, name: 'lead (mẫu)', assignments: [{ role: 'team_lead', hamletId: hamlet }] });
  await createMemoryDisk(contents).write(['keyring', 'meta'], async ({ keyring, meta }) => {
    await keyring.put({ key: 'phone', state: 'enrolled', communeCode: sender.communeCode, deviceId: sender.deviceId, endpoint: commune.endpoint.identity(), wrongTries: 0, deliveryToken: 'd' } as KeyringRow);
    await meta.put({ ...firstLog(), accountRevision: 1 });
    await meta.put(account);
  });
  await sync(contents, endpointAnswers);
  const witness = await saveVisit();
  // What others did since the phone last asked.
  await commune.endpoint.applyOwnEntries(sender.communeCode, [
    { entryId: commune.newId(), memberId: sender.memberId, occurredAt: instantOf(now), changes: ['household', 'visit', 'feedback'].map((kind) => newsOf(kind as NewsKind, commune)) },
  ]);
  // The same phone after it was told to begin anew: all is to be downloaded again, what is unsent is there.
  const emptied = copyOf(contents);
  for (const table of ['channels', 'segments'] as const) emptied.tables[table].clear();
  const moments: Moment[] = [];
  for (const from of [contents, emptied]) {
    let good: SyncAnswer | undefined;
    await sync(copyOf(from), async (request) => (good = await endpointAnswers(request)));
    if (good === undefined) throw new Error('the engine asked for nothing');
    moments.push({ contents: from, good });
  }

  async function saveVisit(): Promise<{ readonly entryId: string; readonly visitId: string }> {
    const store = await openStore(contents);
    const [household] = store.all('household');
    if (household === undefined) throw new Error('the phone has no household');
    const made = recordVisit(household, { date: '2026-11-22', purpose: 'regular', met: 'yes', outcome: 'Đã hẹn' }, store.commandContext());
    if (!made.ok || !(await store.write(made.value.entries)).ok) throw new Error('no visit saved');
    store.close();
    return { entryId: made.value.entries[0]?.entryId ?? '', visitId: made.value.visitId };
  }

  return {
    name: 'answers to a phone',
    weight: 14,
    make(inputChance) {
      const moment = inputChance.int(moments.length);
      const good = moments[moment]?.good as unknown as Json;
      const spares = moments.flatMap((one) => Object.values(one.good) as Json[]);
      if (inputChance.happens(0.05)) return { moment, answer: toText(good) };
      return { moment, answer: toText(inputChance.happens(0.5) ? mutateJson(good, spares, inputChance) : mutateRow(good, spares, inputChance)) };
    },
    async feed({ moment, answer }) {
      const from = moments[moment];
      if (from === undefined) throw new RangeError(`no moment ${moment}`);
      const disk = copyOf(from.contents);
      await sync(disk, async () => JSON.parse(answer) as unknown);
      const before = [...from.contents.tables.outbox.values()].map((row) => row['bytes']).join();
      const after = [...disk.tables.outbox.values()].map((row) => row['bytes']).join();
      if (before !== after) throw new Harm('sealed bytes are gone from the outbox');
      const store = await openStore(disk);
      if (!store.outbox().some(({ entryId }) => entryId === witness.entryId)) throw new Harm('a saved entry is no longer shown as unsettled');
      if (store.find(witness.visitId) === undefined) throw new Harm('a saved visit is out of sight');
      store.searchHouseholds('son');
      store.close();
      return [disk.tables.segments.size > from.contents.tables.segments.size ? 'taken' : 'refused'];
    },
  };
}

type NewsKind = 'household' | 'visit' | 'feedback';
function newsOf(kind: NewsKind, commune: Commune): Change {
  const fields = {
    household: { no: 7, headName: 'Hoàng Văn Khôi (mẫu)', houseLabel: 'ven suối', contact: 'yes' },
    visit: { householdId: commune.records.get('household') ?? '', date: '2026-11-21', purpose: 'illness', met: 'yes', outcome: 'Hẹn báo Trạm Y tế xã' },
    feedback: { kind: 'kien_nghi', receivedOn: '2026-11-21', receiptCode: '7K3F-2M9Q-H', channel: 'meeting', topic: 'water', text: 'Mó nước đầu xóm cạn, xin xã cho người xem.', anonymity: 'name_withheld' },
  }[kind];
  return { recordId: commune.newId(), kind, areaId: hamlet, base: 0, set: fields };
}

/** One row alone is wrong: such an answer passes the wire's schema more often, and reaches the tables in memory. */
function mutateRow(answer: Json, spares: readonly Json[], chance: Chance): Json {
  const copy = structuredClone(answer) as { readonly pull?: { readonly pages?: { rows: Json[] }[] } };
  const pages = (copy.pull?.pages ?? []).filter(({ rows }) => rows.length > 0);
  if (pages.length === 0) return mutateJson(answer, spares, chance);
  const page = chance.pick(pages);
  const at = chance.int(page.rows.length);
  const row = page.rows[at] as { readonly [key: string]: Json };
  const fields = row['fields'];
  page.rows[at] = fields === undefined || chance.happens(0.2) ? mutateJson(row, spares, chance) : { ...row, fields: mutateJson(fields, spares, chance) };
  return copy;
}

function copyOf({ tables, lastSegmentId }: MemoryDiskContents): MemoryDiskContents {
  const copied = Object.fromEntries(Object.entries(tables).map(([name, rows]) => [name, new Map(rows)])) as unknown as MemoryDiskContents['tables'];
  return { tables: copied, lastSegmentId, turn: Promise.resolve() };
}
