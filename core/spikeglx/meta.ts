// The .meta file beside every SpikeGLX binary: `key=value` lines. Read and written so that what is not changed on
// purpose keeps its bytes, keys nobody knows included.

import fs from 'node:fs';
import { InputFileError, inputFileError, parseDecimal } from '../common/index.ts';
import { readFile } from './fileCalls.ts';

export interface Meta {
  readonly path: string;
  /** Keys keep their `~`; values are verbatim but for white space around them. */
  readonly values: ReadonlyMap<string, string>;
  /** Old Windows rigs wrote Latin-1; such a file is written back as Latin-1. */
  readonly encoding: 'utf8' | 'latin1';
}

/** Throws InputFileError when the bytes are not `key=value` lines. BOM, CRLF and blank lines are fine. */
export function parseMeta(bytes: Uint8Array, path: string): Meta {
  const { text, encoding } = decode(bytes);
  const values = new Map<string, string>();
  text.split(/\r\n|\n|\r/).forEach((raw, index) => {
    const line = withoutComment(raw).trim();
    if (line === '') return;
    const split = line.indexOf('=');
    if (split < 0) throw notAMeta(path, `line ${index + 1} has no '='`);
    const key = line.slice(0, split).trim();
    if (key === '') throw notAMeta(path, `line ${index + 1} has no key before its '='`);
    values.set(key, line.slice(split + 1).trim());
  });
  if (values.size === 0) throw notAMeta(path, 'it is empty');
  return { path, values, encoding };
}

export async function readMeta(path: string): Promise<Meta> {
  try {
    return parseMeta(await readFile(path), path);
  } catch (error) {
    throw inputFileError(path, error);
  }
}

export function readMetaSync(path: string): Meta {
  try {
    return parseMeta(fs.readFileSync(path), path);
  } catch (error) {
    throw inputFileError(path, error);
  }
}

export function metaText(meta: Meta, key: string): string | undefined {
  return meta.values.get(key);
}

/** Throws InputFileError when the key is absent. */
export function requireText(meta: Meta, key: string): string {
  const value = meta.values.get(key);
  if (value === undefined) throw new InputFileError(meta.path, `has no key '${key}'`, { next: 'The meta file is incomplete or not the one of this stream.' });
  return value;
}

/** Undefined when the key is absent or empty. Throws InputFileError when the value is not a number. */
export function metaNumber(meta: Meta, key: string): number | undefined {
  const text = meta.values.get(key);
  if (text === undefined || text === '') return undefined;
  const value = parseDecimal(text);
  if (value === undefined) throw new InputFileError(meta.path, `'${key}' should be a number but is '${text}'`);
  return value;
}

export function requireNumber(meta: Meta, key: string): number {
  const value = metaNumber(meta, key);
  if (value === undefined) requireText(meta, key);
  if (value === undefined) throw new InputFileError(meta.path, `'${key}' is empty`);
  return value;
}

/** Integers of a comma list such as `snsApLfSy=384,0,1`; undefined when the key is absent. */
export function metaCounts(meta: Meta, key: string): number[] | undefined {
  const text = meta.values.get(key);
  if (text === undefined) return undefined;
  const counts = text.split(',').map((item) => Number(item));
  if (counts.some((count) => !Number.isInteger(count) || count < 0)) throw new InputFileError(meta.path, `'${key}' should be a list of counts but is '${text}'`);
  return counts;
}

/** A copy with some values changed; undefined removes a key, numbers are printed in shortest round-trip form. */
export function editMeta(meta: Meta, changes: Record<string, string | number | undefined>): Meta {
  const values = new Map(meta.values);
  for (const [key, value] of Object.entries(changes)) {
    if (value === undefined) values.delete(key);
    else values.set(key, String(value));
  }
  return { ...meta, values };
}

/** `key=value` lines sorted by code point, LF, in the encoding the file had. */
export function serializeMeta(meta: Meta): Uint8Array {
  const lines = [...meta.values].sort(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  const text = lines.map(([key, value]) => `${key}=${value}\n`).join('');
  return encodeLike(meta, text);
}

/** Bytes of `text` in the meta's encoding; UTF-8 when Latin-1 cannot hold it. */
export function encodeLike(meta: Meta, text: string): Uint8Array {
  const fitsLatin1 = ![...text].some((character) => character > '\u00ff');
  return Buffer.from(text, meta.encoding === 'latin1' && fitsLatin1 ? 'latin1' : 'utf8');
}

function decode(bytes: Uint8Array): { text: string; encoding: Meta['encoding'] } {
  try {
    // TextDecoder drops a BOM by itself.
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), encoding: 'utf8' };
  } catch {
    return { text: Buffer.from(bytes).toString('latin1'), encoding: 'latin1' };
  }
}

/**
 * The native tools' comment rule: `[` anywhere, or `;`, `#`, `//` at the start of a line or after white space, ends the
 * line, unless the line speaks of a file, notes or a map (paths and tables may hold those marks). Command lines hold
 * paths too; the native tools cut them, which would lose them when the meta is written again.
 */
function withoutComment(line: string): string {
  if (!/[[;#]|\/\//.test(line) || /file|notes|map|^catGTCmdline/i.test(line)) return line;
  return line.replace(/(\[|(^|\s)(;|#|\/\/)).*$/, '');
}

function notAMeta(path: string, why: string): InputFileError {
  return new InputFileError(path, `not a SpikeGLX meta file: ${why}`);
}
