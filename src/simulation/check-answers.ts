/** Every answer, as it is given: nothing in it is hidden from the member who asks. */
import type { SyncAnswer } from '#sync/protocol.ts';
import type { SyncAuth } from '#server/sessions.ts';
import { commune } from './commune.ts';
import type { Readers, StoredRecord } from './readers.ts';
import type { RunContext } from './run-context.ts';
import type { SimulatedDatabase } from './simulated-database.ts';

export function createAnswerCheck(run: RunContext, database: SimulatedDatabase, readers: Readers): (auth: SyncAuth, answer: SyncAnswer) => void {
  return (auth, answer) => {
    const { pull } = answer;
    if (auth.kind !== 'session') {
      if (pull !== undefined) run.broke(`pages were given to a ${auth.kind}`);
      return;
    }
    if (pull === undefined || !('pages' in pull)) return;
    for (const { channelId, rows } of pull.pages) {
      for (const row of rows) {
        if ('gone' in row) continue;
        if ('verdict' in row) checkVerdict(auth.deviceId, channelId, row.recordId);
        else checkRecord(auth.memberId, channelId, row.recordId, row.fields);
      }
    }
  };

  function checkRecord(memberId: string, channelId: string, recordId: string, fields: Readonly<Record<string, unknown>>): void {
    const [record] = database.rows<StoredRecord>(`select recordId, kind, areaId, fields from record where communeCode = '${commune}' and recordId = ?`, recordId);
    if (record === undefined) return run.broke(`${channelId} showed ${recordId}, which is not there`);
    const hidden = readers.hiddenFrom(memberId, record);
    if (hidden === 'nothing') return run.broke(`${channelId} showed ${record.kind} ${recordId} to ${memberId}, who may not read it`);
    const shown = hidden.find((field) => field in fields);
    if (shown !== undefined) run.broke(`${channelId} showed ${shown} of ${record.kind} ${recordId} to ${memberId}`);
  }

  function checkVerdict(deviceId: string, channelId: string, entryId: string): void {
    const [entry] = database.rows<{ deviceId: string }>(`select deviceId from entry where communeCode = '${commune}' and entryId = ?`, entryId);
    if (entry?.deviceId === deviceId) return;
    // A device that took another's place hears what became of that one's entries.
    let next: string | null | undefined = deviceId;
    while (next !== null && next !== undefined && next !== entry?.deviceId) {
      next = database.rows<{ replaces: string | null }>('select replaces from device where deviceId = ?', next)[0]?.replaces;
    }
    if (next !== entry?.deviceId) run.broke(`${channelId} told ${deviceId} of ${entryId}, which is another's`);
  }
}
