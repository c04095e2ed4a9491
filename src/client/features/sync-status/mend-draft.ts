/** The draft in which a mending is kept while it is typed. */
export function mendDraftId(entryId: string): string {
  return `mend-${entryId}`;
}
