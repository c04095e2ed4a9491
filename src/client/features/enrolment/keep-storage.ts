/** Asks the browser to keep what this app writes. Its answer, or undefined where it does not say. */
export async function askToKeepStorage(): Promise<boolean | undefined> {
  try {
    return (await navigator.storage.persisted()) || (await navigator.storage.persist());
  } catch {
    return undefined;
  }
}
