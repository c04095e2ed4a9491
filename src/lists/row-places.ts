/** Where rows stand, by what an answer about one of them is found again, and how a row is refused that was read without fault. */
import type { Decisions, NearAnswer } from './import-plan.ts';
import type { ListedRow, ReadList } from './read-list.ts';
import type { CellError, RowPlace, WrongRow } from './row-reader.ts';

export function placeIn({ sheet, line }: RowPlace): RowPlace {
  return { sheet, line };
}

export function questionId({ sheet, line }: RowPlace): string {
  return `${line} ${sheet}`;
}

export function answerTo(id: string, { answers, otherwise }: Decisions): NearAnswer | undefined {
  return Object.hasOwn(answers, id) ? answers[id] : otherwise;
}

export function refusalOf(list: Pick<ReadList, 'headings'>, listed: ListedRow, error: Omit<CellError, 'column'>): WrongRow {
  return { ...placeIn(listed), kept: listed.kept, errors: [{ column: list.headings.get(error.field) ?? '', ...error }] };
}
