import type { ReactNode } from 'react';
import { buttonClass } from './button.tsx';
import { FileButton } from './file-field.tsx';

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
export function PictureField({ takes, onPicture, ...field }: PictureFieldProps) {
  return <FileButton {...field} look={buttonClass({})} accept="image/*" capture={takes === true ? 'environment' : undefined} onFile={onPicture} />;
}
