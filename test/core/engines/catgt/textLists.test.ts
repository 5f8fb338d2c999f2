// The list of outputs, the list of offsets and the log lines, as CatGT 5.3 writes them.

import { describe, expect, it } from 'vitest';
import { planExtractions, type Extraction } from '../../../../core/engines/catgt/extract/index.ts';
import type { CatGTOptions } from '../../../../core/engines/catgt/command/options.ts';
import { parseCatGTArguments } from '../../../../core/engines/catgt/command/parse.ts';
import { creatingLfLine, extractedLine, filesDoneLine, fyiText, gapLine, gfixLine, offsetsText, type FyiStream } from '../../../../core/engines/catgt/text/index.ts';
import { streamFacts, type Meta, type StreamId } from '../../../../core/spikeglx/index.ts';
import { apMeta, niMeta } from './metas.ts';

function options(more: string, dest?: string): CatGTOptions {
  return { ...parseCatGTArguments(['-dir=/in', '-run=gold', '-g=0', '-t=0,2', ...more.split(' ')], '/'), dest };
}

function stream(from: CatGTOptions, id: StreamId, meta: Meta): FyiStream {
  const facts = streamFacts(meta, id);
  return { stream: id, columns: facts.columns, indexes: [id.index], rate: facts.rate, extractions: planExtractions(from, meta, facts, 500).extractions as Extraction[] };
}

const ni: StreamId = { kind: 'nidq', index: 0 };
const ap = (index: number): StreamId => ({ kind: 'ap', index });
const lf = (index: number): StreamId => ({ kind: 'lf', index });

describe('fyi', () => {
  it('lists folders, shapes, sync and event files', () => {
    const given = options('-prb_fld -out_prb_fld -ni -ap -lf -prb=0:1 -xd=0,0,2,1,50 -xd=2,1,-1,3,100 -bf=0,0,2,4,4,3', '/out');
    const streams = [
      { stream: lf(0), columns: 17, indexes: [0], rate: 2500.0061, extractions: [] },
      { stream: lf(1), columns: 17, indexes: [1], rate: 29999.9416 / 12, apRate: 29999.9416, extractions: [] },
      stream(given, ap(1), apMeta()),
      stream(given, ap(0), apMeta({ imSampRate: 30000.0732 })),
      stream(given, ni, niMeta()),
    ];
    const top = '/out/catgt_gold_g0';
    expect(fyiText(given, streams).split('\n')).toEqual([
      'ip2_ip1=(0,0)(1,1)',
      'jsip_nchan=(0,0,3)(2,0,17)(2,1,17)(3,0,17)',
      'jsip_srate=(0,0,25000.127000)(2,0,30000.073200)(2,1,29999.941600)(3,0,2500.006100)(3,1,2499.995133)',
      `outpath_parent_probe0=${top}/gold_g0_imec0`,
      `outpath_parent_probe1=${top}/gold_g0_imec1`,
      `outpath_top=${top}`,
      'supercat_element={/out,catgt_gold_g0}',
      `sync_imec0=${top}/gold_g0_imec0/gold_g0_tcat.imec0.ap.xd_16_6_500.txt`,
      `sync_imec1=${top}/gold_g0_imec1/gold_g0_tcat.imec1.ap.xd_16_6_500.txt`,
      `sync_ni=${top}/gold_g0_tcat.nidq.xd_2_0_500.txt`,
      `times_imec1_0=${top}/gold_g0_imec1/gold_g0_tcat.imec1.ap.xd_16_3_100.txt`,
      `times_ni_0=${top}/gold_g0_tcat.nidq.xd_2_1_50.txt`,
      `times_ni_1=${top}/gold_g0_tcat.nidq.bft_2_4_4.txt`,
      '',
    ]);
    expect(fyiText({ ...given, numerics: 'exact' }, streams)).toContain('(3,1,17)\n');
  });

  it('lists the files of chosen channels, and the events of their probe under each index', () => {
    const given = options('-ap -lf -prb=0:1 -xd=2,1,-1,3,100', '/out');
    const streams = [
      { ...stream(given, ap(0), apMeta()), indexes: [0, 5] },
      { stream: lf(0), columns: 17, indexes: [7], rate: 2500, extractions: [] },
      { ...stream(given, ap(1), apMeta()), indexes: [1010, 1013] },
    ];
    const lines = fyiText(given, streams).split('\n');
    const sync = (probe: number) => `/out/catgt_gold_g0/gold_g0_tcat.imec${probe}.ap.xd_16_6_500.txt`;
    expect(lines[0]).toBe('ip2_ip1=(0,0)(1,1)(5,0)(7,0)(1010,1)(1013,1)');
    expect(lines).toContain('jsip_nchan=(2,0,17)(2,1,17)(3,0,17)');
    expect(lines.filter((line) => line.startsWith('sync_'))).toEqual([
      ...[0, 1].map((probe) => `sync_imec${probe}=${sync(probe)}`),
      ...[1010, 1013].map((index) => `sync_imec${index}=${sync(1)}`),
      ...[5, 7].map((index) => `sync_imec${index}=${sync(0)}`),
    ]);
    expect(lines.filter((line) => line.startsWith('times_')).map((line) => line.split('=')[0])).toEqual(['times_imec1010_0', 'times_imec1013_0', 'times_imec1_0']);
  });

  it('does not name a probe whose files are all of chosen channels, unless it has event files', () => {
    const given = options('-ap -prb=1 -no_auto_sync', '/out');
    expect(fyiText(given, [{ ...stream(given, ap(1), apMeta()), indexes: [11] }])).toContain('ip2_ip1=(11,1)\n');
  });

  it('of NI alone names no probe', () => {
    const given = options('-ni -no_catgt_fld -no_auto_sync', '/out');
    expect(fyiText(given, [stream(given, ni, niMeta())])).toBe('jsip_nchan=(0,0,3)\njsip_srate=(0,0,25000.127000)\noutpath_top=/out\nsupercat_element={/out,gold_g0}\n');
  });

  it('counts probe folders of the inputs without -dest', () => {
    const given = options('-prb_fld -no_auto_sync -ap -prb=10,2 -no_tshift');
    const text = fyiText(given, [ap(10), ap(2)].map((id) => stream(given, id, apMeta())));
    expect(text).toContain('ip2_ip1=(2,2)(10,10)\n');
    expect(text).toContain('outpath_parent_probe10=/in/gold_g0/gold_g0_imec10\n');
    expect(text).toContain('supercat_element={/in,gold_g0}\n');
  });

  it('is added to by an extraction pass in place', () => {
    const given = options('-run=catgt_gold -t=cat -no_tshift -ap -prb=0 -ni -xd=0,0,2,5,50 -xd=0,0,2,1,50');
    const first = 'ip2_ip1=(0,0)(1,1)\r\njsip_nchan=(0,0,3)(2,0,17)(2,1,17)\r\ntimes_ni_0=/in/catgt_gold_g0/gold_g0_tcat.nidq.xd_2_1_50.txt\r\n';
    const lines = fyiText(given, [stream(given, ni, niMeta())], first).split('\n');
    expect(lines.filter((line) => !line.startsWith('outpath') && !line.startsWith('jsip_srate'))).toEqual([
      'ip2_ip1=(0,0)(1,1)',
      'jsip_nchan=(0,0,3)(2,0,17)(2,1,17)',
      'supercat_element={/in,catgt_gold_g0}',
      'sync_ni=/in/catgt_gold_g0/gold_g0_tcat.nidq.xd_2_0_500.txt',
      'times_ni_0=/in/catgt_gold_g0/gold_g0_tcat.nidq.xd_2_1_50.txt',
      'times_ni_1=/in/catgt_gold_g0/gold_g0_tcat.nidq.xd_2_5_50.txt',
      '',
    ]);
  });
});

describe('offsets', () => {
  it('are samples, then seconds, by stream', () => {
    const text = offsetsText([
      { stream: ni, rate: 25000.127, offsets: [-18750, 45499] },
      { stream: lf(1), rate: 29999.9416 / 12, offsets: [-1874, 4550] },
      { stream: { kind: 'obx', index: 3 }, rate: 30303, offsets: [0] },
      { stream: ap(0), rate: 30000.0732, offsets: [-22500, 54600] },
    ]);
    expect(text.split('\n')).toEqual([
      'smp_imap0:\t-22500\t54600',
      'smp_imlf1:\t-1874\t4550',
      'smp_nidq:\t-18750\t45499',
      'smp_obx3:\t0',
      'sec_imap0:\t-0.749998\t1.819996',
      'sec_imlf1:\t-0.749601\t1.820004',
      'sec_nidq:\t-0.749996\t1.819951',
      'sec_obx3:\t0.000000',
      '',
    ]);
  });
});

describe('log lines', () => {
  it('are those that other programs look for', () => {
    const gap = { file: 'gold_g0_t2.imec1.ap.bin', outStart: 131100, gap: 1501, fill: 600 };
    expect(gapLine(gap)).toBe("Gap before file 'gold_g0_t2.imec1.ap.bin' out_start_smp=131100 inp_gap_smp=1501 out_zeros_smp=600.");
    expect(gapLine({ ...gap, lfFromAp: true })).toBe("Gap before file 'gold_g0_t2.imec1.ap.bin' out_start_smp=131100 inp_gap_smp=1501 out_zeros_smp=600");
    expect(gfixLine('gold_g0', 1, 5 / 4.92)).toBe('Run gold_g0 Gfix prb 1 edits/sec 1.02');
    expect(gfixLine('gold_g0', 1, 0)).toBe('Run gold_g0 Gfix prb 1 edits/sec 0');
    expect(creatingLfLine(1)).toBe('Creating lf stream for probe 1.');
    expect(filesDoneLine(ap(0), 20, 45)).toBe('Done imap0: 20 of 45.');
    expect([extractedLine(ni), extractedLine(ap(0)), extractedLine(lf(0))]).toEqual(['Done nidq: tcat.', 'Done imap0: tcat.', 'Done imlf0: tcat.']);
  });
});
