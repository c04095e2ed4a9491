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
  draw();
  document.addEventListener('visibilitychange', draw);
  window.addEventListener('pagehide', close);
  window.addEventListener('pageshow', draw);
  return () => {
    document.removeEventListener('visibilitychange', draw);
    window.removeEventListener('pagehide', close);
    window.removeEventListener('pageshow', draw);
    delete root.dataset['curtain'];
  };
}
