import { useId } from 'react';
import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';
import { buttonClass } from './button.tsx';
import { useOneAct } from '#client/acts/use-one-act.ts';
import styles from './file-field.module.css';

interface FileFieldProps {
  readonly label: ReactNode;
  /** While what was chosen is worked on; the label where it is left out. */
  readonly busyLabel?: ReactNode;
  readonly primary?: boolean | undefined;
  readonly onFile: (file: File) => Promise<void>;
}

/** The same for a file of text. `onText`: whatever was chosen; undefined: it could not be read. */
export function TextFileField({ onText, ...field }: Omit<FileFieldProps, 'onFile'> & { readonly onText: (text: string | undefined) => Promise<void> }) {
  return <FileField {...field} onFile={async (file) => await onText(await readText(file))} />;
}

/** A button that opens the phone's own list of files. No type is asked for: phones grey out what they don't know. */
export function FileField({ label, busyLabel, primary, onFile }: FileFieldProps) {
  const id = useId();
  const { isBusy, run } = useOneAct();
  return (
    <label htmlFor={id} className={classNames(buttonClass({ variant: primary === true ? 'primary' : 'plain', wide: true }), styles['label'])} aria-disabled={isBusy}>
      <input
        id={id}
        type="file"
        className={styles['input']}
        disabled={isBusy}
        onChange={(event) => {
          const { currentTarget } = event;
          const file = currentTarget.files?.[0];
          if (file === undefined) return;
          void run(async () => {
            try {
              await onFile(file);
            } finally {
              // So that the same file can be chosen once more.
              currentTarget.value = '';
            }
          });
        }}
      />
      {isBusy ? (busyLabel ?? label) : label}
    </label>
  );
}

async function readText(file: File): Promise<string | undefined> {
  try {
    return await file.text();
  } catch {
    return undefined;
  }
}
