/** What a member's roles open: the phone of a team, the desk of the bloc or of a responding unit, the commune's administration, its audit log, the handbook alone, or none. */
import { isOfBloc, isOfTeam } from '#domain/role.ts';
import type { Assignment } from '#domain/role.ts';

export type ScreenName = 'today' | 'households' | 'feedback' | 'people' | 'review' | 'members' | 'hamlets' | 'audit' | 'requests' | 'handbook' | 'sync' | 'settings';

/** In the order of the menu; the first is where the app opens. */
export function screensOf(assignments: readonly Assignment[]): readonly ScreenName[] {
  const isBloc = isOfBloc({ assignments });
  const isResponder = assignments.some(({ role }) => role === 'responder');
  const isTeam = isOfTeam({ assignments });
  const isAdministrator = assignments.some(({ role }) => role === 'commune_admin');
  const isProtector = assignments.some(({ role }) => role === 'dpo');
  return [
    ...(isBloc || isResponder ? (['review'] as const) : []),
    ...(isTeam ? (['today'] as const) : []),
    ...(isTeam || isBloc ? (['households'] as const) : []),
    ...(isTeam ? (['feedback'] as const) : []),
    ...(isTeam || isBloc ? (['people'] as const) : []),
    ...(isAdministrator ? (['members', 'hamlets'] as const) : []),
    ...(isProtector ? (['audit'] as const) : []),
    ...(isBloc || isProtector ? (['requests'] as const) : []),
    ...(assignments.length > 0 ? (['handbook'] as const) : []),
    'sync',
    'settings',
  ];
}
