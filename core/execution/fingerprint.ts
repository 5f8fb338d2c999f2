// What a step is made of, in one number: module, version, parameters, input files, and the very runs of the steps it
// depends on. The same fingerprint again means that nothing it depends on has changed.

import { createHash } from 'node:crypto';
import fs from 'node:fs/promises';
import { removedFile } from '../common/index.ts';
import { aftergateVersion, type Module, parseParameters } from '../modules/index.ts';
import type { Step } from './plan.ts';

/** @param before what came of the steps it depends on, one text each @param missing removed files that do not count as there */
export async function fingerprintOf(step: Step, module: Module, before: readonly string[], missing: ReadonlySet<string> = new Set()): Promise<string> {
  const content = {
    module: module.name,
    version: aftergateVersion,
    parameters: parseParameters(module.sections, step.input, () => undefined),
    inputs: await Promise.all(step.inputs.map((file) => fileIdentity(file, missing))),
    before,
  };
  return createHash('sha256').update(JSON.stringify(content, sortedKeys)).digest('hex');
}

/** Path, size and time of the last change, also of a file that was removed on purpose; size null when there is no such file. */
async function fileIdentity(file: string, missing: ReadonlySet<string>): Promise<{ path: string; size: number | null; mtime: number | null }> {
  const stats = (await fs.stat(file).catch(() => undefined)) ?? (missing.has(file) ? undefined : await removedFile(file));
  return { path: file, size: stats?.size ?? null, mtime: stats?.mtimeMs ?? null };
}

/** Tells a file from the one that took its place, even when that was written within the same moment; undefined for none. */
export async function fileVersion(file: string): Promise<string | undefined> {
  const stats = await fs.stat(file, { bigint: true }).catch(() => undefined);
  return stats && `${stats.ino} ${stats.size} ${stats.mtimeNs} ${stats.ctimeNs}`;
}

function sortedKeys(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
