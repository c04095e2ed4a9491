import { useId } from 'react';
import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';
import { buttonClass } from './button.tsx';
import { useOneAct } from '#client/acts/use-one-act.ts';
import styles from './file-field.module.css';

interface PictureFieldProps {
  readonly label: ReactNode;
  /** While what came is worked on. */
  readonly busyLabel: ReactNode;
  /** Opens the camera at once; without it, the phone's own list of pictures. */
  readonly takes?: boolean | undefined;
  readonly disabled?: boolean | undefined;
  readonly onPicture: (file: File) => Promise<void>;
}

/** A button that takes a picture, or chooses one. The file stays where it is. */
export function PictureField({ label, busyLabel, takes, disabled, onPicture }: PictureFieldProps) {
  const id = useId();
  const { isBusy, run } = useOneAct();
  const isOff = isBusy || disabled === true;
  return (
    <label htmlFor={id} className={classNames(buttonClass({}), styles['label'])} aria-disabled={isOff}>
      <input
        id={id}
        type="file"
        accept="image/*"
        capture={takes === true ? 'environment' : undefined}
        className={styles['input']}
        disabled={isOff}
        onChange={(event) => {
          const { currentTarget } = event;
          const file = currentTarget.files?.[0];
          if (file === undefined) return;
          void run(async () => {
            try {
              await onPicture(file);
            } finally {
              // So that the same picture can be chosen once more.
              currentTarget.value = '';
            }
          });
        }}
      />
      {isBusy ? busyLabel : label}
    </label>
  );
}
