import { useEffect, useRef, useState } from 'react';
import { useMessages } from '#client/languages/use-messages.ts';
import type { InvitationAnswer, MemberSummary } from '#client/remote/administration.ts';
import { areaName } from '#client/store/my-hamlets.ts';
import { useStore } from '#client/store/use-store.ts';
import { Button } from '#client/ui/button.tsx';
import { formatWhen } from '#client/ui/dates.ts';
import { Facts } from '#client/ui/facts.tsx';
import { Icon } from '#client/ui/icon.tsx';
import { Notice } from '#client/ui/notice.tsx';
import { paths } from '#client/ui/paths.ts';
import { Printed } from '#client/ui/printed.tsx';
import { dayOf } from '#domain/identifiers.ts';
import { workWords } from './member-words.ts';
import { QrCode } from '#client/ui/qr-code.tsx';
import styles from './invitation-shown.module.css';

interface InvitationShownProps {
  readonly member: MemberSummary;
  readonly made: InvitationAnswer;
  readonly onDone: () => void;
}

/** The secret, this once: to be scanned, sent or printed. */
export function InvitationShown({ member, made, onDone }: InvitationShownProps) {
  const m = useMessages();
  const store = useStore();
  const words = m.administration.invitation;
  const [copied, setCopied] = useState<'copied' | 'failed' | undefined>(undefined);
  const cardRef = useRef<HTMLElement>(null);
  useEffect(() => {
    // Within braces: newer browsers answer with a promise, which is no way to clean up after an effect.
    cardRef.current?.scrollIntoView({ block: 'start' });
  }, []);
  const link = `${window.location.origin}${paths.enrol}#${made.invitation}`;
  const { communeCode } = store.account();
  const today = dayOf(store.commandContext().now);
  const work = workWords(m, store, member, today);
  const until = formatWhen(made.expiresAt);
  const facts = [
    { name: words.forWhom, words: `${member.name} · ${work} · ${areaName(store, communeCode)}` },
    { name: words.until, words: `${until}, ${words.oneUse}` },
  ];

  const copy = () => {
    navigator.clipboard.writeText(link).then(
      () => setCopied('copied'),
      () => setCopied('failed'),
    );
  };
  const share = () => {
    // Closed without choosing: the invitation still stands here.
    navigator.share({ text: words.shareText(member.name), url: link }).catch(() => undefined);
  };

  return (
    <section ref={cardRef} className={styles['card']} aria-label={words.shownTitle(member.name)}>
      <h3>{words.shownTitle(member.name)}</h3>
      <Notice tone="warn">{words.shownOnce}</Notice>
      <div className={styles['both']}>
        <figure className={styles['figure']}>
          <QrCode className={styles['code']} text={link} label={words.qr} />
          <figcaption className="quiet">{words.scan}</figcaption>
        </figure>
        <div className="stack">
          <Facts facts={facts} />
          <p>
            <span className="quiet">{words.link}</span>
            <br />
            <span className={styles['link']}>{link}</span>
          </p>
          <div className="line">
            {typeof navigator.share === 'function' ? (
              <Button variant="primary" onClick={share}>
                <Icon name="share" />
                {words.share}
              </Button>
            ) : null}
            <Button onClick={copy}>
              <Icon name={copied === 'copied' ? 'check' : 'copy'} />
              <span aria-live="polite">{copied === 'copied' ? words.copied : words.copy}</span>
            </Button>
            <Button onClick={() => window.print()}>
              <Icon name="print" />
              {words.print}
            </Button>
          </div>
          {copied === 'failed' ? <Notice tone="warn">{words.copyFailed}</Notice> : null}
        </div>
      </div>
      <div className="line">
        <Button onClick={onDone}>{words.done}</Button>
      </div>
      <Printed>
        <div className={styles['slip']}>
          <p className={styles['slipApp']}>{m.app.name}</p>
          <h1 className={styles['slipTitle']}>{words.slip.title}</h1>
          <Facts facts={facts} />
          <ol className={styles['slipSteps']}>
            {words.slip.steps.map((step) => (
              <li key={step}>{step}</li>
            ))}
          </ol>
          <QrCode className={styles['slipCode']} text={link} label={words.qr} />
          <p className={styles['slipLink']}>{link}</p>
          <p>
            <strong>{words.slip.keep}</strong>
          </p>
        </div>
      </Printed>
    </section>
  );
}
