import { useEffect, useState } from 'react';
import { useMessages } from '#client/languages/use-messages.ts';
import type { FieldStore } from '#client/store/field-store.ts';
import { useStore } from '#client/store/use-store.ts';
import { Button } from '#client/ui/button.tsx';
import { Choice } from '#client/ui/choice.tsx';
import { Icon } from '#client/ui/icon.tsx';
import { Notice } from '#client/ui/notice.tsx';
import { formatNumber } from '#client/ui/numbers.ts';
import { PictureField } from '#client/ui/picture-field.tsx';
import { Section } from '#client/ui/section.tsx';
import { useStorageRoom } from '#client/ui/use-storage-room.ts';
import type { PhotoBegun, PhotoError } from '#domain/attach-photo.ts';
import { attachmentLimits } from '#domain/attachment.ts';
import { dayOf } from '#domain/identifiers.ts';
import { holdInHand } from './leftovers.ts';
import { makePicture } from './make-picture.ts';
import type { MadePicture, PictureProblem } from './make-picture.ts';
import { Thumbnail } from './thumbnail.tsx';
import styles from './photos.module.css';

export interface PhotoBlockProps {
  readonly photos: readonly PhotoBegun[];
  readonly onChange: (change: (before: readonly PhotoBegun[]) => readonly PhotoBegun[]) => void;
  /** Of the last try to save. */
  readonly error?: PhotoError | undefined;
  /** Photos that the record has already. */
  readonly already?: number | undefined;
}

type Problem = PictureProblem | 'storage_full' | 'storage_failed' | 'locked';

/** A picture and its small one, with room for the record that tells of it. */
const roomForOne = 2 * 1024 * 1024;

/** Photos of a form: taken or chosen, made small, locked away at once, and asked about before they can be saved. Part of any form that has a place for them. */
export function PhotoBlock({ photos, onChange, error, already = 0 }: PhotoBlockProps) {
  const m = useMessages();
  const store = useStore();
  const room = useStorageRoom();
  const [problem, setProblem] = useState<Problem | undefined>(undefined);
  const left = attachmentLimits.perRecord - already - photos.length;
  const hasNoRoom = room !== undefined && room.leftBytes < roomForOne;
  useInHand(photos);

  const add = async (file: File) => {
    setProblem(undefined);
    const made = await makePicture(file);
    const kept = made.ok ? await keepPicture(store, made.value) : made;
    if (!kept.ok) {
      setProblem(kept.error);
      return;
    }
    onChange((before) => [...before, kept.value]);
  };
  const set = (pictureId: string, fields: Pick<PhotoBegun, 'hasFace' | 'consent'>) =>
    onChange((before) => before.map((photo) => (photo.pictureId === pictureId ? { ...photo, ...fields } : photo)));
  const drop = (pictureId: string) => onChange((before) => before.filter((photo) => photo.pictureId !== pictureId));

  return (
    <Section title={m.photos.title}>
      <p className="quiet">{m.photos.hint}</p>
      {photos.map((photo, index) => (
        <OnePhoto
          key={photo.pictureId}
          photo={photo}
          no={already + index + 1}
          error={error?.pictureId === photo.pictureId ? error : undefined}
          onAnswer={(fields) => set(photo.pictureId, fields)}
          onDrop={() => drop(photo.pictureId)}
        />
      ))}
      <div aria-live="polite">{problem === undefined ? null : <Notice tone="warn">{m.photos.problems[problem]}</Notice>}</div>
      {hasNoRoom ? <Notice tone="warn">{m.photos.noRoom}</Notice> : room?.isNearlyFull === true ? <Notice tone="warn">{m.photos.littleRoom}</Notice> : null}
      {left <= 0 ? (
        <p className="quiet">{m.photos.most(attachmentLimits.perRecord)}</p>
      ) : (
        <div className={styles['buttons']}>
          <PictureField label={<><Icon name="camera" /> {m.photos.take}</>} busyLabel={m.photos.making} takes disabled={hasNoRoom} onPicture={add} />
          <PictureField label={<><Icon name="image" /> {m.photos.choose}</>} busyLabel={m.photos.making} disabled={hasNoRoom} onPicture={add} />
        </div>
      )}
    </Section>
  );
}

interface OnePhotoProps {
  readonly photo: PhotoBegun;
  readonly no: number;
  readonly error: PhotoError | undefined;
  readonly onAnswer: (fields: Pick<PhotoBegun, 'hasFace' | 'consent'>) => void;
  readonly onDrop: () => void;
}

function OnePhoto({ photo, no, error, onAnswer, onDrop }: OnePhotoProps) {
  const m = useMessages();
  const { hasFace, consent, width, height, bytes } = photo;
  const yesNo = [{ value: 'yes', label: m.words.yes }, { value: 'no', label: m.words.no }] as const;
  const answerOf = (value: boolean | undefined) => (value === undefined ? undefined : value ? 'yes' : 'no');
  return (
    <div className={styles['photo']} role="group" aria-label={m.photos.one(no)}>
      <div className={styles['head']}>
        <Thumbnail photo={photo} />
        <div className={styles['words']}>
          <strong>{m.photos.one(no)}</strong>
          <span className="quiet">{m.photos.kept(`${formatNumber(width)} × ${formatNumber(height)}, ${formatNumber(Math.ceil(bytes / 1024))} KB`)}</span>
          <Button variant="bare" onClick={onDrop}>
            <Icon name="trash" />
            {m.photos.drop}
          </Button>
        </div>
      </div>
      <Choice
        label={m.photos.hasFace}
        options={yesNo}
        value={answerOf(hasFace)}
        onChange={(answer) => onAnswer({ hasFace: answer === 'yes', consent: undefined })}
        error={error?.field === 'hasFace' ? m.photos.answerFace : undefined}
      />
      {hasFace === true ? (
        <Choice
          label={m.photos.consent}
          options={yesNo}
          value={answerOf(consent)}
          onChange={(answer) => onAnswer({ hasFace, consent: answer === 'yes' })}
          error={error?.field === 'consent' ? m.photos.answerConsent : undefined}
        />
      ) : null}
      {hasFace === true && consent === false ? <Notice tone="warn">{m.photos.noConsent}</Notice> : null}
    </div>
  );
}

/** Sealed before the form knows of it. A full phone lets go of what has arrived already, and is asked once more. */
async function keepPicture(store: FieldStore, { bytes, type, width, height, thumbnail }: MadePicture) {
  const { newId, now } = store.commandContext();
  const pictureId = newId();
  // Until the form's draft has it.
  holdInHand(pictureId);
  let kept = await store.pictures.keep(pictureId, bytes);
  if (!kept.ok && kept.error.code === 'storage_full') {
    const arrived = (await store.pictures.list()).filter((row) => row.arrived !== undefined).map((row) => row.pictureId);
    await store.pictures.drop(arrived);
    kept = await store.pictures.keep(pictureId, bytes);
  }
  if (!kept.ok) return { ok: false as const, error: kept.error.code };
  const photo: PhotoBegun = { pictureId, sha256: kept.value.sha256, type, bytes: bytes.length, width, height, thumbnail, on: dayOf(now) };
  return { ok: true as const, value: photo };
}

/** What stands in a form is no leftover, whatever became of its draft. */
function useInHand(photos: readonly PhotoBegun[]): void {
  const ids = photos.map(({ pictureId }) => pictureId).join(' ');
  useEffect(() => {
    const letGo = ids.split(' ').filter((id) => id !== '').map(holdInHand);
    return () => {
      for (const one of letGo) one();
    };
  }, [ids]);
}
