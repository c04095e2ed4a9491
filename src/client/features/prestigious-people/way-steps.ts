/** Which steps a term's way shows, and where it stands among them. */
import type { PrestigiousTerm, TermState } from '#domain/prestigious-term.ts';

export interface WayStep {
  readonly state: TermState;
  readonly stands: 'past' | 'now' | 'ahead';
  /** The local day on which it was reached, where the record says one. */
  readonly day: string | undefined;
}

/** The way as it is meant to go; what it may turn into besides is shown only where it did. */
const straight: readonly TermState[] = ['proposed', 'joint_meeting', 'submitted', 'recognized', 'active'];

export function waySteps(term: PrestigiousTerm): readonly WayStep[] {
  const { state } = term;
  const days: Partial<Record<TermState, string | undefined>> = {
    proposed: term.proposedOn, joint_meeting: term.minutesOn, submitted: term.submittedOn, recognized: term.decidedOn, under_review: term.reviewedOn, ended: term.endedOn,
  };
  const isOver = state === 'ended' || state === 'replaced';
  const order: readonly TermState[] =
    state === 'returned' ? ['proposed', 'joint_meeting', 'submitted', 'returned', 'recognized', 'active']
    : state === 'under_review' ? [...straight, 'under_review']
    : isOver ? [...straight, 'under_review', 'ended', ...(state === 'replaced' ? (['replaced'] as const) : [])]
    : straight;
  const at = order.indexOf(state);
  return order.flatMap((step, index): WayStep[] => {
    const stands = index < at ? 'past' : index === at ? 'now' : 'ahead';
    // What was passed without a day was passed over, or was before this register.
    return stands === 'past' && days[step] === undefined ? [] : [{ state: step, stands, day: step === 'under_review' && stands === 'now' ? undefined : days[step] }];
  });
}
