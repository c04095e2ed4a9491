import { expect, test } from 'vitest';
import { paths } from '#client/ui/paths.ts';
import { isFormPath } from './form-path.ts';

test.each([
  ['of a household', [paths.newHousehold(), paths.newVisit('a'), paths.correctHousehold('a'), paths.closeHousehold('a'), paths.moveHousehold('a'), paths.mergeHousehold('a'), paths.newRequest('a')]],
  ['of a visit', [paths.absents(), paths.correctVisit('a'), paths.returnVisit('a'), paths.addPhotos('a')]],
  ['of a prestigious person', [
    paths.newPerson(), paths.correctPerson('a'), paths.newContact('a'), paths.proposeTerm('a'), paths.heldTerm('a'), paths.termStep('a', 'b', 'submitted'), paths.newBenefit('a'), paths.benefit('a', 'b'),
  ]],
  ['of feedback', [paths.newFeedback(), paths.tell('a')]],
  ['of the handbook', [paths.newHandbookPage(), paths.editHandbookPage('a'), paths.newDocument(), paths.editDocument('a')]],
])('no tab stands under the button of a form %s', (_, forms) => {
  expect(forms.filter((form) => !isFormPath(form))).toEqual([]);
});

test('what is only read keeps its tabs', () => {
  const read = [
    paths.today(), paths.households(), paths.household('a'), paths.heldAbout('a'), paths.startVisit(), paths.record('a'), paths.people(), paths.person('a'), paths.tetPlan(), paths.officialList(),
    paths.feedbackList(), paths.feedback('a'), paths.handbook(), paths.handbookPage('a'), paths.document('a'), paths.photo('a'), paths.settings(),
  ];
  expect(read.filter(isFormPath)).toEqual([]);
});
