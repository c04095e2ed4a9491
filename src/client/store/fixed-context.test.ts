import { describe, expect, it } from 'vitest';
import type { RecordState } from '#domain/record.ts';
import { recordVisit } from '#domain/record-visit.ts';
import type { VisitInput } from '#domain/record-visit.ts';
import { createFixedContext } from './fixed-context.ts';

const household: RecordState<'household'> = {
  recordId: '01900000-0000-7000-8000-000000000001',
  kind: 'household',
  areaId: '01789-003',
  version: 1,
  deleted: false,
  fields: { no: 12, headName: 'Nông Văn Sơn', houseLabel: 'cạnh nhà văn hóa', contact: 'yes' },
  conflicts: [],
  memberId: '01900000-0000-7000-8000-0000000000aa',
  occurredAt: '2026-11-01T08:00:00+07:00',
};

const visit: VisitInput = {
  date: '2026-11-21',
  purpose: 'regular',
  met: 'yes',
  outcome: 'Hẹn gửi đơn',
  feedback: [
    { kind: 'phan_anh', channel: 'visit', topic: 'road', text: 'Cầu treo hỏng hai tấm ván', anonymity: 'name_withheld' },
    { kind: 'kien_nghi', channel: 'visit', topic: 'water', text: 'Xin sửa đường ống nước', anonymity: 'name_withheld' },
  ],
};

describe('a form\'s fixed ids', () => {
  it('make the same entries and receipt codes however often Save is pressed', () => {
    const begin = createFixedContext({
      now: Date.parse('2026-11-21T07:10:00Z'),
      newId: () => `01900000-0000-7000-8000-${crypto.randomUUID().slice(24)}`,
      newRandomId: () => crypto.randomUUID(),
      random: (length) => crypto.getRandomValues(new Uint8Array(length)),
      memberId: household.memberId,
    });
    const first = recordVisit(household, visit, begin());
    const second = recordVisit(household, visit, begin());
    expect(first.ok && first.value.entries.length).toBe(3);
    expect(second).toEqual(first);
    if (!first.ok) return;
    expect(new Set(first.value.entries.map((entry) => entry.entryId)).size).toBe(3);
    expect(new Set(first.value.raised.map((raised) => raised.receiptCode)).size).toBe(2);
  });
});
