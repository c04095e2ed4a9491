/** A typed phone number as it is kept: `0912 345 678` and `+84 912 345 678` are both `0912345678`. What is no number stays as typed. */
export function tidyPhone(typed: string): string {
  return typed.replace(/[\s.\-()]/g, '').replace(/^\+?84(?=\d{9}$)/, '0');
}
