import { describe, expect, it } from 'vitest';
import { type Draft, type Finding, gateText, type GateGroup, type RunDetails, type RunSummary } from '../../../core/service/contract/index.ts';
import { catgtText, findingsAt, fromTrials, gateModeOf, groupsOf, joinOptions, joinText, rulesToday, specsPatch, triggerModeOf, withGroups, withJoinText, withMode } from '../../../renderer/screens/session/steps/gates/model.ts';
import { runNotation } from '../../../renderer/screens/runs/words.ts';
import { fileOf, gatesText, inSession, takenPart, withKind, withMoved, withoutEntry, withRuns } from '../../../renderer/screens/session/steps/runs/model.ts';

const gates = [{ gate: 0, triggers: [0, 1, 2] }, { gate: 1, triggers: [0] }];
const summary = (name: string, folder = '/data') => ({ runId: `id-${name}`, name, folders: [folder], gates, probes: [{ index: 0 }, { index: 2 }], obx: [1] }) as unknown as RunSummary;
const known = [summary('a'), summary('b', '/other')];

function draftOf(session: Record<string, unknown>, runs: Draft['runs'] = []): Draft {
  return { draftId: 'd', name: 'n', rev: 1, savedAt: '', runs, session, effective: session, problem: null, notes: {}, preset: null, undo: null, redo: null };
}

function groups(text: unknown, triggers: unknown): readonly GateGroup[] {
  const read = groupsOf(['a', text, triggers]);
  if ('problem' in read) throw new Error(read.problem);
  return read.value;
}

describe('the gates step', () => {
  it('knows which of its choices the session says', () => {
    expect(gateModeOf(groups('0,1', 'start,end'), [0, 1])).toBe('range');
    expect(gateModeOf(groups(['0', '1'], 'start,end'), [0, 1])).toBe('each');
    expect(gateModeOf(groups(['0', '1'], 'start,end'), [0, 1, 2])).toBe('list');
    expect(triggerModeOf(groups('0,1', 'start,end'))).toBe('all');
    expect(triggerModeOf(groups('0,1', '0,0'))).toBe('one');
    expect(triggerModeOf(groups('0,1', '0,2'))).toBe('range');
    expect(triggerModeOf(groups('0,1', ['0,0', '0,2']))).toBe('per-gate');
  });

  it('says in CatGT options and in words what its rules come to in a run', () => {
    const run = known[0];
    expect(catgtText(groups('0,1', 'start,end'), run)).toBe('-gtlist={0,0,2}{1,0,0}');
    expect(rulesToday(groups('0,1', 'start,end'), run)).toBe('start,end = 0,2 in g0 and 0,0 in g1');
    expect(catgtText(groups(['0', '1'], 'start,end'), run)).toBe('-g=0 -t=0,2; -g=1 -t=0');
    expect(rulesToday(groups('0', '0,1'), run)).toBe('');
    expect(catgtText(groups('0,3', 'start,end'), run), 'what is not there is shown as it is said').toBe('0,3 start,end');
    expect(catgtText(groups('0', 'start,end'), undefined)).toBe('0 start,end');
  });

  it('reads start, length and gaps out of its notation; what is not said is off', () => {
    expect(withJoinText('-prb_fld -zerofillmax=500 -maxsecs=60 -gfix=0.4,0.1,0.02', '0 start,end -startsecs=1.5 -maxsecs=30')).toEqual({ command: '-prb_fld -maxsecs=30 -gfix=0.4,0.1,0.02 -startsecs=1.5', rest: '0 start,end' });
    expect(joinOptions(draftOf({ catGT_cmd_string: '-startsecs=1.5 -maxsecs=30' }))).toMatchObject({ startsecs: 1.5, maxsecs: 30, zerofillmax: null });
  });

  it('keeps triggers when gates are grouped anew', () => {
    const apart = withMode(groups('0,1', ['0,1', '0,0']), 'each', [0, 1]);
    expect(gateText(apart)).toBe('0 0,1; 1 0,0');
    expect(gateText(withMode(apart, 'range', [0, 1]))).toBe('-gtlist={0,0,1}{1,0,0}');
  });

  it('writes gates and triggers and nothing else', () => {
    expect(withGroups(['a', '0', 'start,end', '0', '1', ['cortex']], groups('0,1', ['0,1', '0,0']))).toEqual(['a', '0,1', ['0,1', '0,0'], '0', '1', ['cortex']]);
    expect(specsPatch({ run_specs: [['a', '0', '0', '0'], ['b', '0', '0', '0']] }, (entry, index) => (index === 1 ? withGroups(entry, groups('1', 'start,end')) : entry)))
      .toEqual({ run_specs: [['a', '0', '0', '0'], ['b', '1', 'start,end', '0']] });
  });

  it('turns a drag over bars into gates and triggers', () => {
    const dragged = (trials: [number, number][], from: readonly GateGroup[]) => gateText(fromTrials(trials.map(([gate, trigger]) => ({ gate, trigger })), known[0], from));
    expect(dragged([[0, 1], [0, 2]], groups('0,1', 'start,end'))).toBe('0 1,2');
    expect(dragged([[0, 2], [1, 0]], groups('0,1', 'start,end'))).toBe('-gtlist={0,2,2}{1,start,end}');
    expect(dragged([[0, 0], [0, 1], [0, 2], [1, 0]], groups(['0', '1'], 'start,end'))).toBe('0 start,end; 1 start,end');
  });

  it('reads the options of joining', () => {
    const draft = draftOf({ run_specs: [['a', '0,1', 'start,end', '0']], catGT_cmd_string: '-prb_fld -zerofillmax=500 -t_miss_ok -startsecs=1.5' });
    expect(joinOptions(draft)).toMatchObject({ zerofillmax: 500, mayMiss: true, startsecs: 1.5, maxsecs: null });
    expect(joinText(joinOptions(draft).command)).toBe('-zerofillmax=500 -t_miss_ok -startsecs=1.5');
  });

  it('shows what the check says beside the run, or the part of a run, that it concerns', () => {
    const finding = (id: string, where: Finding['where']): Finding => ({ id, severity: 'warn', text: '', where, next: [{ label: 'Go to Gates', route: '/session/d/gates' }, { label: 'Cap fills at 100 ms', patch: {} }] });
    const checked = [finding('long-fill', { step: 'gates', run: 'a', gate: 1, trigger: 0 }), finding('zerofill-tprime', { step: 'gates' }), finding('trigger-missing', { step: 'gates', run: 'b' }), finding('no-sync', { step: 'sync', run: 'a' })];
    const entries = [['a', '0', '0,2'], ['a', '1', 'start,end'], ['b', '0', 'start,end']];
    const shown = (index?: number) => findingsAt(checked, entries, index).map(({ id, next }) => `${id}: ${next.map(({ label }) => label).join()}`);
    expect([shown(), shown(0), shown(1), shown(2)]).toEqual([['zerofill-tprime: Cap fills at 100 ms'], [], ['long-fill: Cap fills at 100 ms'], ['trigger-missing: Cap fills at 100 ms']]);
  });
});

describe('the runs step', () => {
  const draft = draftOf({ kind: 'multi-run', npx_directory: ['/data'], run_specs: [['a', '0', '0,1', '0']], sync_period: 2, ks_ver: 'ag' }, [{ runId: 'id-a', name: 'a' }]);

  it('adds runs whole, with their folders, and takes them away again', () => {
    const added = withRuns(draft, known, known);
    expect(added).toEqual({
      session: { run_specs: [['a', '0', '0,1', '0'], ['b', '0,1', 'start,end', '0,2', '1', ['default', 'default']]], npx_directory: ['/data', '/other'] },
      runs: [{ runId: 'id-a', name: 'a' }, { runId: 'id-b', name: 'b' }],
    });
    const both = draftOf({ ...draft.session, ...added.session }, added.runs);
    expect(withoutEntry(both, 1, known)).toEqual({ session: { run_specs: [['a', '0', '0,1', '0']], npx_directory: ['/data'] }, runs: [{ runId: 'id-a', name: 'a' }] });
    expect(withMoved(both, 1, -1, known).runs).toEqual([{ runId: 'id-b', name: 'b' }, { runId: 'id-a', name: 'a' }]);
  });

  it('keeps the folders of runs that are not known here', () => {
    expect(withRuns(draftOf({ ...draft.session, run_specs: [['gone', '0', '0', '0']] }), [known[1]], known).session).not.toHaveProperty('npx_directory');
  });

  it('lets the keys of one kind rest while the other is chosen', () => {
    const asFiles = withKind(draft, 'file-list');
    expect(asFiles.session).toMatchObject({ kind: 'file-list', file_list: [], run_specs: null, npx_directory: null, sync_period: null });
    expect(asFiles.session).not.toHaveProperty('ks_ver');
    const back = withKind({ ...draftOf({ kind: 'file-list', file_list: ['/x.bin'] }), notes: asFiles.notes ?? {} }, 'multi-run');
    expect(back.session).toMatchObject({ kind: 'multi-run', run_specs: draft.session['run_specs'], sync_period: 2, file_list: null });
    expect(back.notes).toEqual({ otherKind: { file_list: ['/x.bin'] } });
  });

  it('keeps everything when runs become a super-run', () => {
    expect(withKind(draft, 'super-run')).toEqual({ session: { kind: 'super-run' } });
    expect(withKind(draftOf({ ...draft.session, kind: 'super-run' }), 'file-list').session).toMatchObject({ kind: 'file-list', run_specs: null });
  });

  it('tells length, size and options of what an entry takes, not of its whole run', () => {
    const file = (stream: string, gate: number, trigger: number, seconds: number) => ({ stream, gate, trigger, seconds, bytes_B: 1000 * seconds });
    const run = { summary: { ...known[0], ni: true, streams: [] }, files: [file('imec0.ap', 0, 0, 10), file('nidq', 0, 0, 11), file('imec0.ap', 0, 1, 20), file('imec0.ap', 1, 0, 40)] } as unknown as RunDetails;
    expect(takenPart(run, ['a', '0', '0,1', '0'])).toEqual({ seconds: 31, bytes_B: 41_000, gates: [{ gate: 0, triggers: [0, 1] }] });
    expect(takenPart(run, ['a', '1', 'start,end', '0'])).toMatchObject({ seconds: 40, gates: [{ gate: 1, triggers: [0] }] });
    expect(runNotation(inSession(run.summary, ['a', '0', '1,1', '0'], draft), gatesText(['a', '0', '1,1', '0'], run.summary))).toBe('-run=a -g=0 -t=1 -ap -prb=0');
  });

  it('reads the forms a list of files may have', () => {
    expect(['/a.bin', ['/a.bin', ['cortex']], { file: '/a.bin' }].map(fileOf)).toEqual(['/a.bin', '/a.bin', '/a.bin']);
  });
});
