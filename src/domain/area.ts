/** Province, commune (xã, phường, đặc khu) and hamlet: the places everything lies in. */
import * as z from 'zod/mini';
import { areaIdSchema, daySchema } from './identifiers.ts';

export const areaLevels = ['province', 'commune', 'hamlet'] as const;
export type AreaLevel = (typeof areaLevels)[number];

export const areaKinds = ['tinh', 'thanh_pho', 'xa', 'phuong', 'dac_khu', 'xom', 'thon', 'ban', 'to_dan_pho'] as const;
export type AreaKind = (typeof areaKinds)[number];

/** Which kinds a level may have: `xa` is never a province. */
export const kindsOfLevel: Record<AreaLevel, readonly AreaKind[]> = {
  province: ['tinh', 'thanh_pho'],
  commune: ['xa', 'phuong', 'dac_khu'],
  hamlet: ['xom', 'thon', 'ban', 'to_dan_pho'],
};

/**
 * `code`: the area id (a province's is made by `provinceAreaId`). `parent`: the area id one level up.
 * Hamlet mergers go on: `mergedInto` names the hamlet that took this one in. `receptionPlace`, `receptionHours`: where and when the commune receives
 * citizens, as its own notice says; complaints and denunciations are sent there.
 */
export const areaSchema = z
  .strictObject({
    code: areaIdSchema,
    level: z.enum(areaLevels),
    kind: z.enum(areaKinds),
    name: z.string().check(z.minLength(1), z.maxLength(80)),
    parent: z.optional(areaIdSchema),
    border: z.optional(z.boolean()),
    remote: z.optional(z.boolean()),
    signal: z.optional(z.enum(['none', 'weak', 'good'])),
    households: z.optional(z.int().check(z.gte(0), z.lte(20_000))),
    formerNames: z.optional(z.array(z.string().check(z.minLength(1), z.maxLength(80))).check(z.maxLength(10))),
    validFrom: z.optional(daySchema),
    validTo: z.optional(daySchema),
    mergedInto: z.optional(areaIdSchema),
    receptionPlace: z.optional(z.string().check(z.minLength(3), z.maxLength(120))),
    receptionHours: z.optional(z.string().check(z.minLength(3), z.maxLength(120))),
    demo: z.optional(z.boolean()),
  })
  .check(
    z.refine((area) => area.level === 'commune' || (area.receptionPlace ?? area.receptionHours) === undefined, { path: ['receptionPlace'], error: 'kind_of_level' }),
    z.refine((area) => kindsOfLevel[area.level].includes(area.kind), { path: ['kind'], error: 'kind_of_level' }),
    z.refine((area) => area.level === 'province' || area.parent !== undefined, { path: ['parent'], error: 'required' }),
  );
export type Area = z.infer<typeof areaSchema>;
