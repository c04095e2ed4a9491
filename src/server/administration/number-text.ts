const format = new Intl.NumberFormat('vi');

/** `3.321`, as it is written in Vietnam. */
export function numberText(value: number): string {
  return format.format(value);
}
