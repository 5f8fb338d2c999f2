// What is usual in this lab, by the probes done before.

import fs from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { openProfile } from '../../../../core/service/house/index.ts';
import { outsideUsual, type PastProbe, readHistory, remember } from '../../../../core/service/queue/report/history.ts';
import { temporaryFolder } from '../../../support/folders.ts';
import { ended, openBench, simulatedRig } from './support.ts';

const probe = (folder: string, figures: Partial<PastProbe> = {}): PastProbe => ({ folder, sorter: 'spike_sorter', units: 200, good: 90, syncResidual_ms: 0.02, drift_um: 20, gfixEdits: 10, ...figures });

/** 60, 66, ... 120 good units. */
const past = Array.from({ length: 11 }, (_, index) => probe(`past ${index}`, { good: 60 + 6 * index }));

describe('a figure', () => {
  it('is unusual outside 5 to 95 % of what was found before', () => {
    expect(outsideUsual(past, probe('new', { good: 148 }), 'good')).toEqual({ low: 63, high: 117, probes: 11 });
    expect(outsideUsual(past, probe('new', { good: 20 }), 'good')).toBeDefined();
    expect(outsideUsual(past, probe('new', { good: 90 }), 'good')).toBeUndefined();
    expect(outsideUsual(past, probe('new', { good: null }), 'good')).toBeUndefined();
  });

  it('is not called so for little drift, after few probes, by another sorter, or against its former self', () => {
    expect(outsideUsual(past, probe('new', { drift_um: 2 }), 'drift_um')).toBeUndefined();
    expect(outsideUsual(past, probe('new', { drift_um: 60 }), 'drift_um')).toBeDefined();
    expect(outsideUsual(past.slice(0, 7), probe('new', { good: 148 }), 'good')).toBeUndefined();
    expect(outsideUsual(past, probe('new', { good: 148, sorter: 'ks4_helper' }), 'good')).toBeUndefined();
    expect(outsideUsual(past.slice(0, 8), probe('past 3', { good: 148 }), 'good')).toBeUndefined();
  });
});

describe('the history', () => {
  it('remembers each probe once, the newest 500, and begins anew where it cannot be read', async () => {
    const profile = await openProfile(path.join(temporaryFolder(), 'profil ä'));
    expect(await readHistory(profile)).toEqual([]);
    await remember(profile, [probe('a'), probe('b')]);
    await remember(profile, [probe('a', { good: 5 })]);
    expect((await readHistory(profile)).map(({ folder, good }) => [folder, good])).toEqual([['b', 90], ['a', 5]]);
    await remember(profile, Array.from({ length: 600 }, (_, index) => probe(`many ${index}`)));
    const all = await readHistory(profile);
    expect([all.length, all.at(-1)?.folder]).toEqual([500, 'many 599']);
    await fs.writeFile(path.join(profile.folder, 'history.json'), '[{"half');
    expect(await readHistory(profile)).toEqual([]);
  });
});

it('a job\'s report marks what is unusual, in the sentence and among the findings, and is remembered itself', async () => {
  const rig = await simulatedRig();
  const lab = await openProfile(rig.profile);
  await remember(lab, Array.from({ length: 8 }, (_, index) => probe(`past ${index}`, { units: 300 + index, good: null })));
  const bench = await openBench(rig);
  try {
    const jobId = await bench.add('m41', { modules: ['spike_sorter'], runTPrime: false, run_specs: [['m41', '0', 'start,end', '0', '', ['default']]] });
    await bench.until(jobId, ended);
    const report = await bench.ask('report.get', { jobId });
    const [{ units, sentence, unusual, folder }] = report.probes;
    expect(sentence).toMatch(/^m41 imec0: \d+ units? \(usual 300 to 307\), \d+ good; /);
    expect(unusual).toEqual([expect.stringMatching(new RegExp(`^${units} units?; usual 300 to 307 \\(8 probes before\\)$`))]);
    expect(report.findings).toContainEqual({ what: 'm41 imec0', text: unusual[0] });
    expect((await readHistory(lab)).at(-1)).toMatchObject({ folder, units });
  } finally {
    await bench.service.close();
  }
});
