/** Which language the screen speaks, and its catalog. Vietnamese comes with the app; English is fetched (or precached) when chosen. */
import { createContext, createElement, use, useCallback, useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import { vi } from './vi.ts';
import type { Messages } from './vi.ts';

export const languages = ['vi', 'en'] as const;
export type Language = (typeof languages)[number];

const storageKey = 'language';

interface Spoken {
  readonly language: Language;
  readonly messages: Messages;
  readonly choose: (language: Language) => Promise<void>;
}

const LanguageContext = createContext<Spoken>({ language: 'vi', messages: vi, choose: () => Promise.resolve() });

/** The language kept on this device. */
function keptLanguage(): Language {
  try {
    return localStorage.getItem(storageKey) === 'en' ? 'en' : 'vi';
  } catch {
    return 'vi';
  }
}

async function loadMessages(language: Language): Promise<Messages> {
  return language === 'vi' ? vi : (await import('./en.ts')).en;
}

/** To be awaited before the first render, so that no screen shows in one language and then in another. */
export async function loadKeptLanguage(): Promise<{ language: Language; messages: Messages }> {
  const language = keptLanguage();
  try {
    const messages = await loadMessages(language);
    document.documentElement.lang = language;
    return { language, messages };
  } catch {
    document.documentElement.lang = 'vi';
    return { language: 'vi', messages: vi };
  }
}

interface LanguageProviderProps {
  readonly initial: { readonly language: Language; readonly messages: Messages };
  readonly children: ReactNode;
}

export function LanguageProvider({ initial, children }: LanguageProviderProps) {
  const [spoken, setSpoken] = useState(initial);
  const choose = useCallback(async (language: Language) => {
    const messages = await loadMessages(language);
    document.documentElement.lang = language;
    try {
      localStorage.setItem(storageKey, language);
    } catch {
      // Kept for this page's life only; the choice still holds on the screen.
    }
    setSpoken({ language, messages });
  }, []);
  const value = useMemo(() => ({ ...spoken, choose }), [spoken, choose]);
  return createElement(LanguageContext, { value }, children);
}

/** The catalog in the language chosen: `m.visits.title`. */
export function useMessages(): Messages {
  return use(LanguageContext).messages;
}

/** Rejects when the catalog cannot be loaded; the language then stays what it was. */
export function useLanguage(): { readonly language: Language; readonly choose: (language: Language) => Promise<void> } {
  const { language, choose } = use(LanguageContext);
  return { language, choose };
}
