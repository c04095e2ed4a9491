/** A process that runs the ranges of seeds it is given, one after the other. */
import { runSeeds } from './seed-report.ts';

process.on('message', ({ from, seeds }: { readonly from: number; readonly seeds: number }) => {
  void runSeeds(from, seeds).then((report) => process.send?.(report));
});
