import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Change } from '#domain/change.ts';
import { change, commune, createTestEndpoint, enrolPhone, household, namedFeedback, newRandomId, north, roles, south, visit } from './test-support.ts';
import type { TestPhone } from './test-support.ts';

/** What one change of a lost phone's entry is about, and where it claims to lie. */
type Part = { readonly about: 'new' | 'edit' | 'visit' | 'feedback' | 'step'; readonly hamlet: string; readonly claimed: string; readonly isStaff: boolean; readonly isBroken: boolean };

const partArbitrary: fc.Arbitrary<Part> = fc.record({
  about: fc.constantFrom('new', 'edit', 'visit', 'feedback', 'step'),
  hamlet: fc.constantFrom(north, south),
  claimed: fc.constantFrom(north, south),
  isStaff: fc.boolean(),
  isBroken: fc.boolean().map((isBroken) => isBroken),
});
const entryArbitrary = fc.oneof(
  fc.array(partArbitrary, { minLength: 1, maxLength: 3 }),
  // Unnamed feedback is an entry of its own.
  fc.record({ unnamedIn: fc.constantFrom(north, south), isStaff: fc.boolean() }),
);

test('a supervisor is shown exactly what they would read were it applied; the lead of the bloc all of it; and once accepted they read it', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(entryArbitrary, { minLength: 1, maxLength: 6 }), fc.infiniteStream(fc.nat(3)), async (plans, choices) => {
      const stage = await createTestEndpoint();
      const lost = await enrolPhone(stage, roles.member);
      const phones = { lead: await enrolPhone(stage, roles.lead), southLead: await enrolPhone(stage, roles.southLead), officer: await enrolPhone(stage, roles.officer), blocLead: await enrolPhone(stage, roles.blocLead) };
      const names = Object.keys(phones) as (keyof typeof phones)[];
      const there = { [north]: { home: stage.newId(), road: stage.newId(), staff: stage.newId() }, [south]: { home: stage.newId(), road: stage.newId(), staff: stage.newId() } };
      const staffText = { topic: 'staff_attitude', text: 'Cán bộ nói năng khó nghe với bà con.' };
      for (const [hamlet, writer] of [[north, phones.lead], [south, phones.southLead]] as const) {
        const { home, road, staff } = there[hamlet];
        await writer.save([change('household', hamlet, home, household(1))]);
        await writer.save([change('feedback', hamlet, road, namedFeedback())]);
        await writer.save([change('feedback', hamlet, staff, namedFeedback(staffText))]);
        await writer.sync();
      }
      await stage.endpoint.revokeDevice(commune, lost.deviceId);

      const changeOf = ({ about, hamlet, claimed, isStaff, isBroken }: Part): Change => {
        const { home, road, staff } = there[hamlet as keyof typeof there];
        const step = { type: 'triage', feedbackId: isStaff ? staff : road, step: 0, on: '2026-11-22', topic: isStaff ? 'road' : 'water' };
        switch (about) {
          case 'new':
            return change('household', hamlet, stage.newId(), household(2, isBroken ? { members: 99 } : {}));
          case 'edit':
            return change('household', claimed, home, isBroken ? { members: 99 } : { members: 4 }, 1);
          case 'visit':
            return change('visit', claimed, stage.newId(), visit(home, isBroken ? { date: 'soon' } : {}));
          case 'feedback':
            return change('feedback', hamlet, stage.newId(), namedFeedback(isStaff ? staffText : {}));
          case 'step':
            return change('feedback_event', claimed, stage.newId(), step);
        }
      };
      const expected = { lead: new Set<string>(), southLead: new Set<string>(), officer: new Set<string>(), blocLead: new Set<string>() };
      const written = new Map<string, readonly Change[]>();
      for (const plan of plans) {
        const parts: Part[] = Array.isArray(plan) ? plan : [{ about: 'feedback', hamlet: plan.unnamedIn, claimed: plan.unnamedIn, isStaff: plan.isStaff, isBroken: false }];
        const { citizenName: _name, citizenPhone: _phone, ...unnamed } = namedFeedback({ anonymity: 'name_withheld', ...(parts[0]?.isStaff === true ? staffText : {}) });
        const entry = Array.isArray(plan)
          ? lost.entry(plan.map(changeOf))
          : lost.entry([change('feedback', plan.unnamedIn, newRandomId(), unnamed)], { entryId: newRandomId(), occurredAt: '2026-11-22T00:00:00+07:00' });
        const { entryId, changes } = entry;
        await stage.endpoint.sync({ kind: 'bundle' }, lost.pushBody([await lost.seal(entry, entry.deviceSeq)]));
        const { verdict } = await stage.db.selectFrom('entry').select('verdict').where('entryId', '=', entryId).executeTakeFirstOrThrow();
        if (verdict !== 'quarantined') continue;
        written.set(entryId, changes);
        const isFeedback = (part: Part) => part.about === 'feedback' || part.about === 'step';
        const isForStaff = parts.some((part) => isFeedback(part) && part.isStaff);
        const isUntried = parts.some((part) => !isFeedback(part) && part.isBroken) && parts.some(isFeedback);
        expected.blocLead.add(entryId);
        if (isForStaff || isUntried) continue;
        expected.officer.add(entryId);
        if (parts.every(({ hamlet }) => hamlet === north)) expected.lead.add(entryId);
        if (parts.every(({ hamlet }) => hamlet === south)) expected.southLead.add(entryId);
      }

      const auth = ({ deviceId, memberId }: TestPhone) => ({ kind: 'session', communeCode: commune, deviceId, memberId }) as const;
      for (const name of names) expect([name, (await stage.endpoint.waitingFor(auth(phones[name]))).map(({ entryId }) => entryId).toSorted()]).toEqual([name, [...expected[name]].toSorted()]);

      for (const [entryId, changes] of written) {
        const able = names.filter((name) => expected[name].has(entryId));
        const phone = phones[able[choices.next().value % able.length] ?? 'blocLead'];
        const shown = (await stage.endpoint.waitingFor(auth(phone))).find((waiting) => waiting.entryId === entryId);
        // An earlier decision may have made it another's: feedback that is about staff by now.
        if (shown === undefined) continue;
        expect(shown.changes).toEqual(changes);
        const decision = await stage.endpoint.decide(auth(phone), { entryId, decision: 'accept' });
        expect(decision.ok).toBe(shown.mayAccept);
        if (!decision.ok) continue;
        await phone.sync();
        for (const made of changes) {
          const seen = phone.seen().get(made.recordId);
          expect(seen).toMatchObject({ fields: 'set' in made ? made.set : {} });
          // What it made is its author's; what it changed stays whose it was.
          expect(seen !== undefined && 'memberId' in seen && seen.memberId === lost.memberId).toBe(made.base === 0);
        }
        expect((await stage.endpoint.waitingFor(auth(phones.blocLead))).map((waiting) => waiting.entryId)).not.toContain(entryId);
      }
    }),
    { numRuns: 15 },
  );
}, 60_000);
