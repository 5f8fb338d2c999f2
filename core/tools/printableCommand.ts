// A command line for people: what a log shows, and what can be pasted into a terminal. Programs are never started from it.

/** Arguments with anything but plain characters stand in quotes, as sh (or, on Windows, the C runtime) reads them. */
export function printableCommand(program: string, args: readonly string[], platform: NodeJS.Platform = process.platform): string {
  const quoted = platform === 'win32' ? forWindows : forPosix;
  return [program, ...args].map((word) => (/^[\w./:=,@%+-]+$/.test(word) ? word : quoted(word))).join(' ');
}

function forPosix(word: string): string {
  return `'${word.replaceAll("'", String.raw`'\''`)}'`;
}

/** Backslashes count only before a quote: there, and at the end, they are doubled. */
function forWindows(word: string): string {
  if (/^[\w.:\\/=,@+-]+$/.test(word)) return word;
  return `"${word.replace(/(\\*)"/g, String.raw`$1$1\"`).replace(/(\\+)$/, '$1$1')}"`;
}
