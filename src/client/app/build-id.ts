/** Which build this is: the version, and a hash of the sources it was made from. Shown on the settings screen. */
export const buildId: string = String(import.meta.env.VITE_BUILD_ID ?? 'dev');
