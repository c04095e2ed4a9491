import { Link } from 'wouter';
import { useMessages } from '#client/languages/use-messages.ts';
import { useStore } from '#client/store/use-store.ts';
import { ButtonLink } from '#client/ui/button.tsx';
import { formatDay } from '#client/ui/dates.ts';
import { Icon } from '#client/ui/icon.tsx';
import { paths } from '#client/ui/paths.ts';
import { Section } from '#client/ui/section.tsx';
import { attachmentLimits } from '#domain/attachment.ts';
import { mayWrite } from '#domain/permissions.ts';
import type { AnyRecord, RecordState } from '#domain/record.ts';
import { Thumbnail } from './thumbnail.tsx';
import styles from './photos.module.css';

/** The kinds that photos belong to. */
const photographed: readonly AnyRecord['kind'][] = ['visit', 'prestigious_contact', 'prestigious_person'];

/** Small pictures of a record's photos, each leading to the large one, and the way to add some. Nothing where there can be none. */
export function PhotoStrip({ parentId }: { readonly parentId: string }) {
  const m = useMessages();
  const store = useStore();
  const parent = store.find(parentId);
  if (parent === undefined || parent.deleted || !photographed.includes(parent.kind)) return null;
  const photos = photosOf(store, parentId);
  const shown = photos.filter(({ fields }) => fields.removedOn === undefined);
  const mayAdd = shown.length < attachmentLimits.perRecord && mayAddPhoto(store, parent);
  if (photos.length === 0 && !mayAdd) return null;
  return (
    <Section title={m.photos.title} count={photos.length === 0 ? undefined : shown.length}>
      {photos.length === 0 ? null : (
        <ul className={styles['strip']}>
          {photos.map((photo, index) => (
            <li key={photo.recordId}>
              {photo.fields.removedOn === undefined ? (
                <Link href={paths.photo(photo.recordId)} aria-label={m.photos.open(index + 1, formatDay(photo.fields.on))}>
                  <Thumbnail photo={photo.fields} />
                </Link>
              ) : (
                <span className="quiet">{m.photos.removed(formatDay(photo.fields.removedOn))}</span>
              )}
            </li>
          ))}
        </ul>
      )}
      {mayAdd ? (
        <div className="line">
          <ButtonLink href={paths.addPhotos(parentId)}>
            <Icon name="camera" />
            {m.photos.add}
          </ButtonLink>
        </div>
      ) : null}
    </Section>
  );
}

type Store = ReturnType<typeof useStore>;

/** The oldest first, as they were taken. */
export function photosOf(store: Pick<Store, 'childrenOf'>, parentId: string): readonly RecordState<'attachment'>[] {
  return [...store.childrenOf('attachment', parentId)].reverse();
}

/** May this member, as far as their roles go; how many there are already is the form's to say. */
export function mayAddPhoto(store: Store, parent: AnyRecord): boolean {
  if (parent.deleted) return false;
  const recordId = store.commandContext().newId();
  return mayWrite(store.account(), { recordId, kind: 'attachment', areaId: parent.areaId, base: 0, set: { parentId: parent.recordId } }, undefined, store).allowed;
}
