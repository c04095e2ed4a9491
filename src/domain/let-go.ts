/** What stands where words were let go of (retention.ts) and the record goes on without them: a value its schema takes, so that every program reads it. */
export const letGoText = 'Đã xóa (hết hạn giữ)';

/** A text that was let go of, whichever program shows it. */
export function isLetGo(value: unknown): boolean {
  return value === letGoText;
}
