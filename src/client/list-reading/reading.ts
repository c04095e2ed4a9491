/** What a page asks of the worker that reads lists, and what comes back: plain values that can be cloned. The rows of the file stay in the worker. */
import type { EntryDraft } from '#domain/change.ts';
import type { Decisions, ImportCounts, ImportRecords, ImportTrace, NearQuestion, Reckoning, RowNote } from '#lists/import-plan.ts';
import type { ListLayout } from '#lists/layout.ts';
import type { DroppedColumn, Mapping, ProposedColumn } from '#lists/mapping.ts';
import type { LeftOut, SheetError } from '#lists/read-list.ts';
import type { WrongRow } from '#lists/row-reader.ts';
import type { TableError, TextEncoding } from '#tables/table.ts';

/** A file that was read. `columns`: of all sheets in which a heading was found, each once; empty: no such list is in it. */
export interface OpenedList {
  readonly kind: 'xlsx' | 'csv';
  readonly encoding: TextEncoding;
  readonly sheets: readonly string[];
  readonly columns: readonly ProposedColumn[];
}

export interface ReckonAsk {
  readonly layout: ListLayout;
  readonly mapping: Mapping;
  readonly records: ImportRecords;
  readonly decisions: Decisions;
  /** `YYYY-MM-DD`. */
  readonly today: string;
  readonly sourceListId: string;
}

/** What a person looks at before anything is written. */
export interface ReckonedList extends Pick<Reckoning, 'createHamlets' | 'wrong' | 'notes' | 'questions'> {
  readonly counts: ImportCounts;
  /** How many new ones lie in which area. */
  readonly createdIn: readonly { readonly areaId: string; readonly count: number }[];
  /** Known ones of which the list says something else; they are left as they are. */
  readonly differing: number;
  readonly dropped: readonly DroppedColumn[];
  readonly leftOut: readonly LeftOut[];
  readonly skipped: { readonly empty: number; readonly totals: number; readonly other: number };
  readonly mendedPhones: number;
  /** By field, as the file writes it: for the file of rows that were left out. */
  readonly headings: readonly (readonly [field: string, heading: string])[];
}
export type { NearQuestion, RowNote, WrongRow };

export interface PlannedEntries {
  readonly entries: readonly EntryDraft[];
  readonly trace: ImportTrace;
}

/** Each call's arguments and answer. */
export interface ReadingCalls {
  open: { readonly ask: { readonly bytes: ArrayBuffer; readonly layout: ListLayout; readonly recalled: Mapping }; readonly answer: OpenedList | { readonly error: TableError } };
  reckon: { readonly ask: ReckonAsk; readonly answer: ReckonedList | { readonly error: SheetError } };
  /** Of what was reckoned last. `now`: milliseconds since 1970. */
  plan: { readonly ask: { readonly now: number; readonly memberId: string }; readonly answer: PlannedEntries };
}
export type ReadingCall = keyof ReadingCalls;
export interface ReadingRequest<C extends ReadingCall = ReadingCall> {
  readonly no: number;
  readonly call: C;
  readonly ask: ReadingCalls[C]['ask'];
}
export interface ReadingAnswer {
  readonly no: number;
  readonly answer?: unknown;
  /** A fault of this program, not of the file. */
  readonly fault?: string;
}
