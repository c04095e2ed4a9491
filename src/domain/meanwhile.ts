/** What one device wrote while another had not heard of it: neither of the two could have known. */
import type { ApplyContext, Change, FieldSetting } from './change.ts';
import type { AnyRecord } from './record.ts';

export type Meanwhile = Pick<ApplyContext, 'entry' | 'settingsSince' | 'endpoint'>;

/** Did another device set the field after the change's `base`? The phone has no history: there a newer version may have set anything. */
export function isSetMeanwhile(field: string, record: AnyRecord, change: Change, context: Meanwhile): boolean {
  if (context.endpoint === undefined) return change.base < record.version;
  return context.settingsSince.some((setting) => setting.field === field && setting.deviceId !== context.entry.deviceId);
}

/** Who set the state that the record shows, where another device did so after the change's `base`. On the phone nobody is known to. */
export function stateSetMeanwhile(record: AnyRecord, { entry, settingsSince }: Pick<Meanwhile, 'entry' | 'settingsSince'>): FieldSetting | undefined {
  const { state }: Readonly<Record<string, unknown>> = record.fields;
  return settingsSince.findLast((setting) => setting.field === 'state' && setting.deviceId !== entry.deviceId && setting.value === state);
}
