/** The stories' `test`: each also fails when a browser of its own refused something because of the content policy, whatever else it asks. */
import { expect, test as base } from '@playwright/test';
import { takeViolations } from './policy-watch.ts';

export const test = base.extend<{ keptPolicy: undefined }>({
  keptPolicy: [
    async ({ browserName }, use) => {
      takeViolations();
      await use(undefined);
      expect(takeViolations(), `refused by ${browserName}`).toEqual([]);
    },
    { auto: true },
  ],
});
export { expect };
