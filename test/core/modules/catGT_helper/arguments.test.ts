import { describe, expect, it } from 'vitest';
import { catgtArguments } from '../../../../core/modules/catGT_helper/arguments.ts';
import { catgtSections } from '../../../../core/modules/catGT_helper/params.ts';
import { parseParameters } from '../../../../core/modules/index.ts';

const argumentsOf = (params: Record<string, unknown>) => {
  const { catGT_helper_params } = parseParameters(catgtSections, { catGT_helper_params: { run_name: 'my run', cmdStr: '', ...params } }, () => undefined);
  return catgtArguments(catGT_helper_params, '/raw data', '/out');
};

describe('CatGT\'s arguments', () => {
  it('come in the order of the reference, each an argument of its own', () => {
    expect(argumentsOf({
      gate_string: 0, trigger_string: '0,2', probe_string: '0:1', stream_string: '-ap -lf  -ob -obx=0', car_mode: 'gblcar',
      cmdStr: ' -prb_fld -gfix=0.4,0.10,0.02  -chnexcl={0;1, 2}{1;3} ',
    })).toEqual([
      '-dir=/raw data', '-run=my run', '-g=0', '-t=0,2', '-prb=0:1', '-ap', '-lf', '-ob', '-obx=0', '-gblcar',
      '-prb_fld', '-gfix=0.4,0.10,0.02', '-chnexcl={0;1, 2}{1;3}', '-dest=/out',
    ]);
  });

  it.each([
    [{ car_mode: 'loccar', loccar_inner_um: 40, loccar_outer_um: 140 }, '-loccar_um=40,140'],
    [{ car_mode: 'loccar', useGeom: false, loccar_inner: 3.0, loccar_outer: '7' }, '-loccar=3,7'],
    [{ car_mode: 'gbldmx' }, '-gbldmx'],
  ])('refer by %j', (params, option) => {
    expect(argumentsOf(params)).toContain(option);
  });

  it.each(['None', 'none'])('refer by nothing with %s', (mode) => {
    expect(argumentsOf({ car_mode: mode }).filter((option) => /car|dmx/.test(option))).toEqual([]);
  });

  it('limit every probe to maxZ_um when it is positive', () => {
    expect(argumentsOf({ maxZ_um: 2880, probe_string: '0,2:3' }).filter((option) => option.startsWith('-maxZ'))).toEqual(['-maxZ=0,1,2880', '-maxZ=2,1,2880', '-maxZ=3,1,2880']);
    expect(argumentsOf({ maxZ_um: -1 }).join(' ')).not.toContain('maxZ');
  });

  it('leave gates and triggers to -gtlist', () => {
    const options = argumentsOf({ cmdStr: '-gtlist={0,0,1}{1,0,2}' });
    expect(options.some((option) => /^-[gt]=/.test(option))).toBe(false);
  });
});
