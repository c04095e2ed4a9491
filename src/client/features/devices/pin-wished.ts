/** A note that this person likes to use a PIN, so that one is offered after a start. It says nothing of the PIN. */
const storageKey = 'pin-wished';

export function wishesPin(): boolean {
  try {
    return localStorage.getItem(storageKey) !== null;
  } catch {
    return false;
  }
}

export function noteWishForPin(isWished: boolean): void {
  try {
    if (isWished) localStorage.setItem(storageKey, '');
    else localStorage.removeItem(storageKey);
  } catch {
    // Then nothing is offered; Settings has it all the same.
  }
}
