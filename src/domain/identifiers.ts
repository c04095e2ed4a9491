/** The shapes of ids, codes and dates that every record shares. */
import * as z from 'zod/mini';

/** 5 digits: an official commune code, or what `provinceAreaId` makes for a province's own records. */
export const communeCodeSchema = z.string().check(z.regex(/^\d{5}$/));

/**
 * A province's area id, from its official two digits: Cao Bằng `04` -> `99904`. Its code and `000` would be shorter to explain, but
 * `04000` and `25000` are communes of other provinces; no official commune code begins with 9.
 */
export function provinceAreaId(provinceCode: string): string {
  return `999${provinceCode}`;
}

/** Is this the area id of a province? */
export function isProvinceId(areaId: string): boolean {
  return /^999\d{2}$/.test(areaId);
}

/** A hamlet has no national code: the commune's code and a local serial (`01789-003`). */
export const hamletIdSchema = z.string().check(z.regex(/^\d{5}-\d{3}$/));

/** The area a record lies in: a commune (or a province's own code) or one of its hamlets. */
export const areaIdSchema = z.string().check(z.regex(/^\d{5}(-\d{3})?$/));

/** UUIDv7 as a rule (it sorts by time), v4 where time must not show (feedback that is not named). */
export const uuidSchema = z.uuid();

/** A UUIDv4: it does not tell when it was made. */
export function isRandomId(id: string): boolean {
  return id[14] === '4';
}

/** By which people tell apart what has no name, a member's phones above all: the same on the phone itself, beside its member and in the audit log. */
export function endOfId(id: string): string {
  return id.slice(-8);
}

/** An area's record is named by its area id, every other record by a UUID. */
export const recordIdSchema = z.union([z.uuid(), areaIdSchema]);

/** `YYYY-MM-DD`, the local day (+07:00). */
export const daySchema = z.iso.date();

/** When the device says something happened: ISO with an offset. Rules compare it with days; none of them reads a clock. */
export const instantSchema = z.iso.datetime({ offset: true });

export const phoneSchema = z.string().check(z.regex(/^0\d{9}$/));

export function communeCodeOf(areaId: string): string {
  return areaId.slice(0, 5);
}

export function isAreaId(recordId: string): boolean {
  return areaIdSchema.safeParse(recordId).success;
}

export function isHamletId(areaId: string): boolean {
  return areaId.length > 5;
}

const vietnamMs = 7 * 3_600_000;

/** The local day in Vietnam (+07:00, no daylight saving) of an instant given in milliseconds since 1970. */
export function dayOf(epochMs: number): string {
  return new Date(epochMs + vietnamMs).toISOString().slice(0, 10);
}

/** ISO with the offset of Vietnam: `2026-11-21T14:10:00+07:00`. */
export function instantOf(epochMs: number): string {
  return `${new Date(epochMs + vietnamMs).toISOString().slice(0, 19)}+07:00`;
}

/** The day alone, written as an instant: for entries that must not tell the time of day (unnamed feedback). */
export function startOfDay(day: string): string {
  return `${day}T00:00:00+07:00`;
}

/** Days from one local day to another, both `YYYY-MM-DD`; negative when `to` lies before `from`. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
}

/** The local day `count` days after `day` (`YYYY-MM-DD`), before it where `count` is negative. */
export function addDays(day: string, count: number): string {
  return new Date(Date.parse(day) + count * 86_400_000).toISOString().slice(0, 10);
}
