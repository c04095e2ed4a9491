/** Hides what is on the screen while the page is out of sight, so that the list of open apps shows no name. */
export function drawPrivacyCurtain(): () => void {
  const root = document.documentElement;
  const draw = () => {
    if (document.visibilityState === 'hidden') root.dataset['curtain'] = 'drawn';
    else delete root.dataset['curtain'];
  };
  const close = () => {
    root.dataset['curtain'] = 'drawn';
  };
  const show = ({ persisted }: PageTransitionEvent) => {
    // Kept by the browser as it was left, and the phone may have been locked or wiped by another page since: it opens anew, behind the curtain until then.
    if (persisted) location.reload();
    else draw();
  };
  draw();
  document.addEventListener('visibilitychange', draw);
  window.addEventListener('pagehide', close);
  window.addEventListener('pageshow', show);
  return () => {
    document.removeEventListener('visibilitychange', draw);
    window.removeEventListener('pagehide', close);
    window.removeEventListener('pageshow', show);
    delete root.dataset['curtain'];
  };
}
