import { useId, useState } from 'react';
import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';
import { buttonClass } from './button.tsx';
import styles from './file-field.module.css';

interface FileFieldProps {
  readonly label: ReactNode;
  readonly primary?: boolean | undefined;
  readonly disabled?: boolean | undefined;
  /** Whatever was chosen, as text; undefined: it could not be read. */
  readonly onText: (text: string | undefined) => Promise<void>;
}

/** A button that opens the phone's own list of files. No type is asked for: phones grey out what they don't know. */
export function FileField({ label, primary, disabled, onText }: FileFieldProps) {
  const id = useId();
  const [isBusy, setIsBusy] = useState(false);
  const isOff = isBusy || disabled === true;
  return (
    <label htmlFor={id} className={classNames(buttonClass({ variant: primary === true ? 'primary' : 'plain', wide: true }), styles['label'])} aria-disabled={isOff}>
      <input
        id={id}
        type="file"
        className={styles['input']}
        disabled={isOff}
        onChange={(event) => {
          const { currentTarget } = event;
          const file = currentTarget.files?.[0];
          if (file === undefined) return;
          setIsBusy(true);
          void readText(file)
            .then(onText)
            .finally(() => {
              setIsBusy(false);
              // So that the same file can be chosen once more.
              currentTarget.value = '';
            });
        }}
      />
      {label}
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
