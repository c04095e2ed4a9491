import { defaultRangeExtractor, useWindowVirtualizer } from '@tanstack/react-virtual';
import { useCallback, useLayoutEffect, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { List } from './list.tsx';
import type { RowPlace } from './list.tsx';
import styles from './list.module.css';

interface LongListProps<T> {
  readonly label: string;
  readonly rows: readonly T[];
  readonly keyOf: (row: T) => string;
  /** One `Row`, which is given its place. */
  readonly children: (row: T, place: RowPlace | undefined) => ReactNode;
}

/** Up to so many rows the browser keeps as they are, and finds words in. */
const keptWhole = 120;
/** A row of two lines, in CSS pixels, until it is measured. */
const rowHeight = 68;
/** Beyond the screen, so that the next press of Tab finds the next row. */
const beyond = 10;

/** A list that may have twenty thousand rows: of a long one only those in sight are drawn, and each says which of how many it is. */
export function LongList<T>({ label, rows, keyOf, children }: LongListProps<T>) {
  if (rows.length > keptWhole) return <Windowed label={label} rows={rows} keyOf={keyOf}>{children}</Windowed>;
  return <List label={label}>{rows.map((row) => children(row, undefined))}</List>;
}

function Windowed<T>({ label, rows, keyOf, children }: LongListProps<T>) {
  const list = useRef<HTMLUListElement>(null);
  const [above, setAbove] = useState(0);
  /** The row that has the focus stays, however far it is scrolled away: else the next Tab would begin at the top of the page. */
  const [focused, setFocused] = useState<number | undefined>(undefined);
  useLayoutEffect(() => {
    // What stands above may grow by a line while it is typed in.
    const measure = () => setAbove((list.current?.getBoundingClientRect().top ?? 0) + window.scrollY);
    measure();
    const watch = new ResizeObserver(measure);
    watch.observe(document.body);
    return () => watch.disconnect();
  }, []);
  useLayoutEffect(() => {
    const shown = list.current;
    const noteFocus = (event: FocusEvent) => setFocused(event.type === 'focusin' && event.target instanceof Element ? indexOf(event.target) : undefined);
    shown?.addEventListener('focusin', noteFocus);
    shown?.addEventListener('focusout', noteFocus);
    return () => {
      shown?.removeEventListener('focusin', noteFocus);
      shown?.removeEventListener('focusout', noteFocus);
    };
  }, []);
  const rangeExtractor = useCallback(
    (range: Parameters<typeof defaultRangeExtractor>[0]) => {
      const seen = defaultRangeExtractor(range);
      return focused === undefined || focused >= range.count || seen.includes(focused) ? seen : [...seen, focused].sort((a, b) => a - b);
    },
    [focused],
  );
  const getItemKey = useCallback((index: number) => keyAt(rows, index, keyOf), [rows, keyOf]);
  const rowsInSight = useWindowVirtualizer<HTMLLIElement>({
    count: rows.length, estimateSize: () => rowHeight, overscan: beyond, scrollMargin: above, getItemKey, rangeExtractor,
  });
  return (
    <ul
      ref={list}
      className={styles['windowed']}
      role="list"
      aria-label={label}
      style={{ height: `${rowsInSight.getTotalSize()}px` }}
    >
      {rowsInSight.getVirtualItems().map(({ index, start }) => {
        const row = rows[index];
        return row === undefined ? null : children(row, { index, count: rows.length, top: start - above, measure: rowsInSight.measureElement });
      })}
    </ul>
  );
}

function keyAt<T>(rows: readonly T[], index: number, keyOf: (row: T) => string): string {
  const row = rows[index];
  return row === undefined ? String(index) : keyOf(row);
}

function indexOf(target: Element): number | undefined {
  const index = Number(target.closest<HTMLElement>('[data-index]')?.dataset['index']);
  return Number.isInteger(index) ? index : undefined;
}
