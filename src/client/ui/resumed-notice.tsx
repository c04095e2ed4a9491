import { useMessages } from '#client/languages/use-messages.ts';
import { formatWhen } from './dates.ts';
import { Notice } from './notice.tsx';

/** Says that a form goes on from its draft. `savedAt`: milliseconds since 1970; undefined: it began empty. */
export function ResumedNotice({ savedAt }: { readonly savedAt: number | undefined }) {
  const m = useMessages().visits;
  return savedAt === undefined ? null : <Notice tone="calm">{m.resumed(formatWhen(savedAt))}</Notice>;
}
