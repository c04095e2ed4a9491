/** Two provinces on the stage: that of every world's commune, and another. Of the first a commune reads the handbook and nothing else, of the other nothing. */
import type { EntryDraft } from '#domain/change.ts';

const own = '99904';
const other = '99905';

const idOf = (province: string, no: number) => `018f0000-0000-7000-8000-0000${province}00${no}`;

/** Pages and documents that whoever holds a role in a commune of `own` reads, by id. */
export const readByCommunes: ReadonlySet<string> = new Set([idOf(own, 1), idOf(own, 2)]);
export const channelOfProvince = `handbook/${own}`;

/** By province, what its people wrote. */
export function provincialEntries(memberId: string, occurredAt: string): { readonly communeCode: string; readonly drafts: EntryDraft[] }[] {
  return [own, other].map((province) => {
    const create = (no: number, kind: 'handbook_page' | 'document' | 'unit', set: object) => ({ recordId: idOf(province, no), kind, areaId: province, base: 0, set: { ...set } });
    const changes: EntryDraft['changes'] = [
      { recordId: province, kind: 'area', areaId: province, base: 0, set: { code: province, level: 'province', kind: 'tinh', name: `Tỉnh ${province}` } },
      create(1, 'handbook_page', { slug: 'di-tham-ho', title: 'Đi thăm hộ', body: 'Hỏi thăm trước, ghi sau.' }),
      create(2, 'document', { number: '49-CT/TW', date: '2015-10-20', issuer: 'Ban Bí thư', title: 'Về tăng cường công tác dân vận', kind: 'directive' }),
      create(3, 'unit', { kind: 'office', name: 'Ban Tuyên giáo và Dân vận Tỉnh ủy' }),
    ];
    return { communeCode: province, drafts: [{ entryId: idOf(province, 9), memberId, occurredAt, changes }] };
  });
}
