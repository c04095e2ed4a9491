import { expect, test } from 'vitest';
import { paths } from '#client/ui/paths.ts';
import { isAtTheDoor, isForCitizen } from './held-out.ts';

test('what is held about a household and where citizens are received are held out to a citizen, and nothing else is', () => {
  expect([paths.heldAbout('1'), paths.reception()].map(isForCitizen)).toEqual([true, true]);
  expect([paths.heldAbout('1'), paths.reception()].map(isAtTheDoor)).toEqual([true, false]);
  for (const path of [paths.today(), paths.household('1'), paths.newVisit('1'), `${paths.heldAbout('1')}/2`, paths.settings()]) expect(isForCitizen(path), path).toBe(false);
});
