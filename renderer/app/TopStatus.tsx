// The right end of the top bar: what the queue does, in one line, and the way to search.

export function TopStatus() {
  return null;
}
