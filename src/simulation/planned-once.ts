/**
 * The same statement with a plus, which does nothing, before each value that SQLite would look at for its plan: it makes the plan anew
 * each time such a value is bound, though without statistics it comes to the same one.
 */
export function plannedOnce(sql: string): string {
  return sql.replaceAll(/(= |limit )\?/g, '$1+?');
}
