/** A phone as an onlooker sees it at every commit and every change of its screens. */
import type { ChannelRow, SegmentRow } from '#client/store/disk.ts';
import type { Change } from '#domain/change.ts';
import { isLetGo, withoutName } from '#domain/let-go.ts';
import { provinceAreaId } from '#domain/identifiers.ts';
import type { AnyRecord } from '#domain/record.ts';
import { isSameValue } from '#domain/change.ts';
import { commune } from './commune.ts';
import type { Members } from './members.ts';
import type { RunContext } from './run-context.ts';
import { touchesAny } from './ledger.ts';
import type { SavedEntry } from './ledger.ts';
import type { Readers, StoredRecord } from './readers.ts';
import type { SimulatedEndpoint } from './simulated-endpoint.ts';
import type { OpenTab, PhoneEvents, PhoneStore, SimulatedPhone } from './simulated-phone.ts';
import type { ToldHidden } from './told-hidden.ts';

export interface WatchArgs {
  readonly run: RunContext;
  readonly endpoint: SimulatedEndpoint;
  readonly readers: Readers;
  readonly members: Members;
  readonly toldHidden: ToldHidden;
}

export function watchPhone({ run, endpoint, readers, members, toldHidden }: WatchArgs): (phone: SimulatedPhone) => PhoneEvents {
  return (phone) => {
    const cursors = new Map<string, number>();
    let disk: unknown;
    const whole = new Set<string>();
    /** Since a full disk kept the pages of an answer out (who the member is now, and what they no longer read, stands there all the same), or a page ended over them. */
    let lacksPages = false;
    /** An answer was heard, and what it brings is not on the disk yet: a page that ends now has not heard it. */
    let isBeingWritten = false;
    /** Of the members, when the answer that was heard last was given: what changed since changes the phone with its next one. */
    let toldRevision = members.revision();
    let isMoreToCome = false;
    /** Hidden from its member, or deleted, when it was told, and not shown to it since. */
    const hidden = new Set<string>();

    function committed(tables: readonly string[]): void {
      if (tables.includes('segments') && tables.includes('outbox')) lacksPages = isBeingWritten = false;
      if (!tables.includes('channels')) return;
      noteWhole();
      for (const row of channelRows(phone)) {
        const key = `${row.channelId} ${row.generation}`;
        const before = cursors.get(key) ?? 0;
        if (row.cursor < before) run.broke(`${phone.name} went back from ${before} to ${row.cursor} in ${row.channelId}`);
        cursors.set(key, row.cursor);
      }
    }

    /** A channel that is new to the phone comes page by page, and what is shown refers to what is not here yet. */
    function isArriving(): boolean {
      noteWhole();
      return [...phone.contents().tables.channels.keys()].some((channelId) => !whole.has(String(channelId)));
    }

    /** Those that came to their end once; begun anew in the middle of the first time, one shows what had come by then. */
    function noteWhole(): void {
      const rows = channelRows(phone);
      // A disk that was put back begins where its copy was, maybe in the middle of a channel.
      if (disk !== phone.contents()) {
        cursors.clear();
        whole.clear();
      }
      disk = phone.contents();
      for (const channelId of whole) if (rows.every((row) => row.channelId !== channelId)) whole.delete(channelId);
      for (const { channelId, upTo, shown } of rows) if (upTo === undefined && shown === undefined) whole.add(channelId);
    }

    /** Was shown once, and goes once more. */
    function sentAgain(): ReadonlySet<number> {
      const rows = [...phone.contents().tables.outbox.values()];
      return new Set(rows.filter((row) => row['again'] === true && row['settledAt'] === undefined).map((row) => Number(row['deviceSeq'])));
    }

    /** Saved once: in the list of what waits or needs somebody, or shown by the channels, until a person gives it up. */
    function isInSight(tab: OpenTab, saved: SavedEntry, listed: ReadonlySet<string>): boolean {
      if (listed.has(saved.draft.entryId)) return true;
      if (isArriving() || toldRevision !== members.revision()) return true;
      if (lacksPages) return true;
      // Moved with its hamlet, it left one channel at once, and comes with a later page of the other.
      if (saved.isLongTold && isMoreToCome) return true;
      // After a restore the channels may come before all that was settled has gone once more.
      if (saved.isTold && sentAgain().size > 0) return true;
      return saved.draft.changes.every(({ recordId }) => tab.store.find(recordId) !== undefined || isGone(tab, recordId));
    }

    /** Settled once, its key was let go; two restores later it waits once more, and nobody here can open it to say what it is. */
    function isNameless({ draft }: SavedEntry, outbox: ReturnType<OpenTab['store']['outbox']>): boolean {
      const nameless = new Set(outbox.flatMap((entry) => (entry.entryId === '' ? [entry.deviceSeq] : [])));
      if (nameless.size === 0) return false;
      const rows = [...phone.contents().tables.outbox.values()];
      return rows.some((row) => nameless.has(Number(row['deviceSeq'])) && Buffer.from(String(row['bytes']), 'base64url').toString().includes(draft.entryId));
    }

    /** Deleted, erased, or no longer theirs to read: should it come back, it comes with a page. */
    function isGoneFor(tab: OpenTab, saved: SavedEntry): boolean {
      return saved.isTold && saved.draft.changes.some(({ recordId }) => tab.store.find(recordId) === undefined && isGone(tab, recordId));
    }

    function isGone(tab: OpenTab, recordId: string): boolean {
      if (endpoint.record.erased.has(recordId)) return true;
      const [record] = endpoint.database.rows<StoredRecord & { deleted: number }>(
        `select recordId, kind, areaId, fields, deleted from record where communeCode = '${commune}' and recordId = ?`, recordId,
      );
      // An answer may have been on its way while a backup was put back that does not know the record.
      if (record === undefined) return hidden.has(recordId);
      if (record.deleted === 1) return true;
      // Deleted once and brought back by somebody's edit: a phone may have heard of the one and not yet of the other.
      if (endpoint.database.rows(`select 1 from record_history where communeCode = '${commune}' and recordId = ? and field = 'deleted' limit 1`, recordId).length > 0) return true;
      // Hidden by somebody's edit and opened again by another's, as triage does to feedback: it may have heard of the one and not yet of the other.
      if (hidden.has(recordId)) return true;
      // By the roles it was told of, which may have changed again meanwhile.
      const told = tab.store.account().assignments;
      return readers.hiddenFrom(phone.memberId, record) === 'nothing' || readers.hiddenFromRoles(told, record) === 'nothing';
    }

    function lookAt(tab: OpenTab, seen: Set<string>): void {
      if (!phone.tabs().includes(tab) || tab.isAsleep()) return;
      const outbox = tab.store.outbox();
      const listed = new Set(outbox.map((entry) => entry.entryId));
      // Of what was erased not even the name is left, until a restored endpoint has said so again (or for ever, where the backup does not know the entry).
      const isAnyNameless = outbox.some((entry) => entry.entryId === '' && entry.state === 'needs_you' && entry.reason?.verdict === 'erased');
      for (const saved of run.ledger.ofPhone(phone.index)) {
        const { entryId } = saved.draft;
        if (!saved.isConfirmed || !saved.isOnDisk || saved.isGivenUp || saved.isSpoiled || !phone.isOwn(saved.deviceId)) continue;
        // Another tab sees it as soon as it has looked at the disk.
        if (isGoneFor(tab, saved)) seen.delete(entryId);
        else if (isAnyNameless && touchesAny(saved, endpoint.record.erased)) seen.add(entryId);
        else if (isInSight(tab, saved, listed)) seen.add(entryId);
        else if (saved.isTold && isNameless(saved, outbox)) seen.add(entryId);
        else if (seen.has(entryId)) run.broke(`${phone.name} no longer sees ${entryId}, which it saved`);
      }
      // Settled by a receipt that named a sequence which was given twice, as only an endpoint does that was put back unnoticed: shown, as far as a phone can know.
      const mayBeShown = endpoint.wasPutBack() === 'unnoticed' ? sentAgain() : new Set<number>();
      const waiting = new Set(outbox.flatMap(({ state, deviceSeq, entryId }) => (state === 'on_this_phone' && !mayBeShown.has(deviceSeq) ? [entryId] : [])));
      for (const line of notShown(tab, waiting)) run.broke(`${phone.name} ${line}`);
    }

    /** What only this phone ever knew stands on its screen as it was saved last. */
    function notShown(tab: OpenTab, waiting: ReadonlySet<string>): string[] {
      if (waiting.size === 0 || isArriving()) return [];
      const last = new Map<string, { readonly change: Change; readonly value: unknown; readonly isWaiting: boolean }>();
      /** By record: is the entry that made it still to be applied? One that was applied, and goes once more after a restore, is not laid over what the channels show. */
      const isNew = new Map<string, boolean>();
      /** To be made by an entry of which nothing is laid over: nothing of what goes on from it is shown either. */
      const unmade = new Set<string>();
      /** Made by an entry that was applied: from then on the channels show them, or nobody does. */
      const made = new Set<string>();
      for (const { draft, isSpoiled, isOnDisk, isTold, isAtOnce } of run.ledger.ofPhone(phone.index)) {
        if (isSpoiled) return [];
        // Of an entry one of whose records is gone meanwhile nothing is laid over the others; it stands in the list.
        const isToBeMade = ({ recordId, base }: Change) => base === 0 && !made.has(recordId) && !endpoint.record.erased.has(recordId);
        const isThere = (change: Change) => (isToBeMade(change) ? !unmade.has(change.recordId) : tab.store.find(change.recordId) !== undefined);
        const isAllThere = draft.changes.every(isThere);
        const isWhole = isAtOnce || (isAllThere && !draft.changes.some((change) => isMergedOtherwise(change, tab.store)));
        if (!isAllThere) for (const { recordId, base } of draft.changes) if (base === 0 && tab.store.find(recordId) === undefined) unmade.add(recordId);
        if (isTold) for (const { recordId, base } of draft.changes) if (base === 0) made.add(recordId);
        for (const change of isOnDisk && isWhole ? draft.changes : []) {
          if (!('set' in change)) continue;
          if (!isNew.has(change.recordId)) isNew.set(change.recordId, change.base === 0 && !isTold && waiting.has(draft.entryId));
          for (const [field, value] of Object.entries(change.set)) {
            last.set(`${change.recordId} ${field}`, { change, value, isWaiting: !isTold && !isAtOnce && waiting.has(draft.entryId) });
          }
        }
      }
      const lines: string[] = [];
      for (const [key, { change, value, isWaiting }] of last) {
        if (!isWaiting) continue;
        const record: AnyRecord | undefined = tab.store.find(change.recordId);
        const field = key.slice(key.indexOf(' ') + 1);
        // What others made of it meanwhile (deleted it, declined) may leave no place for it.
        if (record === undefined ? isNew.get(change.recordId) !== true : isOverruled(record, field, value)) continue;
        const shown = (record?.fields as Readonly<Record<string, unknown>> | undefined)?.[field];
        if (!isSameValue(shown ?? null, value ?? null)) lines.push(`shows another ${field} of ${change.recordId} than it saved`);
      }
      return lines;
    }

    return {
      opened(tab) {
        lacksPages ||= isBeingWritten;
        const seen = new Set<string>();
        lookAt(tab, seen);
        for (const saved of run.ledger.ofPhone(phone.index)) {
          const { isConfirmed, isOnDisk, isGivenUp, isSpoiled, deviceId, draft } = saved;
          const isToBeSeen = isConfirmed && isOnDisk && !isGivenUp && !isSpoiled && phone.isOwn(deviceId) && !isGoneFor(tab, saved);
          if (isToBeSeen && !seen.has(draft.entryId)) run.broke(`${phone.name} does not see ${draft.entryId}, which it saved, when it is opened`);
        }
        const look = () => lookAt(tab, seen);
        tab.store.subscribe(() => run.lookSoon(look));
        let checkedAt: number | undefined;
        tab.engine.subscribe(() => {
          const { isRunning, lastError, lastSuccessAt } = tab.engine.state();
          // After a sync of its own: a tab that only wakes has not heard yet what another one left.
          if (isRunning || lastError !== undefined || lastSuccessAt === checkedAt || !phone.tabs().includes(tab)) return;
          checkedAt = lastSuccessAt;
          for (const line of leftBehind(phone, channelNames(tab.store.account().assignments, tab.store.account().communeCode))) run.broke(line);
        });
      },
      committed,
      refused(tables) {
        lacksPages ||= tables.includes('segments') && tables.includes('outbox');
      },
      heard(answer) {
        toldRevision = members.revisionBefore(Date.parse(answer.endpointTime));
        for (const saved of run.ledger.ofPhone(phone.index)) saved.isLongTold = saved.isTold;
        isMoreToCome = answer.pull !== undefined && 'pages' in answer.pull && answer.pull.pages.some((page) => page.more);
        const pages = answer.pull !== undefined && 'pages' in answer.pull ? answer.pull.pages : [];
        isBeingWritten ||= pages.some((page) => page.rows.length > 0);
        for (const recordId of toldHidden.hiddenIn(phone.memberId, answer)) hidden.add(recordId);
        for (const row of pages.flatMap((page) => page.rows)) {
          if ('fields' in row) hidden.delete(row.recordId);
          if ('gone' in row && row.gone === 'deleted') hidden.add(row.recordId);
          if (!('verdict' in row) || (row.verdict.verdict !== 'applied' && row.verdict.verdict !== 'merged')) continue;
          const saved = run.ledger.get(row.recordId);
          if (saved !== undefined) saved.isTold = true;
        }
      },
    };
  };
}

/** Does it merge a household into what others made its double by now, or one that declined into one that did not? Then nothing of its entry is laid over the others. */
function isMergedOtherwise(change: Change, store: Pick<PhoneStore, 'find'>): boolean {
  const into = change.kind === 'household' && 'set' in change ? change.set['mergedInto'] : undefined;
  if (typeof into !== 'string') return false;
  const seen = new Set<string>();
  let isDeclined = false;
  for (let at: string | undefined = into; at !== undefined && !seen.has(at); ) {
    seen.add(at);
    const household: AnyRecord | undefined = store.find(at);
    if (household?.kind !== 'household') break;
    isDeclined ||= household.fields.contact === 'no';
    at = household.fields.mergedInto;
  }
  const record = store.find(change.recordId);
  return seen.has(change.recordId) || (record?.kind === 'household' && record.fields.contact === 'no' && !isDeclined);
}

/** A household that declined takes back details, whoever wrote them; one that was erased, its name from what it had said. */
function isOverruled(record: AnyRecord, field: string, value: unknown): boolean {
  if (record.kind === 'feedback' && isLetGo(record.fields.citizenName) && Object.hasOwn(withoutName, field)) return true;
  return record.deleted || (record.kind === 'household' && (record.fields.contact === 'no' || value === 'no'));
}

export function channelRows(phone: SimulatedPhone): ChannelRow[] {
  return [...phone.contents().tables.channels.values()] as unknown as ChannelRow[];
}

export function channelNames(assignments: readonly { readonly role: string; readonly hamletId?: string | undefined; readonly unitId?: string | undefined }[], communeCode: string): string[] {
  const names = new Set<string>();
  for (const { role, hamletId, unitId } of assignments) {
    names.add(`everyone/${communeCode}`);
    names.add(`handbook/${communeCode}`);
    // The province's as well: `commune.ts` says which that is.
    names.add(`handbook/${provinceAreaId('04')}`);
    if (role === 'team_member' || role === 'team_lead') names.add(`hamlet/${hamletId ?? ''}`);
    if (role === 'bloc_officer' || role === 'bloc_lead') names.add(`commune/${communeCode}`);
    if (role === 'bloc_lead') names.add(`lead/${communeCode}`);
    if (role === 'responder') names.add(`unit/${unitId ?? ''}`);
  }
  return [...names];
}

/** Keys and boxes of channels that the phone should have left. */
function leftBehind(phone: SimulatedPhone, mine: readonly string[]): string[] {
  const isMine = (channelId: string) => channelId.startsWith('device/') || mine.includes(channelId);
  const rows = channelRows(phone);
  const lines = rows.filter(({ channelId }) => !isMine(channelId)).map(({ channelId }) => `${phone.name} still has the key of ${channelId}`);
  for (const segment of phone.contents().tables.segments.values() as unknown as Iterable<SegmentRow>) {
    if (rows.every((row) => row.channelId !== segment.channelId)) lines.push(`${phone.name} still has a box of ${segment.channelId}`);
  }
  return lines;
}
