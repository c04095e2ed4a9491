import { useMessages } from '#client/languages/use-messages.ts';
import { ButtonLink } from './button.tsx';
import { formatWhen } from './dates.ts';
import { Notice } from './notice.tsx';

interface ResumedNoticeProps {
  /** Milliseconds since 1970; undefined: the form began empty. */
  readonly savedAt: number | undefined;
  /** Where the same form opens empty, beside this draft; undefined: there is one of it at a time. */
  readonly anotherHref?: string | undefined;
}

/** Says that a form goes on from its draft. */
export function ResumedNotice({ savedAt, anotherHref }: ResumedNoticeProps) {
  const m = useMessages().visits;
  if (savedAt === undefined) return null;
  return (
    <Notice tone="calm">
      <p>{m.resumed(formatWhen(savedAt))}</p>
      {anotherHref === undefined ? null : (
        <div className="line">
          <ButtonLink href={anotherHref}>{m.another}</ButtonLink>
        </div>
      )}
    </Notice>
  );
}
