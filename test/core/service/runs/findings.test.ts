import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../../core/service/contract/index.ts';
import { findingsOf } from '../../../../core/service/runs/findings.ts';
import { openScanner } from '../../../../core/spikeglx/index.ts';
import { temporaryFolder } from '../../../support/folders.ts';
import { apValues, type FileToWrite, niValues, writeRecording } from '../../spikeglx/recording.ts';

async function findings(files: readonly FileToWrite[]): Promise<Finding[]> {
  const folder = temporaryFolder();
  for (const file of files) await writeRecording(folder, file);
  const found: Finding[] = [];
  await openScanner().look([folder], { now: Date.now(), take: (_, runs) => void (runs.every((run) => run.known) && found.push(...runs.flatMap((run) => findingsOf(run, 'r', false)))) });
  return found;
}

const ap = (trigger: number, firstSample: number, created: string, more: Partial<FileToWrite> = {}): FileToWrite => (
  { at: `m_g0/m_g0_imec0/m_g0_t${trigger}.imec0.ap`, values: { ...apValues, firstSample, fileCreateTime: created }, samples: 30000, ...more });
const brief = (list: readonly Finding[]) => list.map(({ id, severity }) => [id, severity]);

describe('findings of a run', () => {
  it('notes gaps and overlaps once for all streams', async () => {
    const found = await findings([
      ap(0, 0, '2024-07-01T12:00:00'), ap(1, 27000, '2024-07-01T12:00:01'), ap(2, 90000, '2024-07-01T12:00:03'),
      ...[0, 22500, 75000].map((firstSample, trigger) => ({ at: `m_g0/m_g0_t${trigger}.nidq`, values: { ...niValues, firstSample, fileCreateTime: `2024-07-01T12:00:0${trigger}` }, samples: 25000 })),
    ]);
    expect(found.map(({ id, text }) => [id, text])).toEqual([
      ['overlap-trimmed', 'g0 t1 starts 0.100 s before g0 t0 ends. The repeated part is used once.'],
      ['gap-filled', 'Between g0 t1 and g0 t2 there are 1.100 s that were not recorded. They will be filled with straight lines so that times stay true.'],
    ]);
  });

  it('tells renamed runs by their clocks', async () => {
    const found = await findings([ap(0, 0, '2024-07-01T12:00:00'), ap(1, 100, '2024-07-01T14:00:00'), ap(2, 90, '2024-07-01T16:30:00')]);
    expect(brief(found)).toEqual([['unrelated-clocks', 'stop']]);
    expect(found[0].text).toBe('g0 t1 to t2 were created up to 2 h 30 min off, but claim to overlap: these are renamed runs, not triggers. CatGT would keep only the first. Join the 3 as a super-run, or process them one by one.');
    expect(found[0].next).toEqual([{ label: 'Make a super-run of 3', patch: { kind: 'super-run', run_specs: [0, 1, 2].map((trigger) => ['m', '0', `${trigger},${trigger}`, '0', '', ['default']]) } }]);
  });

  it('believes first samples where all files carry one creation time', async () => {
    expect(brief(await findings([ap(0, 0, '2024-07-01T12:00:00'), ap(1, 600000, '2024-07-01T12:00:00')]))).toEqual([['gap-filled', 'note']]);
  });

  it('says what is missing, cut off or unknown', async () => {
    expect(brief(await findings([ap(0, 0, '', { fileSizeBytes: 300_100 })]))).toEqual([['size-mismatch', 'stop']]);
    expect(brief(await findings([ap(0, 0, '', { fileSizeBytes: null })]))).toEqual([['size-mismatch', 'warn']]);
    expect(brief(await findings([ap(0, 0, '', { samples: undefined })]))).toEqual([['bin-missing', 'stop']]);
    expect(brief(await findings([ap(0, 0, '', { values: { ...apValues, imDatPrb_pn: 'NP9999' } })]))).toEqual([['unknown-probe', 'warn']]);
    expect(brief(await findings([ap(0, 0, ''), ap(2, 60000, '')]))).toEqual([['trigger-missing', 'warn'], ['gap-filled', 'note']]);
    const lacking = await findings([ap(0, 0, ''), ...[0, 1].map((trigger) => ({ at: `m_g0/m_g0_t${trigger}.nidq`, values: niValues, samples: 25000 }))]);
    expect(brief(lacking)).toEqual([['trigger-missing', 'stop']]);
  });
});
