import { useMessages } from '#client/languages/use-messages.ts';
import { Notice } from '#client/ui/notice.tsx';

/** What will happen, said before it is done. */
export function WillDo({ sentences }: { readonly sentences: readonly string[] }) {
  const m = useMessages();
  return (
    <Notice tone="calm">
      <strong>{m.administration.willDo.title}</strong>
      {sentences.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
    </Notice>
  );
}
