/** Brings the first field with an error before the eyes and the keyboard. To be called after the errors were drawn. */
export function focusFirstWrong(form: HTMLElement | null): void {
  const wrong = form?.querySelector<HTMLElement>('[aria-invalid="true"], [role="alert"]');
  if (wrong === null || wrong === undefined) return;
  for (let around: Element | null = wrong; around !== null; around = around.parentElement) {
    if (around instanceof HTMLDetailsElement) around.open = true;
  }
  wrong.scrollIntoView({ block: 'center' });
  const control = wrong.matches('input, textarea, select') ? wrong : wrong.querySelector<HTMLElement>('input, textarea, select');
  control?.focus({ preventScroll: true });
}
