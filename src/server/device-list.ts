/** Devices as a list outside the database: a restored backup must still know whose keys sealed what phones hold, or none of it could ever be opened. */
import * as z from 'zod/mini';
import { communeCodeSchema, uuidSchema } from '#domain/identifiers.ts';
import { createListFile } from './append-only-list.ts';
import type { AppendOnlyList } from './append-only-list.ts';

const admittedDeviceSchema = z.strictObject({
  communeCode: communeCodeSchema,
  deviceId: uuidSchema,
  memberId: uuidSchema,
  publicKey: z.string(),
  enrolledAt: z.int(),
  replaces: z.nullable(uuidSchema),
});
/** `enrolledAt`: milliseconds since 1970. `replaces`: the device it took the place of. No secret is in it. */
export type AdmittedDevice = z.infer<typeof admittedDeviceSchema>;
export type DeviceList = AppendOnlyList<AdmittedDevice>;

export function createDeviceFile(path: string): DeviceList {
  return createListFile(path, admittedDeviceSchema);
}
