import type { ReactNode } from 'react';
import { Chips } from './choice.tsx';
import type { ChipsProps } from './choice.tsx';
import { Fold } from './fold.tsx';

interface ChipsFoldProps<V extends string> extends ChipsProps<V> {
  /** What is folded away; `label` stands above the chips. */
  readonly name: string;
  readonly isOpen?: boolean | undefined;
  /** What is said about it, inside the fold. */
  readonly above?: ReactNode;
}

/** Chips that are rarely needed, one press away; what is chosen stands beside their name. */
export function ChipsFold<V extends string>({ name, isOpen, above, ...chips }: ChipsFoldProps<V>) {
  const { options, value } = chips;
  const chosen = options.filter((option) => value.includes(option.value)).map(({ label }) => label);
  return (
    <Fold label={name} detail={chosen.join(' · ')} isOpen={isOpen}>
      {above}
      <Chips {...chips} />
    </Fold>
  );
}
