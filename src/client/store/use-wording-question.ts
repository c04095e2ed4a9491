/** A citizen's own words are asked about once, where they hold what is better left out; whoever saves again means them. */
import { useRef, useState } from 'react';
import { wordingIn } from '#domain/wording.ts';

export interface WordingQuestion {
  /** Before a save. True: there is something to ask about, and it was not asked yet. */
  readonly mustAsk: (texts: readonly (string | undefined)[]) => boolean;
  /** What is asked about, as it was typed; empty: nothing. */
  readonly words: readonly string[];
}

export function useWordingQuestion(): WordingQuestion {
  const isAsked = useRef(false);
  const [words, setWords] = useState<readonly string[]>([]);
  return {
    mustAsk(texts) {
      const found = isAsked.current ? [] : texts.flatMap((text) => wordingIn(text ?? '', 'feedback'));
      setWords(found);
      isAsked.current ||= found.length > 0;
      return found.length > 0;
    },
    words,
  };
}
