import { useMessages } from '#client/languages/use-messages.ts';
import { classNames } from '#client/ui/class-names.ts';
import { formatDay } from '#client/ui/dates.ts';
import { Icon } from '#client/ui/icon.tsx';
import type { Attachment } from '#domain/attachment.ts';
import styles from './photos.module.css';

/** Which of the two types base64 begins as: `RIFF` of a WebP. */
const webpBegins = 'UklGR';

export function thumbnailUrl(thumbnail: string): string {
  return `data:${thumbnail.startsWith(webpBegins) ? 'image/webp' : 'image/jpeg'};base64,${thumbnail}`;
}

/** The small picture, which comes with the record. */
export function Thumbnail({ photo: { thumbnail, on } }: { readonly photo: Pick<Attachment, 'thumbnail' | 'on'> }) {
  const m = useMessages();
  const alt = m.photos.alt(formatDay(on));
  if (thumbnail === undefined) {
    return (
      <span className={classNames(styles['small'], styles['missing'])}>
        <Icon name="image" size={28} />
        <span className="spoken">{alt}</span>
      </span>
    );
  }
  return <img className={styles['small']} src={thumbnailUrl(thumbnail)} alt={alt} />;
}
