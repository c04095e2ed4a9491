/** Numbers as the page's language (`<html lang>`) writes them: `1.000.000` in Vietnamese, whatever the phone is set to. */
export function formatNumber(number: number): string {
  return new Intl.NumberFormat(document.documentElement.lang || 'vi').format(number);
}
