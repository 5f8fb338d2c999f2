// The meta file beside each binary: the keys all streams have, and how the text is written (old or odd files included).

import type { RunDescription } from './description.ts';
import type { FilePlan, StreamPlan } from './plan.ts';
import type { MetaStyle } from './probeDescription.ts';

export type MetaValues = Record<string, string | number>;

/** Keys of every stream: file, times, triggers, sync source. `kind` is the value of typeThis. */
export function commonKeys(run: RunDescription, stream: StreamPlan, file: FilePlan, kind: 'imec' | 'nidq' | 'obx'): MetaValues {
  const bytes = 2 * stream.columns * file.samples;
  return {
    appVersion: '20240620',
    fileCreateTime: createTime(file.span.fromS),
    fileName: `D:/SGL_DATA/${file.base.replaceAll('\\', '/')}.bin`,
    fileSHA1: '0'.repeat(40),
    ...lengthKeys(stream, file, bytes),
    firstSample: file.firstSample,
    gateMode: 'Immediate',
    nDataDirs: new Set(run.probes.map((probe) => probe.drive)).size || 1,
    nSavedChans: stream.columns,
    syncSourceIdx: run.sync === null ? 0 : run.ni ? 2 : 3,
    syncSourcePeriod: run.sync?.periodS ?? 1,
    trigMode: run.spans.length > 1 ? 'Timed' : 'Immediate',
    typeImEnabled: run.probes.length,
    typeNiEnabled: run.ni ? 1 : 0,
    typeObEnabled: run.oneBoxes.length,
    typeThis: kind,
    userNotes: 'simulated',
  };
}

/** A run still being written, or one that crashed, has no length in its meta, or an old one. */
function lengthKeys(stream: StreamPlan, file: FilePlan, bytes: number): MetaValues {
  if (file.faults.includes('unfinished')) return {};
  const told = file.faults.includes('stale') ? 2 * stream.columns * Math.floor(file.samples * file.fraction) : bytes;
  return { fileSizeBytes: told, fileTimeSecs: told / (2 * stream.columns) / stream.metaRate };
}

export function metaBytes(values: MetaValues, style: MetaStyle): Uint8Array {
  const all: MetaValues = { ...values, ...(style.latin1 ? { userNotes: 'simulated; sujet à bande étroite, 37 °C' } : {}), ...style.set };
  const keys = Object.keys(all).filter((key) => !style.omit.includes(key)).sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  const end = style.crlf ? '\r\n' : '\n';
  const text = (style.bom ? '\ufeff' : '') + keys.map((key) => `${key}=${all[key]}${end}`).join('');
  return Buffer.from(text, style.latin1 ? 'latin1' : 'utf8');
}

/** The first of July 2024, noon, and so many seconds; local time without zone, as SpikeGLX writes it. */
function createTime(seconds: number): string {
  return new Date(Date.UTC(2024, 6, 1, 12) + 1000 * Math.floor(seconds)).toISOString().slice(0, 19);
}
