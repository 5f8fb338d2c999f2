import { describe, expect, it } from 'vitest';
import { followProgress, parseKilosort4Line, parseKilosortLine } from '../../../core/tools/index.ts';

describe('progress in the logs of sorters', () => {
  it('of Kilosort 2.0 to 3.0', () => {
    expect(parseKilosortLine('aftergate-stage matching templates')).toEqual({ stage: 'matching templates' });
    expect(parseKilosortLine('12.34 sec, 101 / 404 batches, 350 units, nspks: 1234.5000, mu: 12.3400, nst0: 4567, merges: 0.1000, 0.0000 ')).toEqual({ percent: 25 });
    expect(parseKilosortLine('time 3.20, pre clustered 1 / 200 batches ')).toEqual({ percent: 0.5 });
    expect(parseKilosortLine('Time  17s. Finished preprocessing 400 batches. ')).toBeUndefined();
    expect(parseKilosortLine('1 / 0 batches')).toBeUndefined();
  });

  it('of Kilosort 4', () => {
    expect(parseKilosort4Line('kilosort.run_kilosort: Computing drift correction.')).toEqual({ stage: 'Computing drift correction' });
    expect(parseKilosort4Line('kilosort.run_kilosort: Saving to phy and computing refractory periods')).toEqual({ stage: 'Saving to phy' });
    expect(parseKilosort4Line('aftergate-percent 42')).toEqual({ percent: 42 });
    expect(parseKilosort4Line(' 45%|████▌     | 123/273 [00:12<00:15, 10.1it/s]')).toEqual({ percent: 45 });
    expect(parseKilosort4Line('kilosort.run_kilosort: 1234 spikes extracted in 12.34s; total 56.78s')).toBeUndefined();
  });

  it('becomes a stage with its percents; what is no progress is logged', () => {
    const log: string[] = [];
    const progress: string[] = [];
    const take = followProgress(parseKilosort4Line, { log: (line) => log.push(line), progress: ({ label, done, total }) => progress.push(`${label} ${done}/${total}`) });
    ['loading', 'x: First clustering', 'aftergate-percent 50', '130%|', '99 clusters found'].forEach(take);
    expect(log).toEqual(['loading', 'x: First clustering', '99 clusters found']);
    expect(progress).toEqual(['First clustering 0/100', 'First clustering 50/100', 'First clustering 100/100']);
  });
});
