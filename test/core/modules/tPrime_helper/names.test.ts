import { describe, expect, it } from 'vitest';
import { adjustedName } from '../../../../core/modules/tPrime_helper/plan.ts';
import { streamName, streamOfFile } from '../../../../core/modules/tPrime_helper/streamName.ts';

describe('stream names', () => {
  it.each([
    ['ni', 'ni'], ['nidq', 'ni'], ['ni_0', 'ni'], ['obx0', 'obx0'], ['obx1_2', 'obx1'], ['imec0', 'imec0'], ['imec1_2', 'imec1'],
    ['imec12', 'imec12'], ['imec1000_0', 'imec1000'], ['IMEC3', 'imec3'], ['imec', 'imec0'], ['', undefined], ['SY=0,384,6,500', undefined],
  ])('%j is %j', (text, stream) => {
    expect(streamName(text)).toBe(stream);
  });

  it.each([
    ['/d/ni night/run_g0_tcat.imec1.ap.xd_384_6_500.txt', 'imec1'], ['C:\\d\\run_g0_tcat.nidq.xd_8_0_500.txt', 'ni'],
    ['run_g0_tcat.imec.ap.SY_384_6_500.txt', 'imec0'], ['run_g0_tcat.obx2.obx.xd_3_0_500.txt', 'obx2'], ['edges.txt', undefined],
  ])('the file %s is of %j', (file, stream) => {
    expect(streamOfFile(file)).toBe(stream);
  });
});

it('adjusted files are named before their last ending', () => {
  expect(adjustedName('/a.b/r_tcat.nidq.xd_8_1_50.txt')).toBe('/a.b/r_tcat.nidq.xd_8_1_50.adj.txt');
  expect(adjustedName('C:\\a.b\\times')).toBe('C:\\a.b\\times.adj');
});
