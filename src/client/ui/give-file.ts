/** Gives a person a file: to another app (Bluetooth, messages, mail) where the phone can share one, else into its downloads. */

export interface NamedText {
  readonly name: string;
  readonly text: string;
}

/** `dismissed`: the person closed the phone's own list of apps; nothing went anywhere. */
export type GivenFile = 'shared' | 'downloaded' | 'dismissed';

export async function giveFile({ name, text }: NamedText): Promise<GivenFile> {
  // Browsers share only file names they know as harmless.
  const file = new File([text], `${name}.txt`, { type: 'text/plain' });
  if (typeof navigator.canShare === 'function' && navigator.canShare({ files: [file] })) {
    try {
      await navigator.share({ files: [file] });
      return 'shared';
    } catch (error) {
      if (error instanceof DOMException && error.name === 'AbortError') return 'dismissed';
      // It said that it could and could not: the downloads are always there.
    }
  }
  download(name, text);
  return 'downloaded';
}

function download(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/octet-stream' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser reads it after the click; a minute is long enough for a slow phone.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
