/** From opened JSON to an entry: what can be said of it before any record is looked at. */
import { checkEntry, checkFields, entrySchema, maxChanges, unknownFieldIn } from '#domain/change.ts';
import type { Change, Entry } from '#domain/change.ts';
import { isReferredKind, feedbackKinds } from '#domain/feedback.ts';
import type { FeedbackKind } from '#domain/feedback.ts';
import { uuidSchema } from '#domain/identifiers.ts';
import { kindRules, parentIdOf } from '#domain/record.ts';
import { toRejection } from '#domain/rejection.ts';
import type { Rejection } from '#domain/rejection.ts';
import { err, ok } from '#domain/result.ts';
import type { Result } from '#domain/result.ts';
import { isShallow, maxEntryDepth } from '#sync/depth.ts';

/** What is known of opened bytes whatever schema they are written under. */
export interface EntryOutline {
  readonly entryId: string;
  readonly schema: number;
  readonly occurredAt: string;
  /** The records it touches or belongs to, as far as they can be read. */
  readonly recordIds: readonly string[];
  /** The records it sets that belong to another one. */
  readonly children: readonly { readonly recordId: string; readonly parentId: string }[];
  readonly opened: Readonly<Record<string, unknown>>;
}

/** Undefined: no entry at all; nothing can be told of it, not even a verdict. */
export function outlineOf(opened: unknown): EntryOutline | undefined {
  if (!isObject(opened) || !isShallow(opened, maxEntryDepth)) return undefined;
  const { entryId, schema, occurredAt, changes } = opened;
  if (!uuidSchema.safeParse(entryId).success) return undefined;
  const touched = (Array.isArray(changes) ? changes.slice(0, maxChanges) : []).map(touchedBy);
  const isText = (id: unknown): id is string => typeof id === 'string';
  return {
    entryId: entryId as string,
    schema: typeof schema === 'number' ? schema : 0,
    occurredAt: typeof occurredAt === 'string' ? occurredAt : '',
    recordIds: touched.flatMap(({ recordId, parentId }) => [recordId, parentId]).filter(isText),
    children: touched.flatMap(({ recordId, parentId }) => (isText(recordId) && isText(parentId) ? [{ recordId, parentId }] : [])),
    opened,
  };
}

function touchedBy(change: unknown): { recordId?: unknown; parentId?: unknown } {
  if (!isObject(change)) return {};
  const { recordId, kind, set } = change;
  const parentId = typeof kind === 'string' && Object.hasOwn(kindRules, kind) && isObject(set) ? parentIdOf(kind as Change['kind'], set) : undefined;
  return { recordId, parentId };
}

/** The local day that an entry names; undefined where it names none: what another schema writes there may be no time at all. */
export function dayIn({ occurredAt }: Pick<EntryOutline, 'occurredAt'>): string | undefined {
  return /^\d{4}-\d{2}-\d{2}/.exec(occurredAt)?.[0];
}

/** Written by a newer program: it waits for the upgrade. */
export function isOfNewerSchema(outline: EntryOutline, newestRead: number): boolean {
  return Number.isInteger(outline.schema) && outline.schema > newestRead;
}

/**
 * The entry, strictly. What a schema forbids to keep (an unknown field, a complaint's content, a household beside unnamed feedback) is
 * refused here, before permission: an entry that is set aside or waits is kept with its content.
 */
export function readEntry(outline: EntryOutline): Result<Entry, Rejection> {
  const parsed = entrySchema.safeParse(outline.opened, { reportInput: true });
  if (!parsed.success) return err(toRejection(parsed.error.issues));
  if (hasHiddenField(outline.opened)) return err({ code: 'unknown_field', field: hiddenField });
  const entry = parsed.data;
  for (const change of entry.changes) {
    const rejection = contentNobodyKeeps(change);
    if (rejection !== undefined) return err(rejection);
  }
  const rejection = checkEntry(entry);
  return rejection === undefined ? ok(entry) : err(rejection);
}

/** The schema of a record's fields passes over this name without a word; an entry that waits would be kept with what stands under it. */
const hiddenField = '__proto__';

function hasHiddenField({ changes }: Readonly<Record<string, unknown>>): boolean {
  return Array.isArray(changes) && changes.some((change) => isObject(change) && isObject(change['set']) && Object.hasOwn(change['set'], hiddenField));
}

function contentNobodyKeeps(change: Change): Rejection | undefined {
  if (!('set' in change)) return undefined;
  const set = Object.fromEntries(Object.entries(change.set).filter(([, value]) => value !== null));
  // A correction names some fields only, so that most rules can be asked of the whole record alone. An event, new feedback, and
  // feedback with its (fixed) kind, are always whole.
  const isWhole = change.kind === 'feedback_event' || (change.kind === 'feedback' && (change.base === 0 || isReferred(set['kind'])));
  return unknownFieldIn(change) ?? (isWhole ? checkFields(change.kind, set) : undefined);
}

function isReferred(kind: unknown): boolean {
  return (feedbackKinds as readonly unknown[]).includes(kind) && isReferredKind(kind as FeedbackKind);
}

/** One text for one content, whatever the order of keys. What says when and in which order it was sent is left out. */
export function contentOf(outline: EntryOutline): string {
  const { deviceSeq: _seq, after: _after, ...content } = outline.opened;
  return canonicalJson(content);
}

function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (!isObject(value)) return JSON.stringify(value);
  const members = Object.keys(value).toSorted().map((key) => `${JSON.stringify(key)}:${canonicalJson(value[key])}`);
  return `{${members.join(',')}}`;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
