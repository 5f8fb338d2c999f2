// The set-up steps' requests on runs in a temporary folder, and the rules they stand on.

import { describe, expect, test } from 'vitest';
import { createService } from '../../../../core/service/index.ts';
import type { ModuleSpecs, ProbeBadChannels, ProbeGeometry, ProbeSurface, RunSummary } from '../../../../core/service/contract/index.ts';
import { parseSession } from '../../../../core/pipelines/index.ts';
import { modules } from '../../../../core/modules/index.ts';
import { quickRun } from '../../../../core/simulate/index.ts';
import { metaOf, apValues } from '../../spikeglx/recording.ts';
import { probeGeometry } from '../../../../core/service/setup/geometry.ts';
import { setElsewhere } from '../../../../core/service/setup/elsewhere.ts';
import { moduleSpecs } from '../../../../core/service/setup/parameters.ts';
import { temporaryFolder } from '../../../support/folders.ts';

describe('probe.geometry', () => {
  test('tells where each saved channel sits, by acquisition number, and which sites are off', () => {
    const sites = probeGeometry(metaOf(apValues), 2);
    expect([...sites.channel]).toEqual([0, 1, 2, 191]);
    expect([...sites.x_um]).toEqual([27, 59, 11, 43]);
    expect([...sites.z_um]).toEqual([0, 0, 20, 1900]);
    expect([...sites.used]).toEqual([1, 1, 1, 0]);
    expect(sites).toMatchObject({ probe: 2, partNumber: 'NP1010', shanks: 1, shankWidth_um: 70, shankLength_um: 9580, siteSize_um: 12, channels: 384 });
    expect(sites.text).toBe('NP1010, 1 shank, 3 sites in use, 0 to 20 um from the lowest row');
  });

  test('counts x of a 4-shank probe from the left edge of shank 0', () => {
    const sites = probeGeometry(metaOf({ ...apValues, imDatPrb_pn: 'NP2013', snsSaveChanSubset: '0,96,384', nSavedChans: 3, snsApLfSy: '2,0,1', acqApLfSy: '384,0,1', '~snsGeomMap': '(NP2013,4,250,70)(0:27:0:1)(2:59:15:1)' }), 0);
    expect([...sites.x_um]).toEqual([27, 559]);
    expect([...sites.shank]).toEqual([0, 2]);
    expect(sites.text).toBe('NP2013, 4 shanks, 2 sites in use, 0 to 15 um from the lowest row');
  });

  test('is asked by run and probe; a probe the run does not have is named', async () => {
    const folder = temporaryFolder();
    await quickRun(folder, { seconds: 0.2 });
    const service = await createService({ profileFolder: temporaryFolder(), workers: 1 });
    try {
      await service.call('roots.add', { path: folder });
      const [{ runId }] = (await service.call('runs.list', {})) as RunSummary[];
      const sites = (await service.call('probe.geometry', { runId, probe: 0 })) as ProbeGeometry;
      expect([...sites.channel]).toEqual(Array.from({ length: 16 }, (_, index) => index));
      await expect(service.call('probe.geometry', { runId, probe: 3 })).rejects.toThrow('has no file of imec3');
      const specs = (await service.call('schema.modules', { sorter: '4', runId })) as ModuleSpecs;
      expect(specs.modules.map(({ name }) => name)).toContain('ks4_helper');
    } finally {
      await service.close();
    }
  });
});

describe('probe.badChannels', () => {
  test('tells of every channel of the first gate what it is, by acquisition number', async () => {
    const folder = temporaryFolder();
    await quickRun(folder, { seconds: 1.5, ni: null, probe: { savedChannels: '4:27', lf: false, dead: '6', noisy: '20' } });
    const service = await createService({ profileFolder: temporaryFolder(), workers: 1 });
    try {
      await service.call('roots.add', { path: folder });
      const [{ runId }] = (await service.call('runs.list', {})) as RunSummary[];
      const found = (await service.call('probe.badChannels', { runId, stream: 'imec0.ap' })) as ProbeBadChannels;
      expect(found).toMatchObject({ gate: 0, snippets: 4 });
      expect(found.channels.filter((channel) => channel.class !== 'good').map(({ acq, column, class: each }) => [acq, column, each])).toEqual([[6, 2, 'dead'], [20, 16, 'noisy']]);
      expect(found.channels[2]).toMatchObject({ shank: 0, z_um: 60, reason: '' });
      expect(found.channels[2].similarity).toBeLessThan(-0.5);
      expect(found.channels[16].hf_uV2Hz).toBeGreaterThan(0.02);
      const brief = (await service.call('probe.badChannels', { runId, stream: 'imec0.ap', seconds: 0.5 })) as ProbeBadChannels;
      expect(brief.snippets).toBe(1);
      await expect(service.call('probe.badChannels', { runId, stream: 'imec3.ap' })).rejects.toThrow('has no file of imec3');
    } finally {
      await service.close();
    }
  });
});

describe('schema.modules', () => {
  const specs = moduleSpecs('ag', metaOf(apValues));
  const find = (name: string) => specs.modules.flatMap((module) => module.params).find((param) => param.name === name);

  test('lists modules in running order, each section once', () => {
    expect(specs.modules.map(({ name }) => name)).toEqual(['catGT_helper', 'spike_sorter', 'kilosort_postprocessing', 'mean_waveforms', 'quality_metrics', 'psth_events', 'tPrime_helper', 'recording']);
    const names = specs.modules.flatMap((module) => module.params.map(({ name }) => name));
    expect(new Set(names).size).toBe(names.length);
  });

  test('gives the defaults the pipeline writes, not those of the module alone', () => {
    expect(find('quality_metrics_params.drift_metrics_interval_s')).toMatchObject({ key: 'drift_metrics_interval_s', default: 51, unit: 's', min: 0.001, kind: 'number' });
    expect(find('spike_sorter_params.detect_sigma')).toMatchObject({ default: 4.5, min: 3, max: 20 });
    expect(moduleSpecs('3.0', metaOf(apValues)).modules.flatMap((module) => module.params).find(({ name }) => name === 'quality_metrics_params.include_pc_metrics')?.default).toBe(false);
  });

  test('says where a value is set when it is not set here', () => {
    expect(find('quality_metrics_params.isi_threshold')?.setBy).toEqual({ text: 'the region of the probe', step: 'sort', fixed: false });
    expect(find('directories.npx_directory')?.setBy).toEqual({ text: 'npx_directory', step: 'runs', fixed: true });
    expect(find('quality_metrics_params.max_radius_um')?.setBy).toBeUndefined();
  });

  test('what is not fixed may stand in a session', () => {
    const names = (['ag', '4', '2.5'] as const).flatMap((sorter) => moduleSpecs(sorter, undefined).modules.flatMap(({ params }) => params)).filter(({ setBy }) => !setBy?.fixed).map(({ name }) => name);
    for (const name of names) {
      const content = name.split('.').reduceRight<unknown>((inner, key) => ({ [key]: inner }), 1) as Record<string, unknown>;
      const session = { version: 1, kind: 'multi-run', npx_directory: '/data', catGT_dest: '/out', run_specs: [['run', '0', '0,0', '0']], ...content };
      expect(() => parseSession(session, '/', modules)).not.toThrow();
    }
    expect(setElsewhere('directories.kilosort_output_directory')?.fixed).toBe(true);
  });

  test('the session\'s own keys of sorting come with help, unit and default', () => {
    expect(specs.session.find(({ name }) => name === 'ks4_duplicate_spike_ms')).toMatchObject({ default: 0.25, unit: 'ms', kind: 'number' });
    expect(specs.session.map(({ name }) => name)).not.toContain('ks_ver');
  });
});

describe('probe.surface', () => {
  test.each(['LF', 'AP'])('is proposed where the power of %s falls', async (from) => {
    const folder = temporaryFolder();
    // Saved channels of a 1.0 probe reach 960 um up; of a 2.0 probe, which has no LF, 720 um.
    await quickRun(folder, { seconds: 4, partNumber: from === 'LF' ? 'NP1010' : 'NP2003', savedChannels: '0:95', probe: { surfaceUm: 400, noise: { lfpUv: 150 }, units: { count: 1 } } });
    const service = await createService({ profileFolder: temporaryFolder(), workers: 1 });
    try {
      await service.call('roots.add', { path: folder });
      const [{ runId }] = (await service.call('runs.list', {})) as RunSummary[];
      const found = (await service.call('probe.surface', { runId, probe: 0 })) as ProbeSurface;
      expect(found).toMatchObject({ from, gate: 0, seconds: 4, band_Hz: [1, 10] });
      expect(Math.abs(found.surface!.z_um - 400)).toBeLessThan(60);
      expect(found.surface!.fall_dB).toBeGreaterThan(6);
      expect(found.z_um.length).toBe(48);
    } finally {
      await service.close();
    }
  });

  test('is not told from the AP band of a probe that splits off its low frequencies', async () => {
    const folder = temporaryFolder();
    await quickRun(folder, { seconds: 1, probe: { lf: false } });
    const service = await createService({ profileFolder: temporaryFolder(), workers: 1 });
    try {
      await service.call('roots.add', { path: folder });
      const [{ runId }] = (await service.call('runs.list', {})) as RunSummary[];
      await expect(service.call('probe.surface', { runId, probe: 0 })).rejects.toThrow('The LF band of imec0 was not saved, and its AP band holds no low frequencies.');
    } finally {
      await service.close();
    }
  });
});
