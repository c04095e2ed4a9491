import { useEffect, useState } from 'react';
import { useLocation } from 'wouter';
import { useOneAct } from '#client/acts/use-one-act.ts';
import { fieldErrorWords, saveErrorWords } from '#client/languages/error-words.ts';
import { useMessages } from '#client/languages/use-messages.ts';
import { fetchPicture } from '#client/remote/pictures.ts';
import { useCalls } from '#client/remote/use-calls.ts';
import { mayCorrect } from '#client/store/may-correct.ts';
import { memberName } from '#client/store/my-hamlets.ts';
import { useStore } from '#client/store/use-store.ts';
import { Button, ButtonLink } from '#client/ui/button.tsx';
import { Confirm } from '#client/ui/confirm.tsx';
import { formatDay } from '#client/ui/dates.ts';
import { Empty } from '#client/ui/empty.tsx';
import { Icon } from '#client/ui/icon.tsx';
import { Mark } from '#client/ui/mark.tsx';
import { Notice } from '#client/ui/notice.tsx';
import { Page } from '#client/ui/page.tsx';
import { paths } from '#client/ui/paths.ts';
import { useToast } from '#client/ui/toast.tsx';
import { useOnline } from '#client/ui/use-online.ts';
import { removePhoto } from '#domain/attach-photo.ts';
import { dayOf } from '#domain/identifiers.ts';
import { isKind } from '#domain/record.ts';
import type { RecordState } from '#domain/record.ts';
import { pageOf } from './add-photos-form.tsx';
import { troubleOf } from './photo-course.ts';
import { thumbnailUrl } from './thumbnail.tsx';
import { usePhotoSender } from './use-photo-sender.ts';
import styles from './photos.module.css';

/** One photo, large: from this phone where it was taken here, else asked of the commune, and kept nowhere. */
export function PhotoPage({ id }: { readonly id: string }) {
  const m = useMessages();
  const store = useStore();
  const { state } = usePhotoSender();
  const photo = store.find(id);
  const parent = isKind(photo, 'attachment') ? store.find(photo.fields.parentId) : undefined;
  const back = parent === undefined ? paths.today() : pageOf(parent);
  if (!isKind(photo, 'attachment') || photo.deleted) {
    return (
      <Page title={m.photos.title} back={back}>
        <Empty>{m.photos.gone}</Empty>
      </Page>
    );
  }
  const { on, hasFace, removedOn } = photo.fields;
  const mark = store.mark(photo);
  // The record may have gone ahead: the picture itself is what this page is about.
  const waiting = state.waiting.find(({ pictureId }) => pictureId === id);
  const trouble = waiting === undefined ? undefined : troubleOf(waiting);
  const isOnlyHere = mark.state === 'sent' && waiting !== undefined;
  return (
    <Page title={m.photos.title} back={back} actions={<Mark state={trouble === undefined ? (isOnlyHere ? 'on_this_phone' : mark.state) : 'needs_you'} />}>
      {removedOn === undefined ? <LargePicture key={id} photo={photo} /> : <Empty>{m.photos.removed(formatDay(removedOn))}</Empty>}
      <p>
        {m.photos.takenBy(memberName(store, photo.memberId) ?? m.conflict.someone, formatDay(on))}
        <br />
        <span className="quiet">{hasFace ? m.photos.withFace : m.photos.withoutFace}</span>
      </p>
      {trouble === undefined ? null : (
        <Notice tone="warn">
          <p>{m.photos.sync.troubles[trouble]}</p>
          <div className="line">
            <ButtonLink href={paths.sync()}>{m.sync.title}</ButtonLink>
          </div>
        </Notice>
      )}
      {isOnlyHere && trouble === undefined ? <Notice tone="calm">{m.photos.onlyHere}</Notice> : null}
      {removedOn === undefined ? <RemovePhoto photo={photo} back={back} /> : null}
    </Page>
  );
}

/** `loading`; `url`: of the large picture; otherwise why there is only the small one. */
type Seen = { readonly state: 'loading' } | { readonly state: 'here'; readonly url: string } | { readonly state: 'offline' | 'not_arrived' | 'not_read' | 'removed' };

function LargePicture({ photo }: { readonly photo: RecordState<'attachment'> }) {
  const m = useMessages();
  const { seen, again } = useLargePicture(photo);
  const { thumbnail, on } = photo.fields;
  const alt = m.photos.alt(formatDay(on));
  if (seen.state === 'here') return <img className={styles['large']} src={seen.url} alt={alt} />;
  const words = {
    loading: m.photos.loading, offline: m.photos.offline, not_arrived: m.photos.notArrived, not_read: m.photos.notRead, removed: m.photos.gone,
  }[seen.state];
  return (
    <>
      {thumbnail === undefined ? null : <img className={styles['large']} src={thumbnailUrl(thumbnail)} alt={alt} />}
      <div aria-live="polite">
        <Notice tone="calm">{words}</Notice>
      </div>
      {seen.state === 'loading' || seen.state === 'offline' ? null : (
        <div className="line">
          <Button onClick={again}>{m.photos.again}</Button>
        </div>
      )}
    </>
  );
}

function useLargePicture({ recordId, fields: { type } }: RecordState<'attachment'>): { readonly seen: Seen; readonly again: () => void } {
  const store = useStore();
  const calls = useCalls();
  const isOnline = useOnline();
  const [seen, setSeen] = useState<Seen>({ state: 'loading' });
  const { pictures } = store;
  const isToLook = seen.state === 'loading' || (seen.state === 'offline' && isOnline);
  useEffect(() => {
    if (!isToLook) return undefined;
    let isShown = true;
    const show = (next: Seen) => {
      if (isShown) setSeen(next);
    };
    const look = async () => {
      const own = await pictures.open(recordId).catch(() => undefined);
      if (own !== undefined) return show({ state: 'here', url: URL.createObjectURL(new Blob([new Uint8Array(own)], { type })) });
      if (!isOnline) return show({ state: 'offline' });
      const came = await fetchPicture(calls, recordId);
      if (came.ok) return show({ state: 'here', url: URL.createObjectURL(came.value) });
      const told = came.error.code === 'refused' ? came.error.error : undefined;
      return show({ state: told === 'not_arrived' || told === 'removed' ? told : 'not_read' });
    };
    void look();
    return () => {
      isShown = false;
    };
  }, [pictures, calls, recordId, type, isOnline, isToLook]);
  useEffect(() => {
    if (seen.state !== 'here') return undefined;
    const { url } = seen;
    return () => URL.revokeObjectURL(url);
  }, [seen]);
  return { seen, again: () => setSeen({ state: 'loading' }) };
}

/** By whoever took it, the lead of the team, or the bloc. */
function RemovePhoto({ photo, back }: { readonly photo: RecordState<'attachment'>; readonly back: string }) {
  const m = useMessages();
  const store = useStore();
  const showToast = useToast();
  const [, navigate] = useLocation();
  const [isAsking, setIsAsking] = useState(false);
  const [problem, setProblem] = useState<string | undefined>(undefined);
  const { run } = useOneAct();
  // What the commune does not know yet goes first: a change to it would only wait behind it.
  if (!mayCorrect(store, photo) || photo.version === 0) return null;

  const remove = async () => {
    setIsAsking(false);
    const context = store.commandContext();
    const entry = removePhoto(photo, dayOf(context.now), context);
    const saved = entry.ok ? await store.write([entry.value]) : entry;
    if (!saved.ok) {
      setProblem('kind' in saved.error ? fieldErrorWords(m, saved.error) : saveErrorWords(m, saved.error));
      return;
    }
    await store.pictures.drop([photo.recordId]);
    showToast(m.photos.removedNow);
    navigate(back, { replace: true });
  };

  return (
    <div className="line">
      {problem === undefined ? null : <Notice tone="danger">{problem}</Notice>}
      <Button onClick={() => setIsAsking(true)}>
        <Icon name="trash" />
        {m.photos.remove}
      </Button>
      {isAsking ? <Confirm question={m.photos.removeAsk} yes={m.photos.removeYes} onYes={() => void run(remove)} onNo={() => setIsAsking(false)} /> : null}
    </div>
  );
}
