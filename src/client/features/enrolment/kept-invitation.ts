/**
 * The invitation of the link the page was opened with. It is taken out of the address bar, where it would be seen and shared, only
 * after it is kept for this tab: a reload must not lose it.
 */
import { readInvitation } from '#client/remote/enrolment.ts';
import { paths } from '#client/ui/paths.ts';

const storageKey = 'invitation';

export interface LinkOpened {
  /** Undefined: there was none, or it was cut short. */
  readonly invitation: string | undefined;
  /** Something stood behind the #, and it was no invitation. */
  readonly isBroken: boolean;
}

export function readLink(): LinkOpened {
  const fragment = safelyDecoded(window.location.hash.slice(1));
  if (fragment === '') return { invitation: keptInvitation(), isBroken: false };
  const invitation = readInvitation(fragment);
  return { invitation, isBroken: invitation === undefined };
}

/** Keeps it for this tab, then clears the address bar. Where nothing can be kept the address stays: it is all there is. */
export function keepInvitation(invitation: string): void {
  try {
    sessionStorage.setItem(storageKey, invitation);
    if (window.location.hash !== '') history.replaceState(null, '', window.location.pathname);
  } catch {
    // No storage at all: the enrolment itself will say so.
  }
}

export function forgetInvitation(): void {
  try {
    sessionStorage.removeItem(storageKey);
  } catch {
    // Nothing was kept.
  }
  if (window.location.hash !== '') history.replaceState(null, '', window.location.pathname);
}

/** The link as it can be sent on or pasted elsewhere. */
export function linkOf(invitation: string): string {
  return `${window.location.origin}${paths.enrol}#${invitation}`;
}

function keptInvitation(): string | undefined {
  try {
    const kept = sessionStorage.getItem(storageKey);
    return kept === null ? undefined : readInvitation(kept);
  } catch {
    return undefined;
  }
}

function safelyDecoded(fragment: string): string {
  try {
    return decodeURIComponent(fragment);
  } catch {
    return fragment;
  }
}
