// Text inside Python source.

const named: Readonly<Record<string, string>> = { '\\': '\\\\', "'": "\\'", '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** A Python string literal of plain ASCII: programs read params.py in whatever encoding their computer prefers. */
export function pythonText(text: string): string {
  return `'${text.replace(/[^ -~]|[\\']/gu, (char) => named[char] ?? escaped(char.codePointAt(0)!))}'`;
}

function escaped(code: number): string {
  const hex = code.toString(16);
  if (code < 0x10000) return `\\u${hex.padStart(4, '0')}`;
  return `\\U${hex.padStart(8, '0')}`;
}
