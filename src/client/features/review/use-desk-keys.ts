/** The desk's keys: j and k move along the list, a answers, g assigns, ? shows the keys. Never while someone types. */
import { useEffect, useRef } from 'react';

export type DeskKey = 'next' | 'previous' | 'answer' | 'assign' | 'keys' | 'close';

const keys: ReadonlyMap<string, DeskKey> = new Map([
  ['j', 'next'], ['k', 'previous'], ['a', 'answer'], ['g', 'assign'], ['?', 'keys'], ['Escape', 'close'],
]);

/** The part of a keyboard event this depends on. */
export interface KeyPress {
  readonly key: string;
  readonly isTyping: boolean;
  readonly hasModifier: boolean;
}

/** undefined: not the desk's business. In a field only Escape is. */
export function deskKeyOf({ key, isTyping, hasModifier }: KeyPress): DeskKey | undefined {
  if (hasModifier) return undefined;
  const meant = keys.get(key.length === 1 ? key.toLowerCase() : key);
  return isTyping && meant !== 'close' ? undefined : meant;
}

/** `onKey` says whether it did something; then the key goes no further. */
export function useDeskKeys(onKey: (key: DeskKey) => boolean): void {
  const latest = useRef(onKey);
  useEffect(() => {
    latest.current = onKey;
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing) return;
      const isTyping = event.target instanceof HTMLElement && event.target.matches('input, textarea, select, [contenteditable="true"]');
      const key = deskKeyOf({ key: event.key, isTyping, hasModifier: event.ctrlKey || event.metaKey || event.altKey });
      if (key !== undefined && latest.current(key)) event.preventDefault();
    };
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, []);
}
