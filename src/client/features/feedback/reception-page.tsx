import { useMessages } from '#client/languages/use-messages.ts';
import { areaName } from '#client/store/my-hamlets.ts';
import { useStore } from '#client/store/use-store.ts';
import { Button } from '#client/ui/button.tsx';
import { Icon } from '#client/ui/icon.tsx';
import { Page } from '#client/ui/page.tsx';
import { paths } from '#client/ui/paths.ts';
import { ReceptionPlace } from './reception-place.tsx';
import styles from './slip.module.css';

/** The slip for whoever has a complaint or a denunciation. It says neither which, nor who, nor when: a paper may be found. */
export function ReceptionPage() {
  const m = useMessages();
  const store = useStore();
  const r = m.subjectRights.reception;
  return (
    <Page
      title={r.title}
      back={paths.feedbackList()}
      footer={
        <Button variant="primary" wide onClick={() => window.print()}>
          <Icon name="print" />
          {r.print}
        </Button>
      }
    >
      <section className={styles['slip']}>
        <p className={styles['commune']}>{r.ofCommune(areaName(store, store.account().communeCode))}</p>
        <ReceptionPlace />
        <p>{r.bring}</p>
        <p>{r.free}</p>
      </section>
    </Page>
  );
}
