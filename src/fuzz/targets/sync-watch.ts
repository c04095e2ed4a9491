/** What a sync may change in the database, and what may not have happened. */
import type { SyncAnswer } from '#sync/protocol.ts';
import type { Commune } from '../commune.ts';
import { Harm } from '../target.ts';

/** A line of the audit log, which is counted (`meta`): a backup that lacks it is an older database. */
export const audited = ['audit', 'meta'];
/** The first contact of an hour or a day is noted, and which channels were served to whom, whatever else was sent along. */
const contact = ['session', 'device', 'device_channel'];
/** `meta`: so many changes were counted. */
export const settled = ['entry', 'record', 'record_history', 'channel_row', 'channel_counter', 'waiting_entry', 'waiting_after', 'rejected_record', 'meta'];

export async function judgeSync(commune: Commune, answer: Pick<SyncAnswer, 'entries'> | undefined, road: 'session' | 'delivery' | 'bundle'): Promise<void> {
  const isKept = answer?.entries.some(({ outcome }) => outcome === 'kept') === true;
  // `entry_quarantined`, `other_content`, `cursor_above_counter`: that something odd came is written down, with ids alone.
  await judgeChanges(commune, answer === undefined ? [] : [...audited, ...(road === 'session' ? contact : []), ...(isKept ? settled : [])]);
}

/** Throws `Harm` when a table changed that may not have, or when the endpoint noted a fault of its own. */
export async function judgeChanges(commune: Commune, mayChange: readonly string[]): Promise<void> {
  const changed = await commune.watch.changed();
  const [fault] = commune.faults.splice(0);
  if (fault !== undefined) throw new Harm(fault.replaceAll(/[0-9a-f-]{36}/gu, 'ID'));
  const wrong = [...changed].filter((table) => !mayChange.includes(table));
  if (wrong.length > 0) throw new Harm(`changed ${wrong.toSorted().join(', ')} without saying so`);
}
