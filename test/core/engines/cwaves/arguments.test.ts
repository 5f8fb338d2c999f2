import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { UsageError } from '../../../../core/common/index.ts';
import { cwavesCommandLine, parseCWavesArguments } from '../../../../core/engines/cwaves/index.ts';

const cwd = path.resolve('/data');
const least = [
  '-spikeglx_bin=r.ap.bin', '-clus_table_npy=table.npy', '-clus_time_npy=time.npy', '-clus_lbl_npy=label.npy', '-dest=out',
  '-samples_per_spike=82', '-pre_samples=20', '-num_spikes=1000',
];
const parse = (...argv: string[]) => parseCWavesArguments(argv, cwd);

describe('the command line of C_Waves', () => {
  it('has defaults for all that is optional', () => {
    expect(parse(...least)).toEqual({
      spikeglxBin: path.join(cwd, 'r.ap.bin'),
      tableNpy: path.join(cwd, 'table.npy'),
      timeNpy: path.join(cwd, 'time.npy'),
      labelNpy: path.join(cwd, 'label.npy'),
      dest: path.join(cwd, 'out'),
      samplesPerSpike: 82,
      preSamples: 20,
      numSpikes: 1000,
      snrRadius: 8,
      exclude: [],
      numerics: 'native',
    });
  });

  it('knows all options', () => {
    expect(parse(...least, '-snr_radius=2', '-snr_radius_um=140', '-startsecs=0.5', '-endsecs=3.0', '-chnexcl=3:5,9', '-prefix=half', '-numerics=exact', '-debug_npy')).toMatchObject({
      snrRadius: 2, snrRadiusUm: 140, startSecs: 0.5, endSecs: 3, exclude: [3, 4, 5, 9], prefix: 'half', numerics: 'exact',
    });
  });

  it('may come as one argument, as runit.sh passes it', () => {
    expect(parse(least.join(' ').replace('r.ap.bin', 'D 1/r.ap.bin')).spikeglxBin).toBe(path.join(cwd, 'D 1', 'r.ap.bin'));
  });

  it('is printed in the canonical form', () => {
    const at = (name: string) => path.join(cwd, name);
    expect(cwavesCommandLine(parse(...least, '-endsecs=3.0', '-startsecs=0.5', '-chnexcl=5,4,3', '-snr_radius_um=60', '-prefix=pfx'))).toBe(
      `C_Waves -spikeglx_bin=${at('r.ap.bin')} -clus_table_npy=${at('table.npy')} -clus_time_npy=${at('time.npy')} -clus_lbl_npy=${at('label.npy')} -dest=${at('out')} `
      + '-samples_per_spike=82 -pre_samples=20 -num_spikes=1000 -snr_radius=8 -snr_radius_um=60 -startsecs=0.5 -endsecs=3 -chnexcl=3:5 -prefix=pfx',
    );
  });

  it.each([
    [least.slice(1), '-spikeglx_bin'],
    [least.slice(0, 7), '-num_spikes'],
    [[...least, '-pre_samples=0'], '-pre_samples=0'],
    [[...least, '-pre_samples=82'], '-pre_samples=82'],
    [[...least, '-num_spikes=1.5'], '-num_spikes=1.5'],
    [[...least, '-snr_radius_um=far'], '-snr_radius_um=far'],
    [[...least, '-snr_radius_um=-1'], '-snr_radius_um=-1'],
    [[...least, '-startsecs=2', '-endsecs=1'], '-endsecs=1'],
    [[...least, '-chnexcl=a'], '-chnexcl=a'],
    [[...least, '-chnexcl=all'], '-chnexcl=all'],
    [[...least, '-prefix=a/b'], '-prefix=a/b'],
    [[...least, '-prefix='], '-prefix'],
    [[...least, '-numspikes=3'], '-numspikes=3'],
    [[...least, '-numerics=good'], '-numerics=good'],
  ])('%j is refused, naming %s', (argv, named) => {
    const run = () => parseCWavesArguments(argv, cwd);
    expect(run).toThrow(UsageError);
    expect(run).toThrow(named);
  });
});
