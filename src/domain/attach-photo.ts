/** A member adds a photo to a visit, a talk or a prestigious person, or takes one away. Always an entry of its own: a photo that is refused stops nothing else. */
import type { Attachment } from './attachment.ts';
import { correction, creation, entryOf } from './command.ts';
import type { CommandContext, CommandError } from './command.ts';
import type { EntryDraft } from './change.ts';
import type { RecordState } from './record.ts';
import { err, ok } from './result.ts';
import type { Result } from './result.ts';

/** `pictureId`: given when the picture was sealed on the phone; it becomes the record's id. */
export interface PhotoInput extends Omit<Attachment, 'parentId' | 'removedOn'> {
  readonly pictureId: string;
}

/** `parent`: the visit, talk or person, which may be made by an entry that is saved with this one. Without the consent of whoever shows their face: `required`, `consent`. */
export function attachPhoto(
  parent: { readonly recordId: string; readonly areaId: string },
  { pictureId, consent, ...input }: PhotoInput,
  context: CommandContext,
): Result<EntryDraft, CommandError> {
  // Where no face shows nobody was asked, whatever was tapped before.
  const photo = creation('attachment', parent.areaId, pictureId, { ...input, parentId: parent.recordId, consent: input.hasFace ? consent : undefined });
  return photo.ok ? entryOf([photo.value], context) : photo;
}

/** The picture goes, large and small; that there was one stays. `today`: local day. `deleted`: it is gone already. */
export function removePhoto(photo: RecordState<'attachment'>, today: string, context: CommandContext): Result<EntryDraft, CommandError> {
  const removed = correction(photo, 'attachment', { removedOn: photo.fields.removedOn ?? today, thumbnail: undefined });
  if (!removed.ok) return removed;
  return removed.value === undefined ? err({ kind: 'attachment', code: 'deleted' }) : entryOf([removed.value], context);
}

/** A photo in a form: taken, and perhaps not asked about yet. */
export type PhotoBegun = Omit<PhotoInput, 'hasFace'> & { readonly hasFace?: boolean | undefined };
export type PhotoError = CommandError & { readonly pictureId: string };

/** The photos of a form, an entry each. The first that is not complete names itself and its field. */
export function attachPhotos(parent: Parameters<typeof attachPhoto>[0], photos: readonly PhotoBegun[], context: CommandContext): Result<EntryDraft[], PhotoError> {
  const entries: EntryDraft[] = [];
  for (const { hasFace, ...photo } of photos) {
    const { pictureId } = photo;
    if (hasFace === undefined) return err({ kind: 'attachment', code: 'required', field: 'hasFace', pictureId });
    const entry = attachPhoto(parent, { ...photo, hasFace }, context);
    if (!entry.ok) return err({ ...entry.error, pictureId });
    entries.push(entry.value);
  }
  return ok(entries);
}
