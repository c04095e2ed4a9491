import { useState } from 'react';
import { askErrorWords } from '#client/languages/error-words.ts';
import { useMessages } from '#client/languages/use-messages.ts';
import type { Messages } from '#client/languages/vi.ts';
import { handIn } from '#client/remote/hand-in.ts';
import type { HandInError, HandedIn } from '#client/remote/hand-in.ts';
import { Button, ButtonLink } from '#client/ui/button.tsx';
import { TextFileField } from '#client/ui/file-field.tsx';
import { giveFile } from '#client/ui/give-file.ts';
import { Icon } from '#client/ui/icon.tsx';
import { Notice } from '#client/ui/notice.tsx';
import { paths } from '#client/ui/paths.ts';
import { PlainScreen } from '#client/ui/plain-screen.tsx';

type Outcome = { readonly handedIn: HandedIn } | { readonly error: HandInError | { readonly code: 'unread' } };

/** Anyone may hand in a file here, with no account: it is sealed, and only the commune's system can open it. */
export function BundlePage({ now }: { /** Milliseconds since 1970. */ readonly now: () => number }) {
  const m = useMessages();
  const [outcome, setOutcome] = useState<Outcome | undefined>(undefined);

  const take = async (text: string | undefined) => {
    setOutcome(undefined);
    if (text === undefined) {
      setOutcome({ error: { code: 'unread' } });
      return;
    }
    const result = await handIn(text, now());
    setOutcome(result.ok ? { handedIn: result.value } : { error: result.error });
  };

  return (
    <PlainScreen title={m.bundle.pageTitle}>
      <p>{m.bundle.pageHint}</p>
      <TextFileField
        primary
        label={
          <>
            <Icon name="file" />
            {m.bundle.choose}
          </>
        }
        busyLabel={
          <>
            <Icon name="file" />
            {m.bundle.handingIn}
          </>
        }
        onText={take}
      />
      <div className="stack" aria-live="polite">
        {outcome === undefined ? null : 'error' in outcome ? (
          <Notice tone="warn">
            <p>{handInErrorWords(m, outcome.error)}</p>
            {isOfTheFile(outcome.error) ? null : <p>{m.bundle.notThrough}</p>}
          </Notice>
        ) : (
          <HandedInWords handedIn={outcome.handedIn} />
        )}
      </div>
      <ButtonLink variant="bare" href={paths.today()}>
        {m.bundle.toApp}
      </ButtonLink>
    </PlainScreen>
  );
}

function HandedInWords({ handedIn }: { readonly handedIn: HandedIn }) {
  const m = useMessages();
  const { entries, taken, known, unreadable, broken, isOfEarlierEpoch, receipt } = handedIn;
  const left = entries - taken - known - unreadable;
  const isWhole = left === 0 && unreadable === 0;
  return (
    <>
      <Notice tone={isWhole ? 'good' : 'warn'}>
        <div className="stack-close">
          {taken > 0 ? <strong>{m.bundle.taken(taken)}</strong> : null}
          {known > 0 ? <p>{taken === 0 ? m.bundle.allKnown(known) : m.bundle.known(known)}</p> : null}
          {unreadable > 0 ? <p>{m.bundle.unreadable(unreadable)}</p> : null}
          {isOfEarlierEpoch ? <p>{m.bundle.earlierEpoch}</p> : null}
          {left > 0 ? <p>{m.bundle.left(left)}</p> : null}
          {broken === undefined ? null : <p>{handInErrorWords(m, broken)}</p>}
        </div>
      </Notice>
      {receipt === undefined ? null : (
        <div className="stack-close">
          <p>{m.bundle.receiptHint}</p>
          <Button wide onClick={() => void giveFile(receipt)}>
            <Icon name="file" />
            {m.bundle.saveReceipt}
          </Button>
        </div>
      )}
    </>
  );
}

/** Then it is the file that is wrong, not the way to the commune: choosing it again changes nothing. */
function isOfTheFile({ code }: HandInError | { readonly code: 'unread' }): boolean {
  return ['not_a_bundle', 'newer_version', 'damaged', 'too_large', 'is_receipt', 'foreign', 'unread'].includes(code);
}

function handInErrorWords(m: Messages, error: HandInError | { readonly code: 'unread' }): string {
  switch (error.code) {
    case 'not_a_bundle':
    case 'newer_version':
    case 'damaged':
    case 'is_receipt':
    case 'foreign':
    case 'unread':
      return m.bundle.fileErrors[error.code];
    case 'too_large':
      return m.bundle.fileErrors.too_large;
    case 'refused':
      return askErrorWords(m, { code: 'not_our_endpoint' });
    case 'unreachable':
    case 'timeout':
    case 'endpoint_error':
    case 'not_our_endpoint':
      return askErrorWords(m, error);
  }
}
