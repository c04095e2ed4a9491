/** The test of the test: every planted bug must be noticed, by the world that is stored for it or by one of the first few hundred. */
import { plantBugs } from '#simulation/bugs/plant-bug.ts';
import { bugs, seeds } from './bugs.ts';
import type * as CheckSeed from './check-seed.ts';

const most = 300;

/** Prints a line a bug; false where one was not noticed. Throws where one no longer fits the source. */
export async function findBugs(): Promise<boolean> {
  plantBugs(bugs);
  let found = 0;
  for (const { name } of bugs) {
    const shownBy = seeds[name] ?? 1;
    const { checkSeed } = (await import(`./check-seed.ts?bug=${name}`)) as typeof CheckSeed;
    let shown: string | undefined;
    for (let tried = 0; tried <= most && shown === undefined; tried++) {
      const seed = tried === 0 ? shownBy : tried;
      const [broken] = (await checkSeed(seed)).broken;
      if (broken !== undefined) shown = `seed ${seed}: ${broken.slice(0, 140)}`;
    }
    if (shown !== undefined) found += 1;
    console.log(shown === undefined ? `NOT FOUND  ${name}` : `found  ${name} (${shown})`);
  }
  console.log(`${found} of ${bugs.length} planted bugs found`);
  return found === bugs.length;
}
