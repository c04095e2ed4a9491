/** The commune's members, as the endpoint tells them. */
import { fetchMembers } from '#client/remote/administration.ts';
import { toldHook } from '#client/remote/use-told.ts';

export const useMembers = toldHook(fetchMembers);
export type Members = ReturnType<typeof useMembers>;
