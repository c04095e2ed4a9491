/** What lies on a phone and who it is to the endpoint: enrolled by the real endpoint, with a disk that can be copied. */
import type { KeyringRow } from '#client/store/disk.ts';
import { createMemoryDisk, createMemoryDiskContents } from '#client/store/memory-disk.ts';
import type { MemoryDiskContents } from '#client/store/memory-disk.ts';
import { completeEnrolment } from '#client/store/enrol-phone.ts';
import type { UnlockedPhone } from '#client/store/unlocked-phone.ts';
import type { EndpointIdentity } from '#sync/entry.ts';
import type { EnrolmentRequest } from '#sync/protocol.ts';
import type { Endpoint } from '#server/endpoint.ts';
import type { Chance } from './chance.ts';
import { commune } from './commune.ts';
import { bytesToName, createHeader, createPlainSafe, keyOf, sealPlain } from './stand-ins.ts';

export interface Enrolled {
  readonly communeCode: string;
  readonly memberId: string;
  readonly deviceId: string;
  /** The devices that it was before, on the same disk and with the same keys. */
  readonly replaced: readonly string[];
  readonly endpoint: EndpointIdentity;
  sessionToken: string;
  readonly deliveryToken: string;
  readonly contents: MemoryDiskContents;
}

export interface EnrolArgs {
  /** Undefined: a new member with these assignments. */
  readonly memberId: string | undefined;
  readonly name: string;
  readonly assignments: Parameters<Endpoint['createInvitation']>[0]['assignments'];
  readonly deviceId: string;
  readonly chance: Chance;
  /** A disk that is empty, or that of a wiped phone. */
  readonly contents?: MemoryDiskContents | undefined;
}

/** Undefined: the account has too many devices. */
export async function enrolPhone(endpoint: Endpoint, args: EnrolArgs): Promise<Enrolled | undefined> {
  const { deviceId, chance, contents = createMemoryDiskContents() } = args;
  const made = await endpoint.createInvitation({ communeCode: commune, name: `${args.name} (mẫu)`, assignments: args.assignments, memberId: args.memberId });
  const identity = endpoint.identity();
  const request = { invitation: made.invitation, ...proofOf(identity, deviceId, chance) };
  const enrolled = await endpoint.enrol(request);
  if (!enrolled.ok) {
    if (enrolled.error.code === 'too_many_devices') return undefined;
    throw new Error(`not enrolled: ${enrolled.error.code}`);
  }
  const disk = createMemoryDisk(contents);
  await disk.write(['keyring'], async ({ keyring }) => {
    const before = await keyring.get('phone');
    const wiped = before?.state === 'wiped' ? before : undefined;
    // Its vault is a stand-in and lies nowhere.
    await keyring.put({ key: 'phone', state: 'enrolling', communeCode: commune, deviceId, endpoint: identity, wrongTries: 0, request, wiped } as unknown as KeyringRow);
  });
  const done = await completeEnrolment(disk, { safe: createPlainSafe(chance) } as UnlockedPhone, enrolled.value);
  if (!done.ok) throw new Error(`not enrolled: ${done.error.code}`);
  const { sessionToken, deliveryToken } = enrolled.value;
  return { communeCode: commune, memberId: made.memberId, deviceId, replaced: [], endpoint: identity, sessionToken, deliveryToken, contents };
}

/** What a device that is to be let in shows of itself. */
export function proofOf({ endpointId, keyId }: EndpointIdentity, deviceId: string, chance: Chance): Omit<EnrolmentRequest, 'invitation'> {
  const claims = { endpointId, keyId, communeCode: commune, deviceId, sessionId: bytesToName(chance.bytes(16)) };
  return { deviceId, devicePublicKey: keyOf(deviceId), header: createHeader(claims), probe: sealPlain('probe', claims, 1, {}) };
}

/** Rows are never changed in place, so that a copy of the tables is a copy of the disk. */
export function copyOf(enrolled: Enrolled): Enrolled {
  return { ...enrolled, contents: copyContents(enrolled.contents) };
}

function copyContents({ tables, lastSegmentId }: MemoryDiskContents): MemoryDiskContents {
  const copied = Object.fromEntries(Object.entries(tables).map(([name, rows]) => [name, new Map(rows)]));
  return { tables: copied as MemoryDiskContents['tables'], lastSegmentId, turn: Promise.resolve() };
}
