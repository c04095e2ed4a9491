/** What the tests of lists stand on: a commune, and tables written as text, a row a line, `;` or `,` between the cells. */
import type { Area } from '#domain/area.ts';
import { applyChange, checkEntry } from '#domain/change.ts';
import type { EntryDraft } from '#domain/change.ts';
import { isKind } from '#domain/record.ts';
import type { AnyRecord, FieldsOf, RecordKind, RecordState } from '#domain/record.ts';
import type { ImportRecords } from './import-plan.ts';
import type { ListLayout } from './layout.ts';
import type { Mapping } from './mapping.ts';
import { readList } from './read-list.ts';
import type { ReadList } from './read-list.ts';
import type { Sheet } from '#tables/table.ts';

export const listId = '01990000-0000-7000-8000-000000000001';
export const today = '2026-11-22';

export function recordOf<K extends RecordKind>(kind: K, recordId: string, areaId: string, fields: FieldsOf[K], version = 1): RecordState<K> {
  return { recordId, kind, areaId, version, deleted: false, fields, conflicts: [], memberId: listId, occurredAt: '2026-01-01T00:00:00+07:00' };
}

export const areaOf = (area: Area) => recordOf('area', area.code, area.code, area);
export const hamletOf = (code: string, name: string, more: Partial<Area> = {}) =>
  areaOf({ code, level: 'hamlet', kind: 'xom', name, parent: '01456', ...more });
export const commune = areaOf({ code: '01456', level: 'commune', kind: 'xa', name: 'Quang Hán', parent: '99904' });
export const ngocSon = hamletOf('01456-001', 'Ngọc Sơn');
export const naThoong = hamletOf('01456-002', 'Nà Thoong');

export function sheetOf(text: string, name = ''): Sheet {
  const separator = text.includes(';') ? ';' : ',';
  return { name, rows: text.replace(/\n$/u, '').split('\n').map((line, index) => ({ line: index + 1, cells: line.split(separator).map((cell) => cell.trim()) })) };
}

export function readRows<L extends ListLayout>(layout: L, text: string | readonly Sheet[], mapping: Mapping = {}, hamlets = [ngocSon]) {
  return readList(typeof text === 'string' ? [sheetOf(text)] : text, layout, mapping, { today, sourceListId: listId, hamlets });
}

export function listOf<L extends ListLayout>(layout: L, text: string | readonly Sheet[], mapping: Mapping = {}, hamlets = [ngocSon]): ReadList<L> {
  const list = readRows(layout, text, mapping, hamlets);
  if (!list.ok) throw new Error(JSON.stringify(list.error));
  return list.value;
}

/** Records to write on by the domain's own rules; `settled`: as the endpoint applies, each change raising the version. Throws where a rule is broken. */
export function recordsHeld(start: readonly AnyRecord[], settled = true) {
  const records = new Map(start.map((record) => [record.recordId, record]));
  const find = (recordId: string) => records.get(recordId);
  const eventsOf = (feedbackId: string) =>
    [...records.values()].filter((record) => isKind(record, 'feedback_event')).filter(({ fields }) => fields.feedbackId === feedbackId);
  const write = (entries: readonly EntryDraft[]) => {
    for (const entry of entries) {
      const refused = checkEntry(entry);
      if (refused !== undefined) throw new Error(JSON.stringify(refused));
      for (const change of entry.changes) {
        const endpoint = settled ? { nextVersion: (version: number) => version + 1, receivedAt: entry.occurredAt } : undefined;
        const applied = applyChange(records.get(change.recordId), change, { entry: { ...entry, deviceId: listId }, records: { find, eventsOf }, settingsSince: [], endpoint });
        if (!applied.ok) throw new Error(`${change.kind}: ${JSON.stringify(applied.error)}`);
        records.set(change.recordId, applied.value);
      }
    }
  };
  const ofKind = <K extends RecordKind>(kind: K) => [...records.values()].filter((record) => isKind(record, kind));
  const byKind = (): Omit<ImportRecords, 'commune' | 'hamlets'> => ({
    households: ofKind('household'), people: ofKind('prestigious_person'), terms: ofKind('prestigious_term'), feedback: ofKind('feedback'), units: ofKind('unit'),
    models: ofKind('mobilization_model'),
  });
  return { records, write, byKind, eventsOf, ofKind };
}
