/** Who may read what, record by record, against what lies in the channels and on supervisors' lists when all is quiet. */
import { commune } from './commune.ts';
import type { StoredRecord } from './readers.ts';
import type { Stage } from './take-step.ts';
import { channelNames } from './watch-phone.ts';

/** Every record is shown to all who may read it, and to nobody else. */
export function checkReaders({ run, endpoint, readers, members, phones }: Stage): void {
  const records = endpoint.database.rows<StoredRecord>('select recordId, kind, areaId, fields from record where deleted = 0');
  const shown = new Set(
    endpoint.database
      .rows<{ channelId: string; recordId: string }>('select channelId, recordId from channel_row where gone is null')
      .map(({ channelId, recordId }) => `${channelId} ${recordId}`),
  );
  for (const memberId of new Set(phones.map((phone) => phone.memberId))) {
    const held = members.assignmentsOf(memberId).map((one) => (one.hamletId === undefined ? one : { ...one, hamletId: members.present(one.hamletId) }));
    const channels = channelNames(held, commune);
    for (const record of records) {
      const isShown = channels.some((channelId) => shown.has(`${channelId} ${record.recordId}`));
      const mayBe = readers.hiddenFrom(memberId, record) !== 'nothing';
      if (isShown && !mayBe) run.broke(`${record.kind} ${record.recordId} lies in a channel of ${memberId}, who may not read it`);
      if (!isShown && mayBe) run.broke(`${record.kind} ${record.recordId} lies in no channel of ${memberId}, who may read it`);
    }
  }
}

/** No entry that waits is shown to a supervisor who may not read what it touches. */
export async function checkWaitingReaders({ run, endpoint, readers, phones }: Stage): Promise<void> {
  for (const phone of phones) {
    const { memberId } = phone;
    const auth = { kind: 'session', communeCode: commune, deviceId: phone.deviceId(), memberId } as const;
    const waiting = (await endpoint.ask(async (serving) => await serving.waitingFor(auth))) ?? [];
    for (const { entryId, changes } of waiting) {
      for (const { recordId } of changes) {
        const [record] = endpoint.database.rows<StoredRecord>('select recordId, kind, areaId, fields from record where recordId = ? and deleted = 0', recordId);
        if (record !== undefined && readers.hiddenFrom(memberId, record) === 'nothing') run.broke(`${phone.name} decides on ${entryId}, which touches what they may not read`);
      }
    }
  }
}
