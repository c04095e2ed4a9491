import { beforeEach, describe, expect, test } from 'vitest';
import { writeReception } from '#domain/write-reception.ts';
import { change, commune, createTestEndpoint, enrolPhone, newRandomId, north, random, roles } from './test-support.ts';
import type { TestEndpoint, TestPhone } from './test-support.ts';

const reception = { receptionPlace: 'Trụ sở UBND xã Quang Hán', receptionHours: 'Thứ Năm, 7 giờ 30' };
let stage: TestEndpoint;
let admin: TestPhone;

beforeEach(async () => {
  stage = await createTestEndpoint();
  admin = await enrolPhone(stage, roles.admin);
});

const noted = () => stage.db.selectFrom('audit').select(['actor', 'origin', 'subject']).where('action', '=', 'reception_changed').execute();

describe('where and when the commune receives citizens', () => {
  test('is written by its administrator through the sync, read on every phone, and stands in the audit log without its words', async () => {
    const written = (await stage.endpoint.records(commune, 'area')).find(({ recordId }) => recordId === commune);
    const draft = writeReception(written!, reception, { now: stage.clock.now(), newId: stage.newId, newRandomId, random, memberId: admin.memberId });
    if (!draft.ok || draft.value === undefined) throw new Error('nothing to write');
    const entry = await admin.save([...draft.value.changes]);
    await admin.sync();
    expect(admin.verdict(entry.entryId)?.verdict).toBe('applied');
    for (const role of [roles.member, roles.officer]) {
      const phone = await enrolPhone(stage, role);
      await phone.sync();
      expect(phone.seen().get(commune)).toMatchObject({ fields: reception });
    }
    expect(await noted()).toEqual([{ actor: admin.memberId, origin: admin.deviceId, subject: commune }]);
  });

  test('is written by nobody else, and another change of a place is none of it', async () => {
    for (const role of [roles.member, roles.lead, roles.officer, roles.blocLead, roles.dpo]) {
      const phone = await enrolPhone(stage, role);
      const entry = await phone.save([change('area', commune, commune, reception, 1)]);
      await phone.sync();
      expect([role.role, phone.verdict(entry.entryId)?.code]).toEqual([role.role, 'not_your_role']);
    }
    await admin.save([change('area', north, north, { households: 42 }, 1)]);
    await admin.sync();
    expect(await noted()).toEqual([]);
  });
});
