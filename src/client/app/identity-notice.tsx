import { useMessages } from '#client/languages/use-messages.ts';
import { Button } from '#client/ui/button.tsx';
import { OfferBar } from './offer-bar.tsx';

/** `renewed`: the phone was copied or put back, and is known as a new one since; `no_room`: it is to become one, and only the commune can help. */
export type IdentityNews = 'renewed' | 'no_room';

export function IdentityNotice({ news, onSeen }: { readonly news: IdentityNews; readonly onSeen: () => void }) {
  const m = useMessages();
  return (
    <OfferBar words={news === 'renewed' ? m.storage.renewed : m.storage.noRoomForRenewed}>
      <Button onClick={onSeen}>{m.ui.close}</Button>
    </OfferBar>
  );
}
