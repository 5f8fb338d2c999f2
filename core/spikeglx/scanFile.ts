// One file of a run as a scan sees it: what matters of its meta, and the size of its binary, which is never opened.

import path from 'node:path';
import { isAftergateError } from '../common/index.ts';
import { errorFlags } from './errorFlags.ts';
import { stat } from './fileCalls.ts';
import type { FoundFile } from './findFiles.ts';
import { lengthOf } from './files.ts';
import type { FileLength } from './files.ts';
import { metaText, readMeta } from './meta.ts';
import type { Meta } from './meta.ts';
import { findMissedSamples } from './missedSamples.ts';
import type { MayHold, MissedSamples } from './missedSamples.ts';
import { streamLabel } from './names.ts';
import type { StreamId } from './names.ts';
import { findProbeFacts, partNumber } from './probes.ts';
import { sitePicture } from './scanPicture.ts';
import type { SitePicture } from './scanPicture.ts';
import { isSurvey, streamFacts } from './stream.ts';

export interface ScannedFile extends FoundFile {
  /** `imec0.ap`. */
  readonly label: string;
  /** Of the .bin, whether it exists or not. */
  readonly path: string;
  /** Of the .bin; 0 without one. */
  readonly bytes: number;
  /** When the .bin was last written, ms since 1970. */
  readonly modified: number;
  /** Undefined when the meta is missing or cannot be used. */
  readonly content?: MetaSummary & { readonly length: FileLength; readonly missed: MissedSamples | null };
  /** What is wrong with the meta, in a sentence. */
  readonly problem?: string;
}

/** A thousand runs have thousands of metas: only this much of each is kept. */
export interface MetaSummary {
  readonly columns: number;
  readonly neural: number;
  readonly rate: number;
  readonly firstSample: number | undefined;
  /** fileCreateTime; empty when absent. */
  readonly created: string;
  readonly survey: boolean;
  /** syncSourceIdx is there and not 0, "none". */
  readonly hasSync: boolean;
  /** syncSourceIdx: 1 external, 2 NI, from 3 on a slot of probes; null when absent. */
  readonly syncSource: number | null;
  /** syncSourcePeriod, s; null when absent. */
  readonly syncPeriod: number | null;
  /** appVersion; empty when absent. */
  readonly software: string;
  /** `imErrFlags0: CT 3, LK 1`. */
  readonly errorFlags: readonly string[];
  readonly probe?: ProbeSummary;
}

export interface ProbeSummary {
  readonly partNumber: string | null;
  readonly known: boolean;
  readonly type: number | null;
  readonly shanks: number | null;
  /** True when the meta tells positions in um. */
  readonly hasPositions: boolean;
  /** Saved sites that are in use. */
  readonly sites: number;
  /** Shared by all files with the same sites; null when the meta does not tell where they are. */
  readonly picture: SitePicture | null;
}

/** @param mayHold whether a list of missed samples may lie in a folder; all are looked into by default */
export async function scanFile(found: FoundFile, mayHold?: MayHold): Promise<ScannedFile> {
  const binPath = path.join(found.folder, `${found.stem}.bin`);
  const [bin, read] = await Promise.all([
    found.hasBin ? stat(binPath).catch(() => undefined) : undefined,
    found.hasMeta ? usableMeta(found) : undefined,
  ]);
  const bytes = bin?.size ?? 0;
  const file = { ...found, label: streamLabel(found.name.stream), path: binPath, hasBin: bin !== undefined, bytes, modified: bin?.mtimeMs ?? 0 };
  if (!read || 'problem' in read) return { ...file, ...read };
  const length = lengthOf(bytes, read.meta);
  const missed = found.name.stream.kind === 'ap' ? await findMissedSamples(found, read.summary.firstSample, length.samples, mayHold) : null;
  return { ...file, content: { ...read.summary, length, missed } };
}

async function usableMeta(found: FoundFile): Promise<{ meta: Meta; summary: MetaSummary } | { problem: string }> {
  try {
    const meta = await readMeta(path.join(found.folder, `${found.stem}.meta`));
    return { meta, summary: summarise(meta, found.name.stream) };
  } catch (error) {
    if (isAftergateError(error)) return { problem: error.message };
    throw error;
  }
}

function summarise(meta: Meta, stream: StreamId): MetaSummary {
  const { columns, neural, rate, firstSample } = streamFacts(meta, stream);
  return {
    columns,
    neural,
    rate,
    firstSample,
    created: ownText(metaText(meta, 'fileCreateTime') ?? ''),
    survey: isSurvey(meta),
    hasSync: !['0', '', undefined].includes(metaText(meta, 'syncSourceIdx')),
    syncSource: finite(metaText(meta, 'syncSourceIdx')),
    syncPeriod: finite(metaText(meta, 'syncSourcePeriod')),
    software: ownText(metaText(meta, 'appVersion') ?? ''),
    errorFlags: errorFlags(meta),
    probe: stream.kind === 'ap' || stream.kind === 'lf' ? probeSummary(meta, neural) : undefined,
  };
}

function probeSummary(meta: Meta, neural: number): ProbeSummary {
  const facts = findProbeFacts(meta);
  const geomMap = metaText(meta, '~snsGeomMap');
  const map = geomMap ?? metaText(meta, '~snsShankMap');
  return {
    partNumber: ownText(partNumber(meta) ?? '') || null,
    known: facts !== undefined,
    type: facts?.type ?? null,
    shanks: facts?.shanks ?? mappedShanks(geomMap),
    hasPositions: geomMap !== undefined,
    sites: neural - (map?.match(/:0\)/g)?.length ?? 0), // entries are (shank:x:y:used)
    picture: sitePicture(meta),
  };
}

function finite(text: string | undefined): number | null {
  const value = Number(text || NaN);
  return Number.isFinite(value) ? value : null;
}

/** Of a header `(part number,shanks,...)`. */
function mappedShanks(map: string | undefined): number | null {
  const shanks = /^\([^,)]*,(\d+)/.exec(map ?? '')?.[1];
  return shanks === undefined ? null : Number(shanks);
}

/** A copy: a part of a string keeps the whole meta in memory. */
function ownText(text: string): string {
  return Buffer.from(text).toString();
}
