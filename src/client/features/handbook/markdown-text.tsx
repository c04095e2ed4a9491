import { Link } from 'wouter';
import { useStore } from '#client/store/use-store.ts';
import { classNames } from '#client/ui/class-names.ts';
import { paths } from '#client/ui/paths.ts';
import { pageNamed } from './book.ts';
import { elementsOf } from './markdown-elements.tsx';
import type { MarkdownPlaces } from './markdown-elements.tsx';
import styles from './markdown-text.module.css';

/** A page's text, to be read. */
export function MarkdownText({ body, isShort }: { readonly body: string; /** A preview beside its field. */ readonly isShort?: boolean | undefined }) {
  const store = useStore();
  const linkTo: MarkdownPlaces['linkTo'] = (slug, words) => {
    const page = pageNamed(store, slug);
    return page === undefined ? words : <Link href={paths.handbookPage(page.recordId)}>{words}</Link>;
  };
  return <div className={classNames(styles['text'], isShort === true && styles['short'])}>{elementsOf(body, { linkTo, tableClass: styles['table'] })}</div>;
}
