// file-list: AP files that CatGT (or somebody else) has prepared, each sorted by itself.

import path from 'node:path';
import { isAftergateError, ParameterError } from '../common/index.ts';
import type { Step } from '../execution/index.ts';
import { ephysParams, parseSglxName } from '../spikeglx/index.ts';
import type { Planned, Problem } from './expand.ts';
import { wholeFile } from './recording/wholeFile.ts';
import type { FileListSession, ListedFile } from './session/parseSession.ts';
import { runAndGate } from './steps/names.ts';
import { type ProbeToSort, probeSteps } from './steps/probeSteps.ts';

export async function expandFileList(session: FileListSession): Promise<Planned> {
  const probes = session.file_list.map((listed) => probeOf(session, listed));
  for (const [index, { id }] of probes.entries()) {
    const twin = probes.findIndex((other) => other.id.toLowerCase() === id.toLowerCase());
    if (twin < index) throw new ParameterError(`file_list[${index}]: ${id} is in file_list[${twin}] already`);
  }
  const steps: Step[] = [];
  const problems: Problem[] = [];
  for (const probe of probes) {
    try {
      const { seconds, meta } = await wholeFile(probe.bin, probe.meta, 'imSampRate');
      steps.push(...probeSteps(session, { ...probe, seconds, params: ephysParams(meta) }, { npx_directory: path.dirname(probe.bin) }));
    } catch (error) {
      if (!isAftergateError(error) || error.tag !== 'input-file') throw error;
      problems.push(problemOf(probe, error));
    }
  }
  return { steps, problems };
}

function problemOf({ id, run, gate, label }: ListedProbe, { message, next }: { message: string; next?: string }): Problem {
  return { what: id, run, gate, device: label, message, next };
}

type ListedProbe = Omit<ProbeToSort, 'params' | 'seconds'>;

function probeOf(session: FileListSession, { name, bin, region }: ListedFile): ListedProbe {
  const parsed = parseSglxName(path.basename(bin));
  if (parsed?.stream.kind !== 'ap' || !bin.endsWith('.bin')) throw new ParameterError(`${name}: ${bin} is not an AP file of SpikeGLX`, { next: 'Files are named like run_g0_tcat.imec0.ap.bin.' });
  const label = `imec${parsed.threeA ? '' : parsed.stream.index}`;
  const trigger = parsed.trigger === 'cat' ? '' : `_t${parsed.trigger}`;
  const id = `${runAndGate(parsed.run, parsed.gate)}${trigger}_${label}`;
  const meta = bin.replace(/\.bin$/, '.meta');
  return {
    id, label, run: parsed.run, gate: parsed.gate, probe: parsed.stream.index, region, regionKey: name, bin, meta, knownMeta: meta, dependsOn: [],
    folder: session.kilosort_output_parent === undefined ? path.dirname(bin) : path.join(session.kilosort_output_parent, id),
  };
}
