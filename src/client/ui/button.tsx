import type { ComponentProps } from 'react';
import { Link } from 'wouter';
import { classNames } from './class-names.ts';
import styles from './button.module.css';

/** `primary`: the one strong action of a screen. `bare`: a quiet one inside a line. */
export type ButtonVariant = 'primary' | 'plain' | 'danger' | 'bare';

interface ButtonLook {
  readonly variant?: ButtonVariant | undefined;
  /** Takes the whole width: the main button of a phone form. */
  readonly wide?: boolean | undefined;
}

export function Button({ variant = 'plain', wide, className, type = 'button', ...rest }: ComponentProps<'button'> & ButtonLook) {
  return <button type={type} className={classNames(buttonClass({ variant, wide }), className)} {...rest} />;
}

interface ButtonLinkProps extends Omit<ComponentProps<'a'>, 'href'>, ButtonLook {
  readonly href: string;
}

/** Looks like a button and goes somewhere: a path of this app, or `tel:` and `https:` outside it. */
export function ButtonLink({ variant = 'plain', wide, href, className, children, ...rest }: ButtonLinkProps) {
  const look = classNames(buttonClass({ variant, wide }), className);
  if (href.startsWith('/')) {
    return (
      <Link href={href} className={look} {...rest}>
        {children}
      </Link>
    );
  }
  return (
    <a href={href} className={look} {...rest}>
      {children}
    </a>
  );
}

/** For what is pressed like a button and is none. */
export function buttonClass({ variant = 'plain', wide }: ButtonLook): string {
  return classNames(styles['button'], styles[variant], wide === true && styles['wide']);
}
