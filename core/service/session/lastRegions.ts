// The region each probe was given last, by its serial number: a probe stays in its animal, so the next session begins with
// the region it had.

import { isAftergateError } from '../../common/index.ts';
import { probesOf, type ProbeRegion, regionsOf, specsOf } from '../../pipelines/exchange/index.ts';
import { metaText, readMeta } from '../../spikeglx/index.ts';
import type { RunDetails, SessionContent } from '../contract/index.ts';
import type { Profile } from '../house/index.ts';

export interface LastRegions {
  /** For probes of these runs; undefined: it was never given one, or its serial number is not known. */
  of(runs: readonly RunDetails[]): Promise<(runId: string, probe: number) => ProbeRegion | undefined>;
  keep(runs: readonly RunDetails[], session: SessionContent): Promise<void>;
}

const name = 'probes.lastRegions';
/** Keys of the serial number: of phase 3A, of all later probes. */
const serialKeys = ['imDatPrb_sn', 'imProbeSN'];

type BySerial = Readonly<Record<string, ProbeRegion>>;
const isRegion = (value: unknown): value is ProbeRegion => typeof value === 'string' || (Array.isArray(value) && value.every((each) => typeof each === 'string'));
const isBySerial = (value: unknown): value is BySerial => typeof value === 'object' && value !== null && Object.values(value).every(isRegion);

export function lastRegions(profile: Profile): LastRegions {
  const serials = new Map<string, string | undefined>();
  const known = () => profile.get(name, isBySerial) ?? {};

  /** Of every probe of a run, read once. */
  async function serialOf({ summary, files }: RunDetails, probe: number): Promise<string | undefined> {
    const key = `${summary.runId} ${probe}`;
    const file = files.find(({ stream }) => stream === `imec${probe}.ap`);
    if (!serials.has(key)) serials.set(key, file && (await readSerial(file.path.replace(/\.bin$/i, '.meta'))));
    return serials.get(key);
  }

  return {
    async of(runs) {
      const bySerial = known();
      const found = new Map<string, ProbeRegion>();
      if (Object.keys(bySerial).length === 0) return () => undefined;
      for (const run of runs) {
        for (const { index } of run.summary.probes) {
          const serial = await serialOf(run, index);
          if (serial !== undefined && Object.hasOwn(bySerial, serial)) found.set(`${run.summary.runId} ${index}`, bySerial[serial]);
        }
      }
      return (runId, probe) => found.get(`${runId} ${probe}`);
    },
    async keep(runs, session) {
      const given: Record<string, ProbeRegion> = {};
      for (const spec of specsOf(session)) {
        const run = runs.find(({ summary }) => summary.name.toLowerCase() === String(spec[0]).toLowerCase());
        const regions = regionsOf(spec);
        for (const [index, probe] of run ? probesOf(spec).entries() : []) {
          const serial = await serialOf(run!, probe);
          if (serial !== undefined) given[serial] = regions[index];
        }
      }
      const after = { ...known(), ...given };
      if (JSON.stringify(after) !== JSON.stringify(known())) await profile.set(name, after);
    },
  };
}

async function readSerial(metaPath: string): Promise<string | undefined> {
  try {
    const meta = await readMeta(metaPath);
    return serialKeys.map((key) => metaText(meta, key)).find((text) => text !== undefined && text !== '' && text !== '0');
  } catch (error) {
    if (!isAftergateError(error)) throw error;
    return undefined; // said where runs are looked at
  }
}
