import { describe, expect, it } from 'vitest';
import { catgtGates, gateProblems, gateText, readGateSpec, readGateText, rangesOf, writeGateSpec, type GateGroup, type GateSpec } from '../../../../core/service/contract/index.ts';
import { parseRunSpecs } from '../../../../core/pipelines/index.ts';

const run = { gates: [{ gate: 0, triggers: [0, 1, 2] }, { gate: 1, triggers: [0] }, { gate: 2, triggers: [0, 3] }] };

function groupsOf(spec: GateSpec): readonly GateGroup[] {
  const read = readGateSpec(spec);
  if ('problem' in read) throw new Error(read.problem);
  return read.value;
}

function fromText(text: string, current: readonly GateGroup[] = []): readonly GateGroup[] {
  const read = readGateText(text, current);
  if ('problem' in read) throw new Error(read.problem);
  return read.value;
}

describe('gates and triggers as run_specs hold them', () => {
  it.each<[GateSpec, string]>([
    [{ gates: '0', triggers: '0,2' }, '-g=0 -t=0,2'],
    [{ gates: 0, triggers: 0 }, '-g=0 -t=0'],
    [{ gates: '0,1', triggers: '0,0' }, '-g=0,1 -t=0'],
    [{ gates: '0,1', triggers: 'start,end' }, '-gtlist={0,0,2}{1,0,0}'],
    [{ gates: '0,1', triggers: ['1,2', 'start,end'] }, '-gtlist={0,1,2}{1,0,0}'],
    [{ gates: '2', triggers: 'start,end' }, '-gtlist={2,0,0}{2,3,3}'],
  ])('%j is %s', (spec, text) => {
    expect(rangesOf(groupsOf(spec), run).map(catgtGates)).toEqual([text]);
  });

  it('make one output per entry of a list', () => {
    expect(rangesOf(groupsOf({ gates: ['0', '1,2'], triggers: ['0,1', ['0,0', 'start,end']] }), run).map(catgtGates)).toEqual(['-g=0 -t=0,1', '-gtlist={1,0,0}{2,0,0}{2,3,3}']);
  });

  it('are written in the shortest form, which the session reads as the same', () => {
    for (const spec of [
      { gates: '0', triggers: 'start,end' }, { gates: '0,1', triggers: ['0,2', '0,0'] }, { gates: ['0', '1'], triggers: 'start,end' },
      { gates: ['0', '1'], triggers: ['0,1', '0,0'] }, { gates: ['0', '1,2'], triggers: ['0,1', ['0,0', 'start,3']] },
    ]) {
      expect(writeGateSpec(groupsOf(spec))).toEqual(spec);
      const parsed = parseRunSpecs([['night', spec.gates, spec.triggers, '0']]);
      expect(parsed.map(({ gates: [first, last], triggers, triggersByGate }) => ({ first, last, triggers: triggersByGate ?? [triggers] }))).toEqual(groupsOf(spec));
    }
  });

  it.each([
    [{ gates: 'x', triggers: '0' }, "'x' is not a gate or a range such as 0,3."],
    [{ gates: '2,1', triggers: '0' }, 'In gates 2,1 the last comes before the first.'],
    [{ gates: '0', triggers: 'end,start' }, "'end,start' is not a range of triggers such as 0,5 or start,end."],
    [{ gates: '0,1', triggers: ['0,1'] }, 'There are 1 trigger ranges for gates 0 to 1.'],
    [{ gates: [], triggers: '0' }, 'No gate is chosen.'],
  ])('%j is refused', (spec, problem) => {
    expect(readGateSpec(spec)).toEqual({ problem });
  });

  it('are compared with what the run has', () => {
    expect(gateProblems(groupsOf({ gates: '0,3', triggers: 'start,end' }), run)).toEqual(['Gates 0 to 3 are asked for; this run has gates 0, 1, 2.']);
    expect(gateProblems(groupsOf({ gates: '0,1', triggers: '0,2' }), run)).toEqual(['Trigger 2 does not exist in g1 (only t0).']);
    expect(gateProblems(groupsOf({ gates: '0,2', triggers: 'start,end' }), run)).toEqual([]);
  });
});

describe('gates and triggers as people write them', () => {
  const current = groupsOf({ gates: '0,1', triggers: 'start,end' });

  it.each([
    ['-g=0 -t=0,2', '0 0,2'],
    ['-run=m41 -g=0,1 -t=0 -t_miss_ok', '0,1 0,0'],
    ['-gtlist={0,0,2}{1,0,0}', '-gtlist={0,0,2}{1,0,0}'],
    ['0,1 start,end', '0,1 start,end'],
    ['start,end', '0,1 start,end'],
    ['1', '1 start,end'],
    ['0 0,2; 1 start,end', '0 0,2; 1 start,end'],
  ])('%s', (written, text) => {
    expect(gateText(fromText(written, current))).toBe(text);
    expect(fromText(gateText(fromText(written, current)))).toEqual(fromText(written, current));
  });

  it.each([
    ['garbage', "'garbage' is not a gate"],
    ['-prb=0', "'-prb=0' says nothing of gates"],
    ['-gtlist={0,0,2} -g=0', '-gtlist stands alone'],
    ['-gtlist={0,0,2}{2,0,0}', 'Gate 2 does not follow gate 0'],
    ['-gtlist={0;0,2}', 'is not a list such as'],
    ['', 'Write gates and triggers'],
  ])('refuses %j', (written, problem) => {
    expect(readGateText(written, current)).toEqual({ problem: expect.stringContaining(problem) as string });
  });
});
