import { useLocation } from 'wouter';
import { useMessages } from '#client/languages/use-messages.ts';
import { Button } from '#client/ui/button.tsx';
import { paths } from '#client/ui/paths.ts';
import { OfferBar } from './offer-bar.tsx';

/** After a start, to who likes a PIN: one press to set it for this time. */
export function PinOffer({ onSeen }: { readonly onSeen: () => void }) {
  const m = useMessages().phoneLock.pin;
  const [, navigate] = useLocation();
  return (
    <OfferBar words={m.offer}>
      <Button onClick={onSeen}>{m.later}</Button>
      {/* Not the screen's main button: that is the screen's own. */}
      <Button
        onClick={() => {
          onSeen();
          navigate(paths.lockPin());
        }}
      >
        {m.set}
      </Button>
    </OfferBar>
  );
}
