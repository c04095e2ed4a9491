import { useMessages } from '#client/languages/use-messages.ts';
import { areaName } from '#client/store/my-hamlets.ts';
import { useStore } from '#client/store/use-store.ts';
import { Button } from '#client/ui/button.tsx';
import { formatDay } from '#client/ui/dates.ts';
import { Empty } from '#client/ui/empty.tsx';
import { Icon } from '#client/ui/icon.tsx';
import { LargeCode } from '#client/ui/large-code.tsx';
import { Page } from '#client/ui/page.tsx';
import { paths } from '#client/ui/paths.ts';
import { QrCode } from '#client/ui/qr-code.tsx';
import { isKind } from '#domain/record.ts';
import styles from './slip.module.css';

/** The slip that whoever spoke takes home: the code, and where it is looked up. Nothing of who said what: a paper may be found. */
export function ReceiptSlip({ id }: { readonly id: string }) {
  const m = useMessages();
  const store = useStore();
  const s = m.feedback.slip;
  const feedback = store.find(id);
  if (!isKind(feedback, 'feedback') || feedback.deleted || feedback.fields.receiptCode === undefined) {
    return (
      <Page title={s.title} back={paths.feedbackList()}>
        <Empty>{m.feedback.gone}</Empty>
      </Page>
    );
  }
  const { receiptCode, receivedOn } = feedback.fields;
  return (
    <Page
      title={s.title}
      back={paths.feedback(id)}
      footer={
        <Button variant="primary" wide onClick={() => window.print()}>
          <Icon name="print" />
          {s.print}
        </Button>
      }
    >
      <section className={styles['slip']}>
        <p className={styles['commune']}>{areaName(store, store.account().communeCode)}</p>
        <p>{s.received(formatDay(receivedOn))}</p>
        <LargeCode label={m.feedback.receiptCode} code={receiptCode} />
        <QrCode text={`${window.location.origin}/r/${receiptCode}`} label={s.qr} className={styles['qr']} />
        <p>{s.keep}</p>
      </section>
    </Page>
  );
}
