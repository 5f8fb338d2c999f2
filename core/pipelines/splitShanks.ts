// What is sorted of a probe: all of it, or shank by shank from files of their own (CatGT's -sepShanks), each as a probe of
// its own and aligned by its probe's sync edges. Probes of one shank are sorted whole.

import fs from 'node:fs/promises';
import { isAftergateError } from '../common/index.ts';
import { type CatGTOptions, parseCatGTArguments, selectOutputs, shanksInUse, type StreamInput, subsetMeta } from '../engines/catgt/index.ts';
import { physicalProbe, shankNumber, splitOptions } from '../notation/index.ts';
import { ephysParams, type EphysParams, parseSglxName, streamFacts } from '../spikeglx/index.ts';
import type { Device } from './recording/recording.ts';
import type { MultiRunSession } from './session/parseSession.ts';
import { isSortedApart, type RunSpec } from './session/runSpecs.ts';
import { catgtTag, probeFiles } from './steps/names.ts';

/** CatGT's option has places for so many shanks. */
const places = 4;

/** What is sorted by itself: a probe, or a shank of it that has a file of its own. */
export interface Piece {
  /** `imec1`, `imec1012`: in the names of files and folders. */
  readonly label: string;
  readonly index: number;
  /** What its meta says, or will say. */
  readonly params: EphysParams;
}

export interface DividedProbe {
  readonly pieces: readonly Piece[];
  /** How CatGT is told. */
  readonly option?: string;
  /** What the user should know. */
  readonly note?: string;
}

export function wholeProbe({ label, index, meta }: Pick<Device, 'label' | 'index' | 'meta'>): Piece {
  return { label, index, params: ephysParams(meta!) };
}

/** In a session that splits all probes, or one in which this probe is sorted apart. */
export function isDivided({ kind }: Pick<MultiRunSession, 'kind'>, spec: RunSpec, probe: number): boolean {
  return kind === 'split-shanks' || isSortedApart(spec, probe);
}

/** The pieces that CatGT is to make of a probe of the recording. Throws InputFileError. */
export function divideRecorded(session: MultiRunSession, spec: RunSpec, probe: Device): DividedProbe {
  return isDivided(session, spec, probe.index) ? divideProbe(session, probe) : { pieces: [wholeProbe(probe)] };
}

/** The numbers of the files that CatGT has made of a probe before. */
export async function dividedBefore(session: MultiRunSession, spec: RunSpec, probe: number): Promise<readonly number[]> {
  if (!isDivided(session, spec, probe)) return [probe];
  const { folder } = probeFiles(session.catGT_dest, spec.run, spec.gates[0], probe, catgtTag(session));
  const names = await fs.readdir(folder).catch(() => []);
  const numbers = names.flatMap((name) => {
    const parsed = name.endsWith('.bin') ? parseSglxName(name) : undefined;
    return parsed?.trigger === 'cat' && parsed.stream.kind === 'ap' ? [parsed.stream.index] : [];
  });
  const shanks = numbers.filter((number) => number !== probe && physicalProbe(number) === probe).sort((a, b) => a - b);
  return shanks.length > 0 ? shanks : [probe];
}

/** Anew for every probe and run: what one is told is not told to the next. */
function divideProbe(session: MultiRunSession, probe: Pick<Device, 'label' | 'index' | 'meta'>): DividedProbe {
  const { label, index } = probe;
  const whole = { pieces: [wholeProbe(probe)] };
  const meta = probe.meta!;
  const stream = { kind: 'ap' as const, index };
  const input: StreamInput = { stream, fromAp: false, meta, facts: streamFacts(meta, stream), files: [] };
  const options = choosingOptions(session, index);
  const shanks = shanksInUse(input, options);
  if (!shanks) return { ...whole, note: `${label} has one shank: it is sorted whole` };
  if (shanks.length === 0) return { ...whole, note: `${label} has no site in use on any shank: it is sorted whole` };
  const indexes = Array.from({ length: places }, (_, shank) => (shanks.includes(shank) ? shankNumber(index, shank) : -1));
  const { outputs, probesEnabled } = selectOutputs(input, { ...options, shankSplits: [{ ip: index, indexes }] });
  return {
    option: `-sepShanks=${[index, ...indexes].join(',')}`,
    pieces: outputs.filter((output) => indexes.includes(output.index)).map((output) => ({ label: `imec${output.index}`, index: output.index, params: ephysParams(subsetMeta(meta, output.columns!, probesEnabled)) })),
    ...(shanks.length < places ? { note: leftOutNote(label, indexes) } : {}),
  };
}

function leftOutNote(label: string, indexes: readonly number[]): string {
  const unused = indexes.flatMap((number, shank) => (number < 0 ? [shank] : []));
  return `${label}: ${unused.length === 1 ? `shank ${unused[0]} has` : `shanks ${unused.join(' and ')} have`} no sites in use and ${unused.length === 1 ? 'is' : 'are'} left out`;
}

/** Those of the session's options that choose channels. What CatGT would refuse it says itself, later. */
function choosingOptions(session: MultiRunSession, probe: number): CatGTOptions {
  const base = ['-dir=/', '-run=r', '-g=0', '-t=0', '-ap', `-prb=${probe}`];
  const words = splitOptions(session.catGT_cmd_string).filter((word) => /^-(maxZ|chnexcl)=/.test(word));
  try {
    return parseCatGTArguments([...base, ...words, ...depthOption(session, probe)], '/');
  } catch (error) {
    if (!isAftergateError(error)) throw error;
    return parseCatGTArguments(base, '/');
  }
}

/** The parameter of catGT_helper for all probes, as it will hand it on. */
function depthOption({ overrides }: MultiRunSession, probe: number): string[] {
  const { maxZ_um } = (overrides.catGT_helper_params ?? {}) as { readonly maxZ_um?: unknown };
  return typeof maxZ_um === 'number' && maxZ_um > 0 ? [`-maxZ=${probe},1,${maxZ_um}`] : [];
}
