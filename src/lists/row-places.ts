/** Where rows stand, and by what an answer about one of them is found again. */
import type { RowPlace } from './row-reader.ts';

export function placeIn({ sheet, line }: RowPlace): RowPlace {
  return { sheet, line };
}

export function questionId({ sheet, line }: RowPlace): string {
  return `${line} ${sheet}`;
}
