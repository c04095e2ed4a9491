import { useState } from 'react';
import type { ComponentProps } from 'react';
import { useMessages } from '#client/languages/use-messages.ts';
import { Button } from './button.tsx';
import { Field } from './field.tsx';
import type { FieldWords } from './field.tsx';
import { Icon } from './icon.tsx';
import fieldStyles from './field.module.css';
import styles from './passphrase-field.module.css';

/** A secret one types: hidden until asked to show, and left alone by keyboards that correct or remember words. */
export function PassphraseField({ label, hint, error, ...input }: FieldWords & Omit<ComponentProps<'input'>, 'type'>) {
  const m = useMessages();
  const [isShown, setIsShown] = useState(false);
  return (
    <Field label={label} hint={hint} error={error} id={input.id}>
      {(tied) => (
        <div className={styles['both']}>
          <input
            autoCapitalize="none"
            autoCorrect="off"
            spellCheck={false}
            {...input}
            {...tied}
            type={isShown ? 'text' : 'password'}
            className={fieldStyles['input']}
          />
          <Button className={styles['show']} onClick={() => setIsShown(!isShown)} aria-controls={tied.id}>
            <Icon name={isShown ? 'eye_off' : 'eye'} />
            {isShown ? m.ui.hide : m.ui.show}
          </Button>
        </div>
      )}
    </Field>
  );
}
