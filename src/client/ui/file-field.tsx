import { useId } from 'react';
import type { InputHTMLAttributes, ReactNode } from 'react';
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
export function FileField({ primary, ...field }: FileFieldProps) {
  return <FileButton {...field} look={buttonClass({ variant: primary === true ? 'primary' : 'plain', wide: true })} />;
}

interface FileButtonProps extends Omit<FileFieldProps, 'primary'>, Pick<InputHTMLAttributes<HTMLInputElement>, 'accept' | 'capture' | 'disabled'> {
  /** The classes of a button. */
  readonly look: string;
}

/** One file at a time, which stays where it is. */
export function FileButton({ label, busyLabel, look, accept, capture, disabled, onFile }: FileButtonProps) {
  const id = useId();
  const { isBusy, run } = useOneAct();
  const isOff = isBusy || disabled === true;
  return (
    <label htmlFor={id} className={classNames(look, styles['label'])} aria-disabled={isOff}>
      <input
        id={id}
        type="file"
        accept={accept}
        capture={capture}
        className={styles['input']}
        disabled={isOff}
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
