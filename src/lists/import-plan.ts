/** What an import would write, before anything is written: the same for a dry run, a preview and the writing itself. */
import type { EntryDraft } from '#domain/change.ts';
import type { Area } from '#domain/area.ts';
import type { RecordKind, RecordState } from '#domain/record.ts';
import type { ListLayout } from './layout.ts';
import type { RowPlace, WrongRow } from './row-reader.ts';

/** The commune's records at hand. Of the kinds that a layout does not ask for, none need be given. */
export interface ImportRecords {
  readonly commune: RecordState<'area'>;
  /** The commune's hamlets, merged ones too. */
  readonly hamlets: readonly RecordState<'area'>[];
  readonly households?: readonly RecordState<'household'>[];
  readonly people?: readonly RecordState<'prestigious_person'>[];
  readonly terms?: readonly RecordState<'prestigious_term'>[];
  readonly feedback?: readonly RecordState<'feedback'>[];
  readonly units?: readonly RecordState<'unit'>[];
  readonly models?: readonly RecordState<'mobilization_model'>[];
}

/** What is done with a row that may be somebody who is there already. */
export const nearAnswers = ['merge', 'keep_both', 'skip'] as const;
export type NearAnswer = (typeof nearAnswers)[number];

/** `closed`: the very same one, but closed in the register; merging opens it again. `same_title`: of a model, whoever its owner is. */
export type NearReason = LikenessReason | 'closed' | 'same_title';
export type LikenessReason = 'same_name' | 'same_phone' | 'same_house';

export interface NearQuestion extends RowPlace {
  /** By which the answer is given; the same as long as the file is. */
  readonly id: string;
  readonly reason: NearReason;
  readonly said: string;
  /** What it is like: a record of the register, or an earlier row of the list. */
  readonly like: ({ readonly recordId: string } | RowPlace) & { readonly said: string };
  /** By merging, what would become of which field. */
  readonly differs: readonly FieldDifference[];
  /** Undefined: nobody has answered, and the row is not written. */
  readonly answer: NearAnswer | undefined;
  /** False: another row of the list is that record already, or mends it; merging is no answer, and the row waits for another one. */
  readonly mayMerge: boolean;
}

export interface FieldDifference {
  readonly field: string;
  readonly from: unknown;
  readonly to: unknown;
}

export interface Decisions {
  readonly answers: Readonly<Record<string, NearAnswer>>;
  /** For every question that has no answer of its own. */
  readonly otherwise?: NearAnswer | undefined;
  /** Hamlets are made by the commune's administrator. */
  readonly allowsNewHamlets: boolean;
  /** False: whoever imports may not read what is said about staff, could neither take it further nor know it again, and its rows are refused. */
  readonly allowsAboutStaff: boolean;
}

/** One row's writing: ids and codes are made when entries are. */
export interface PlannedCreation extends RowPlace {
  readonly kind: RecordKind;
  readonly areaId: string;
  readonly fields: Readonly<Record<string, unknown>>;
  /** Records that belong to it, and name it in `parentField` once it has its id. */
  readonly with?: readonly { readonly kind: RecordKind; readonly parentField: string; readonly fields: Readonly<Record<string, unknown>> }[];
}

/** A correction of a record that is there. */
export interface PlannedMerge extends RowPlace {
  readonly record: RecordState;
  readonly set: Readonly<Record<string, unknown>>;
  readonly differs: readonly FieldDifference[];
}

/**
 * Something a person should know, and nothing that stops the row. `same_number`: the number is another household's as well (`said`). `wording`: a citizen's own words
 * hold some that do not belong in notes (`said`; kept nowhere else). `unit_unknown`: answered by a unit that the commune has not (`said`). `no_due_day`: assigned
 * without one, so it is due as if assigned on the day it came. `loose_answer`: a result without a day is not read in. `no_hamlet`: it lies in the commune.
 */
export interface RowNote extends RowPlace {
  readonly code: 'same_number' | 'wording' | 'unit_unknown' | 'no_due_day' | 'loose_answer' | 'no_hamlet' | 'phone_left_out';
  readonly said: string;
}

/** What a list comes to, against the records at hand. Pure: the same twice. */
export interface Reckoning {
  readonly layout: ListLayout;
  readonly createHamlets: readonly Area[];
  readonly create: readonly PlannedCreation[];
  readonly merge: readonly PlannedMerge[];
  /** Rows that are one with an earlier row of the list, as a person answered: what that one leaves open they give. */
  readonly joined: readonly RowPlace[];
  /** In the records already, and left as they are. `differs`: the list says something else of them. */
  readonly unchanged: readonly (RowPlace & { readonly recordId: string; readonly differs: readonly FieldDifference[] })[];
  /** A person answered that they be left out. */
  readonly skipped: readonly RowPlace[];
  readonly questions: readonly NearQuestion[];
  readonly wrong: readonly WrongRow[];
  readonly notes: readonly RowNote[];
}

export interface ImportPlan extends Reckoning {
  /** To be written together, in this order, or not at all: hamlets first, since the rest lies in them. */
  readonly entries: readonly EntryDraft[];
  /** By which the import can be taken back. */
  readonly trace: ImportTrace;
  readonly counts: ImportCounts;
}

export interface ImportCounts {
  /** Rows that become a record of their own. */
  readonly created: number;
  /** Rows that complete a record, or an earlier row. */
  readonly merged: number;
  readonly unchanged: number;
  readonly skipped: number;
  /** Waiting for an answer. */
  readonly open: number;
  readonly wrong: number;
}

/** What an import wrote: small, and plain JSON. */
export interface ImportTrace {
  readonly created: readonly TracedRecord[];
  readonly merged: readonly { readonly recordId: string; readonly kind: RecordKind; readonly differs: readonly FieldDifference[] }[];
}

export interface TracedRecord {
  readonly recordId: string;
  readonly kind: RecordKind;
  /** Of what was written (`fingerprintOf`): by it a later change is known, and nobody's name stands in the trace. */
  readonly fingerprint: string;
  /** The record of the same import that it belongs to. */
  readonly of?: string | undefined;
}
