// One set of checks for extractors, whoever asks: the builder, a pasted text, preflight.

import { describe, expect, it } from 'vitest';
import { fitNotices, lineColumns, readExtractorWord, widthNotices } from '../../../../core/pipelines/extractors/index.ts';
import { streamFacts } from '../../../../core/spikeglx/index.ts';
import { metaOf } from '../../spikeglx/recording.ts';

const meta = metaOf({
  typeThis: 'nidq', nSavedChans: 3, snsMnMaXaDw: '0,0,2,1', acqMnMaXaDw: '0,0,2,1', snsSaveChanSubset: 'all', niSampRate: 25000, niAiRangeMax: 5, niAiRangeMin: -5, niMNGain: 1, niMAGain: 1,
  syncNiChan: 0, syncNiChanType: 0, syncSourcePeriod: 1,
});
const nidq = lineColumns(meta, streamFacts(meta, { kind: 'nidq', index: 0 }), 500);
const said = (text: string) => {
  const { extractor, notice } = readExtractorWord(text);
  return (notice ? [notice] : [...fitNotices(extractor, nidq), ...widthNotices(extractor, 5)]).map(({ id, text: sentence, instead }) => [id, sentence, instead?.text]);
};

describe('an extractor', () => {
  it.each([
    ['-xd=0,0,8,0,5', 'word-range', 'Word 8 does not exist: this file has words 0 to 2 (XA0, XA1, DW).', '-xd=0,0,2,0,5'],
    ['-xa=0,0,2,3,0,25', 'word-digital', 'Word 2 is digital: use xd, xid or bf.', '-xa=0,0,1,3,0,25'],
    ['-xid=0,0,1,3,25', 'word-analog', 'Word 1 is analog: use xa or xia.', '-xid=0,0,2,3,25'],
    ['-xa=0,0,0,5.2,0,25', 'volts-range', '5.2 V is outside ±5 V of this input.', undefined],
    ['-xd=0,0,-1,0,500', 'sync-line', 'This is the sync line. It is extracted anyway, as `xd_2_0_500`.', undefined],
    ['-xd=3,0,384,6,500', 'lf-extract', 'Events cannot be taken from LF files. The same lines are in the AP file, at 12 times the precision.', '-xd=2,0,384,6,500'],
    ['-xa=2,0,16,3,0,25', 'probe-digital', 'Probe streams carry only digital lines: xd or xid.', undefined],
    ['-xd=0,0,2,16,25', 'bit-range', 'Bit 16 does not exist: a word has bits 0 to 15.', undefined],
    ['-bf=0,0,2,15,2,3', 'bit-range', 'Startbit 15 with 2 bits runs past bit 15. At most 1 bit fits.', undefined],
    ['-xd=0,0,2,1,25,30', 'wide-tolerance', 'Tolerance 30 ms is wider than the pulse: any pulse under 55 ms counts.', undefined],
  ])('%s: %s', (text, ...notice) => {
    expect(said(text)).toContainEqual(notice);
  });

  it('that fits has nothing against it', () => {
    expect(said('-xa=0,0,1,3,4.5,25')).toEqual([]);
    expect(said('-bf=0,0,2,8,4,3')).toEqual([]);
  });
});
