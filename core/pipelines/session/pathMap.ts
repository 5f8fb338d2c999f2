// Paths of a session on this computer: relative ones start at the session file, those of another computer are mapped.

import path from 'node:path';
import { ParameterError } from '../../common/index.ts';

export interface PathRules {
  /** Folder relative paths start from. */
  readonly base: string;
  readonly map: readonly { readonly from: string; readonly to: string }[];
}

/** @param name key of the session. Throws ParameterError for a Windows path elsewhere. */
export function resolvePath(text: string, name: string, { base, map }: PathRules): string {
  const mapped = mapPath(text, map);
  if (process.platform !== 'win32' && /^([A-Za-z]:[\\/]|\\\\)/.test(mapped)) {
    throw new ParameterError(`${name}: '${text}' is a path of a Windows computer`, { next: 'Say with path_map what it is here: [{"from": "D:\\\\data", "to": "/mnt/data"}].' });
  }
  return path.resolve(base, mapped);
}

/** The longest `from` that begins the path, folder by folder, is replaced. */
export function mapPath(text: string, map: PathRules['map']): string {
  const fitting = map.filter(({ from }) => restOf(text, from) !== undefined).sort((a, b) => b.from.length - a.from.length)[0];
  if (!fitting) return text;
  const rest = restOf(text, fitting.from)!;
  return `${fitting.to.replace(/[\\/]+$/, '')}${fitting.to.includes('\\') ? rest : rest.replaceAll('\\', '/')}`;
}

/** What follows `from`, its separator included. Both separators are alike, and paths with a drive letter know no case. */
function restOf(text: string, from: string): string | undefined {
  const windows = /^([A-Za-z]:|\\\\)/.test(from);
  const plain = (value: string) => (windows ? value.replaceAll('\\', '/').toLowerCase() : value);
  const head = plain(from).replace(/\/+$/, '');
  const whole = plain(text);
  return whole === head || whole.startsWith(`${head}/`) ? text.slice(head.length) : undefined;
}
