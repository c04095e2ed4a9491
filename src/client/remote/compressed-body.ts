/** Request bodies travel compressed where the browser can: base64 grows what is sealed by a third, gzip takes that back. */

/** Below it the saving is not worth the turn: a body that fits one packet travels in one packet anyway. Characters. */
export const compressFrom = 1_000;

/** Undefined: too short to be worth it, or a browser without `CompressionStream` (before Safari 16.4, Firefox 113): send it as it is. */
export async function compressBody(text: string): Promise<ArrayBuffer | undefined> {
  if (text.length < compressFrom || typeof CompressionStream === 'undefined') return undefined;
  return await new Response(new Blob([text]).stream().pipeThrough(new CompressionStream('gzip'))).arrayBuffer();
}
