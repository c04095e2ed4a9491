/** Every screen is looked at by a story that judges it (e2e/look.ts): whoever adds a screen adds it there. */
import { globSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { paths } from '../src/client/ui/paths.ts';

const stories = globSync('e2e/*.spec.ts').map((file) => readFileSync(file, 'utf8')).filter((text) => text.includes("from './look.ts'")).join('\n');

/** What a story writes when it goes to a screen: the words after the last id; of a screen that ends in one, under which name it is looked at. */
const lookedAtAs: Partial<Record<keyof typeof paths, string>> = {
  household: 'household,',
  person: 'person,',
  feedback: "'feedback-answered'",
  reviewOne: 'overdue,',
  record: "'visit-logged'",
  photo: "'gone-photo'",
  request: "'request-of-officer'",
  mend: "'two-mend'",
  waitingOne: "'two-waiting-one'",
  member: 'member: withPhoneInUse',
  hamlet: 'hamlet,',
  benefit: 'gift,',
  termStep: 'decide,',
  handbookPage: 'handbook-${name}',
  document: "'handbook-document-bloc'",
  editHandbookPage: "'handbook-page-form'",
  newHandbookPage: "'handbook-page-form'",
  newDocument: "'handbook-document-form'",
  editDocument: "'handbook-document-form'",
};
/** Shapes that only begin others. */
const noScreens: readonly (keyof typeof paths)[] = ['records', 'photos', 'handbookPages', 'documents'];

function wordsFor(name: keyof typeof paths): string {
  const known = lookedAtAs[name];
  if (known !== undefined) return known;
  const path = paths[name];
  const whole = typeof path === 'string' ? path : (path as (...ids: readonly string[]) => string)('ID', 'ID', 'ID');
  const shape = whole.replace(/\?.*$/, '');
  return shape.includes('ID') ? shape.slice(shape.lastIndexOf('ID') + 2) : `'${shape}'`;
}

describe('every screen', () => {
  const names = (Object.keys(paths) as (keyof typeof paths)[]).filter((name) => !noScreens.includes(name));
  test.each(names)('%s is looked at', (name) => {
    expect(wordsFor(name)).not.toBe('');
    expect(stories).toContain(wordsFor(name));
  });

  test('the control: one that no story goes to is missed', () => {
    expect(stories).not.toContain("'/khong-ai-nhin'");
  });
});
