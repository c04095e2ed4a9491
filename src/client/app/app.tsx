import { useEffect } from 'react';
import { LanguageProvider } from '#client/languages/use-messages.ts';
import type { Language } from '#client/languages/use-messages.ts';
import type { Messages } from '#client/languages/vi.ts';
import { ErrorBoundary } from './error-boundary.tsx';
import { PhoneGate } from './phone-gate.tsx';
import { drawPrivacyCurtain } from './privacy-curtain.ts';
import { UpdateOffer } from './update.tsx';

/** All there is on the page: language, the last resort for errors, the update's offer, and what this phone is at the moment. */
export function App({ language }: { readonly language: { readonly language: Language; readonly messages: Messages } }) {
  useEffect(() => drawPrivacyCurtain(), []);
  return (
    <LanguageProvider initial={language}>
      <ErrorBoundary>
        <UpdateOffer />
        <PhoneGate />
      </ErrorBoundary>
    </LanguageProvider>
  );
}
