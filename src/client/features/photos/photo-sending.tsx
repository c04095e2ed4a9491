import { useState } from 'react';
import { recordAbout } from '#client/languages/record-title.ts';
import { useMessages } from '#client/languages/use-messages.ts';
import type { PictureRow } from '#client/store/pictures.ts';
import { useStore } from '#client/store/use-store.ts';
import { Button, ButtonLink } from '#client/ui/button.tsx';
import { Choice } from '#client/ui/choice.tsx';
import { Confirm } from '#client/ui/confirm.tsx';
import { formatDay, formatWhen } from '#client/ui/dates.ts';
import { List, Row } from '#client/ui/list.tsx';
import { Mark } from '#client/ui/mark.tsx';
import { paths } from '#client/ui/paths.ts';
import { Section } from '#client/ui/section.tsx';
import { isKind } from '#domain/record.ts';
import { troubleOf } from './photo-course.ts';
import { mayAddPhoto } from './photo-strip.tsx';
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
  const open = waiting.filter((row) => troubleOf(row) === undefined);
  const troubled = waiting.filter((row) => troubleOf(row) !== undefined);
  const percent = current === undefined ? 0 : Math.floor((current.sent * 100) / current.size);
  const words = m.photos.sync.standings[standing];
  // Nothing is said where this member never took one; and not that all arrived: one may have been given up.
  return (
    <Section title={m.photos.title} count={waiting.length === 0 ? undefined : waiting.length}>
      <div className="stack-close">
        <p aria-live="polite">
          {open.length === 0 ? null : <strong>{m.photos.sync.waiting(open.length)}</strong>}
          {open.length === 0 && troubled.length === 0 && store.all('attachment').some((photo) => photo.memberId === memberId) ? m.photos.sync.noneWaiting : null}
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
      {troubled.length === 0 ? null : (
        <List label={m.photos.title}>
          {troubled.map((row) => (
            <TroubledPhoto key={row.pictureId} row={row} />
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

/** What could not be sent: taken again, sent once more where that may help, or given up knowingly. */
function TroubledPhoto({ row }: { readonly row: PictureRow }) {
  const { pictureId, savedAt } = row;
  const m = useMessages();
  const store = useStore();
  const { sender } = usePhotoSender();
  const [isAsking, setIsAsking] = useState(false);
  const record = store.find(pictureId);
  const about = record === undefined ? undefined : recordAbout(m, record, { find: store.find, day: formatDay });
  const trouble = troubleOf(row);
  const parent = isKind(record, 'attachment') ? store.find(record.fields.parentId) : undefined;
  return (
    <Row title={about ?? m.photos.title} detail={trouble === undefined ? formatWhen(savedAt) : m.photos.sync.troubles[trouble]} mark={<Mark state="needs_you" />}>
      <div className="line">
        {parent === undefined || !mayAddPhoto(store, parent) ? null : <ButtonLink href={paths.addPhotos(parent.recordId)}>{m.photos.sync.takeAgain}</ButtonLink>}
        {trouble === 'damaged' ? null : <Button onClick={() => void sender.tryAgain(pictureId)}>{m.photos.sync.tryAgain}</Button>}
        <Button variant="bare" onClick={() => setIsAsking(true)}>
          {m.photos.sync.giveUp}
        </Button>
      </div>
      {isAsking ? <Confirm question={m.photos.sync.giveUpAsk} yes={m.photos.sync.giveUp} onYes={() => void sender.giveUp(pictureId)} onNo={() => setIsAsking(false)} /> : null}
    </Row>
  );
}
