import { describe, expect, it } from 'vitest';
import { kilosortConfig, kilosortLauncher } from '../../../core/tools/index.ts';

describe('what MATLAB is given', () => {
  it('has one line per option, ntbuff before NT, which refers to it', () => {
    const params = { KSver: '2.5', fproc: "'D:/kilosort_datatemp/temp_wh.dat'", chanMap: "'chanMap.mat'", Th: '[10 4]', minFR: 0.02, NT: '64*1024 + ops.ntbuff', ntbuff: 64 };
    const config = kilosortConfig({ output: '/data/imec0_ks25', bin: "/data/prüf it's.ap.bin", params, section: 'kilosort2_params', channels: 385, rate: 30000.5 });
    expect(config).toBe(`ops.rootZ = '/data/imec0_ks25';
ops.datafile = ['/data/pr' char([252]) 'f it''s.ap.bin'];
ops.ntbuff = 64;
ops.KSver = 2.5;
ops.fproc = 'D:/kilosort_datatemp/temp_wh.dat';
ops.chanMap = 'chanMap.mat';
ops.Th = [10 4];
ops.minFR = 0.02;
ops.NT = 64*1024 + ops.ntbuff;
ops.ntbuff = 64;
ops.Nchan = 385;
ops.NchanTOT = 385;
ops.fs = 30000.5;
`);
  });

  it('names the option that is no MATLAB', () => {
    expect(() => kilosortConfig({ output: '/o', bin: '/b', params: { ntbuff: 64, Th: 'exit' }, section: 'kilosort_helper_params.kilosort2_params', channels: 1, rate: 1 })).toThrow(/^kilosort_helper_params\.kilosort2_params\.Th: 'exit'/);
  });

  it('loads the options and calls our function', () => {
    expect(kilosortLauncher({ kilosort: '/code/Kilo sort', npyMatlab: '/code/npy', version: '2.5', remDup: 0, finalSplits: 1, labelGood: 1, saveRez: 0 })).toBe(`addpath(genpath('/code/Kilo sort'));
addpath(genpath('/code/npy'));
kilosort2_config_file;
aftergate_kilosort(ops, '2.5', 0, 1, 1, 0);
`);
  });
});
