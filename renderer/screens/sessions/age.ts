// How long ago something was, in the largest unit that fits.

/** @param at ISO 8601 @param now_ms ms since 1970 */
export function age(at: string, now_ms: number): string {
  const minutes = Math.max(0, Math.floor((now_ms - Date.parse(at)) / 60_000));
  if (!Number.isFinite(minutes)) return '';
  if (minutes < 1) return 'just now';
  if (minutes < 60) return `${minutes} min ago`;
  if (minutes < 48 * 60) return `${Math.floor(minutes / 60)} h ago`;
  return `${Math.floor(minutes / 1440)} days ago`;
}
