/** One tab sends photos at a time. A tab that the browser froze may hold the lock for ever: after some tries it is taken from it; that two send the same picture is safe, the endpoint takes each byte once. */
type Locks = Pick<LockManager, 'request'>;

const triesBeforeStealing = 5;

/** `locks`: the browser's, which may have none; then every tab sends. False: another tab is at it. */
export function createSoleSender(locks: Locks | null | undefined, name = 'gan-dan photos'): (body: () => Promise<void>) => Promise<boolean> {
  let refused = 0;
  return async (body) => {
    if (locks === null || locks === undefined) {
      await body();
      return true;
    }
    const isStealing = refused >= triesBeforeStealing;
    let begun: Promise<void> | undefined;
    try {
      await locks.request(name, isStealing ? { steal: true } : { ifAvailable: true }, async (lock) => {
        if (lock === null) return;
        begun = body();
        await begun.catch(() => undefined);
      });
    } catch (error) {
      // Taken away while it ran: the work goes on, and is waited for below.
      if (begun === undefined) throw error;
    }
    if (begun === undefined) {
      refused += 1;
      return false;
    }
    refused = 0;
    await begun;
    return true;
  };
}
