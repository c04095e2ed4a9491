/** What all parts of a run share. */
import type { Faults } from './faults.ts';
import type { Ledger } from './ledger.ts';
import type { Timeline } from './timeline.ts';

export interface RunContext {
  readonly salt: number;
  readonly timeline: Timeline;
  readonly faults: Faults;
  readonly ledger: Ledger;
  /** What happened, a line of the trace. */
  note(line: string): void;
  /** To be looked at once all is still that is set going at this moment: what lasts no longer no person sees. */
  lookSoon(look: () => void): void;
  /** An invariant does not hold. */
  broke(line: string): void;
}
