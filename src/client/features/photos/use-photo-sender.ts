/** How screens reach the sender of photos. */
import { createContext, createElement, use, useSyncExternalStore } from 'react';
import type { ReactNode } from 'react';
import type { PhotoSender, PhotoState } from './photo-sender.ts';

const SenderContext = createContext<PhotoSender | undefined>(undefined);

/** Around everything that is shown while the phone is unlocked. */
export function PhotoSenderProvider({ sender, children }: { readonly sender: PhotoSender; readonly children?: ReactNode }) {
  return createElement(SenderContext, { value: sender }, children);
}

export function usePhotoSender(): { readonly sender: PhotoSender; readonly state: PhotoState } {
  const sender = use(SenderContext);
  if (sender === undefined) throw new Error('outside of PhotoSenderProvider');
  return { sender, state: useSyncExternalStore(sender.subscribe, sender.state) };
}
