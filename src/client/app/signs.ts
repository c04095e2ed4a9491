/** Good moments to send and to ask: a connection that came back, a page that is seen again. */
export type Sign = 'online' | 'visible';

/** Returns what ends it. */
export function onSigns(tell: (sign: Sign) => void): () => void {
  const online = () => tell('online');
  const seen = () => {
    if (document.visibilityState === 'visible') tell('visible');
  };
  window.addEventListener('online', online);
  document.addEventListener('visibilitychange', seen);
  return () => {
    window.removeEventListener('online', online);
    document.removeEventListener('visibilitychange', seen);
  };
}
