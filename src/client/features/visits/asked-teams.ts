/** What the bloc has asked the teams about their visits, as lists for its desk. */
import type { FieldStore } from '#client/store/field-store.ts';
import type { RecordState } from '#domain/record.ts';
import { isNewlyAnswered, waitsForTeam } from '#domain/return-visit.ts';
import { visitOf } from './visit-in-hand.ts';

export interface AskedTeam {
  readonly asked: RecordState<'visit_return'>;
  readonly visit: RecordState<'visit'>;
}

export interface AskedTeams {
  /** By the team within the last days; the newest answer first. */
  readonly answered: readonly AskedTeam[];
  /** The oldest question first. */
  readonly waiting: readonly AskedTeam[];
}

/** `today`: `YYYY-MM-DD`. */
export function askedTeams(store: Pick<FieldStore, 'all' | 'find'>, today: string): AskedTeams {
  const questions = store.all('visit_return').flatMap((asked): AskedTeam[] => {
    const visit = visitOf(store, asked.fields.visitId);
    return visit === undefined ? [] : [{ asked, visit }];
  });
  return {
    answered: questions.filter(({ asked }) => isNewlyAnswered(asked, today)).sort((a, b) => (b.asked.fields.settledOn ?? '').localeCompare(a.asked.fields.settledOn ?? '')),
    waiting: questions.filter(({ asked, visit }) => waitsForTeam(asked, visit)).sort((a, b) => a.asked.fields.on.localeCompare(b.asked.fields.on)),
  };
}
