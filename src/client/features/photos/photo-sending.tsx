import { useState } from 'react';
import { recordAbout } from '#client/languages/record-title.ts';
import { useMessages } from '#client/languages/use-messages.ts';
import type { PictureRow } from '#client/store/pictures.ts';
import { useStore } from '#client/store/use-store.ts';
import { Button } from '#client/ui/button.tsx';
import { Choice } from '#client/ui/choice.tsx';
import { Confirm } from '#client/ui/confirm.tsx';
import { formatDay, formatWhen } from '#client/ui/dates.ts';
import { List, Row } from '#client/ui/list.tsx';
import { Mark } from '#client/ui/mark.tsx';
import { Section } from '#client/ui/section.tsx';
import { photoWishes } from './photo-wishes.ts';
import { usePhotoSender } from './use-photo-sender.ts';
import styles from './photos.module.css';

/** On the sync screen: which photos wait, what for, and how far the one is that is being sent. */
export function PhotoSending() {
  const m = useMessages();
  const store = useStore();
  const { memberId } = store.account();
  const { sender, state } = usePhotoSender();
  const [isWifiOnly, setIsWifiOnly] = useState(photoWishes.isWifiOnly);
  const { waiting, standing, current } = state;
  const open = waiting.filter(({ failed }) => failed === undefined);
  const failed = waiting.filter((row) => row.failed !== undefined);
  const percent = current === undefined ? 0 : Math.floor((current.sent * 100) / current.size);
  const words = m.photos.sync.standings[standing];
  // Nothing is said to have arrived where this member never took one.
  return (
    <Section title={m.photos.title} count={waiting.length === 0 ? undefined : waiting.length}>
      <div className="stack-close">
        <p aria-live="polite">
          {open.length === 0 ? null : <strong>{m.photos.sync.waiting(open.length)}</strong>}
          {open.length === 0 && failed.length === 0 && store.all('attachment').some((photo) => photo.memberId === memberId) ? m.photos.sync.allArrived : null}
        </p>
        {current === undefined ? null : (
          <>
            <p>{m.photos.sync.sending(percent)}</p>
            <progress className={styles['progress']} max={100} value={percent} aria-label={m.photos.sync.progress} />
          </>
        )}
        {open.length === 0 || words === '' ? null : <p>{words}</p>}
      </div>
      {open.length === 0 ? null : (
        <div className={styles['buttons']}>
          {standing === 'paused' ? (
            <Button onClick={() => sender.goOn()}>{m.photos.sync.goOn}</Button>
          ) : (
            <Button onClick={() => sender.pause()}>{m.photos.sync.pause}</Button>
          )}
          {standing === 'no_wifi' || standing === 'wifi_unknown' || standing === 'later' ? <Button onClick={() => sender.sendNow()}>{m.photos.sync.now}</Button> : null}
        </div>
      )}
      {failed.length === 0 ? null : (
        <List label={m.photos.title}>
          {failed.map((row) => (
            <FailedPhoto key={row.pictureId} row={row} />
          ))}
        </List>
      )}
      <Choice
        label={m.photos.sync.wifiOnly}
        options={[{ value: 'all', label: m.photos.sync.wifiOnlyNo }, { value: 'wifi', label: m.photos.sync.wifiOnlyYes }]}
        value={isWifiOnly ? 'wifi' : 'all'}
        onChange={(wish) => {
          setIsWifiOnly(wish === 'wifi');
          sender.setWifiOnly(wish === 'wifi');
        }}
      />
    </Section>
  );
}

/** What the commune could not take: once more, or given up knowingly. */
function FailedPhoto({ row: { pictureId, failed, savedAt } }: { readonly row: PictureRow }) {
  const m = useMessages();
  const store = useStore();
  const { sender } = usePhotoSender();
  const [isAsking, setIsAsking] = useState(false);
  const record = store.find(pictureId);
  const about = record === undefined ? undefined : recordAbout(m, record, { find: store.find, day: formatDay });
  return (
    <Row title={about ?? m.photos.title} detail={failed === undefined ? formatWhen(savedAt) : m.photos.sync.failed[failed]} mark={<Mark state="needs_you" />}>
      <div className="line">
        {failed === 'damaged' ? null : <Button onClick={() => void sender.tryAgain(pictureId)}>{m.photos.sync.tryAgain}</Button>}
        <Button variant="bare" onClick={() => setIsAsking(true)}>
          {m.photos.sync.giveUp}
        </Button>
      </div>
      {isAsking ? <Confirm question={m.photos.sync.giveUpAsk} yes={m.photos.sync.giveUp} onYes={() => void sender.giveUp(pictureId)} onNo={() => setIsAsking(false)} /> : null}
    </Row>
  );
}
