import { describe, expect, it } from 'vitest';
import { kindOf, parseNotation, type RunFacts } from '../../../../core/pipelines/exchange/index.ts';
import { parsePython } from '../../../../core/pipelines/exchange/pythonText.ts';
import { shellCommands } from '../../../../core/pipelines/exchange/shellText.ts';

const line = (word: number, name: string, kind: 'analog' | 'digital') => ({ word, name, kind, acquired: word, range_V: kind === 'analog' ? 5 : NaN, volts_per_count: NaN, gain: 1 });
const runs: RunFacts[] = [{
  name: 'm41', gates: [0, 1], probes: [0, 1], obx: [],
  streams: [{ stream: 'nidq', columns: 3, words: [line(0, 'XA0', 'analog'), line(1, 'XA1', 'analog'), line(2, 'DW', 'digital')] }, { stream: 'imec0.ap', columns: 385, words: [line(384, 'SY', 'digital')] }],
}];
const session = {
  version: 1, kind: 'multi-run', npx_directory: ['/data'], run_specs: [['m41', '0', 'start,end', '0,1', '', ['cortex', 'default']]], catGT_dest: '/out',
  ks_ver: 'ag', modules: ['spike_sorter', 'quality_metrics'], ni_obx_extract_string: '-xd=0,0,2,5,0',
};
const onDraft = (text: string, without: string[] = [], scope = {}) => parseNotation(text, { session, runs, without: new Set(without) }, scope);
const tokens = ({ used, changed, unused }: ReturnType<typeof parseNotation>) => ({ used: used.map(({ token }) => token), changed: changed.map(({ token }) => token), unused: unused.map(({ token }) => token) });

describe('command lines', () => {
  it('are read through batch files, carets, stop-parsing signs, quotes and wrapped lines', () => {
    const words = ['-dir=D:\\my data', '-run=m41', '-g=0', '-t=0,5', '-ap', '-chnexcl={0;1,2}{1;5}'];
    const ways = [
      'CatGT -dir="D:\\my data" -run=m41 -g=0 -t=0,5 -ap -chnexcl={0;1,2}{1;5}',
      "C:\\CatGT-win\\runit.bat --% -dir=D:\\my data -run=m41 -g=0 ^\r\n -t=0,5 -ap -chnexcl={0;1,2}{1;5}",
      "./runit.sh '-dir=D:\\my data -run=m41 -g=0 -t=0,5 -ap -chnexcl={0;1,2}{1;5}'",
      '@echo off\nset LOCALARGS=-dir="D:\\my data" ^\n-run=m41 -g=0 -t=0,5 ^\n-ap -chnexcl={0;1,2}{1;5}\nif [%1]==[] (set ARGS=%LOCALARGS%) else (set ARGS=%*)\n%~dp0CatGT %ARGS%',
      'CatGT \\\n  -dir="D:\\my data" \\\n  -run=m41 -g=0 -t=0,5 -ap -chnexcl={0;1,2}{1;5}',
    ];
    for (const way of ways) expect(shellCommands(way).flatMap((command) => command.words), way).toEqual(words);
  });

  it('fill what the session leaves open, change what it says, and keep the rest apart: each token once', () => {
    const parsed = onDraft('CatGT -dir=/data -run=m41 -g=0 -t=0,3 -ap -prb=0,1 -apfilter=butter,12,300,9000 -gfix=0.4,.1,.02 -loccar=2,8 -gifx=1 -xa=0,0,0,3.0,4.5,25 -SY=0,384,6,500');
    expect(tokens(parsed)).toEqual({
      used: ['-run=m41', 'CatGT', '-dir=/data', '-g=0', '-ap', '-prb=0,1', '-gfix=0.4,.1,.02', '-xa=0,0,0,3.0,4.5,25', '-SY=0,384,6,500'],
      changed: ['-t=0,3', '-apfilter=butter,12,300,9000', '-loccar=2,8', '-lffilter=butter,12,1,500', '-xd=0,0,2,5,0'],
      unused: ['-gifx=1'],
    });
    expect(parsed.unused[0].suggestion).toEqual({ label: 'Use -gfix', text: '-gfix=1' });
    expect(parsed.session).toMatchObject({
      run_specs: [['m41', '0', '0,3', '0,1', '', ['cortex', 'default']]], car_mode: 'loccar', loccar_min: 40, loccar_max: 160, ni_obx_extract_string: '-xa=0,0,0,3.0,4.5,25',
      catGT_cmd_string: '-prb_fld -out_prb_fld -apfilter=butter,12,300,9000 -gfix=0.4,.1,.02',
    });
  });

  it('leave alone what is unticked', () => {
    expect(onDraft('-apfilter=butter,12,300,9000 -zerofillmax=500', ['-apfilter=butter,12,300,9000']).session).toEqual({
      catGT_cmd_string: '-prb_fld -out_prb_fld -apfilter=butter,12,300,10000 -lffilter=butter,12,1,500 -gfix=0.4,0.10,0.02 -zerofillmax=500',
    });
  });

  it("that are Aftergate's own are kept as they are", () => {
    const { session, unused } = onDraft('-edits -health');
    expect(unused).toEqual([]);
    expect(session.catGT_cmd_string).toMatch(/ -edits -health$/);
  });

  it('of another run give their settings, not their gates', () => {
    const parsed = onDraft('CatGT -dir=D:\\x -run=other -g=1 -t=0,9 -prb=0 -ap -gblcar');
    expect(parsed.unused.map(({ token, reason }) => [token, reason])).toEqual([
      ['-run=other', 'The run other is not in this session.'],
      ['-dir=D:\\x', 'The runs of this session are where they are: step 1 changes them.'],
      ...['-g=1', '-t=0,9', '-prb=0'].map((token) => [token, 'It belongs to the run other, which is not in this session.']),
    ]);
    expect(parsed.used.map(({ token }) => token)).toContain('-gblcar');
  });

  it('say by the run which one is meant, and change its gates alone', () => {
    const two = { ...session, run_specs: [['m40', '0', 'start,end', '0', '', []], ...session.run_specs] };
    const parsed = parseNotation('CatGT -run=m41 -g=1 -ap', { session: two, runs, without: new Set() });
    expect(parsed.used).toContainEqual(expect.objectContaining({ token: '-run=m41' }));
    expect(parsed.changed.map(({ token }) => token)).not.toContain('-run=m41');
    expect((parsed.session.run_specs as string[][]).map(([run, gates]) => `${run} ${gates}`)).toEqual(['m40 0', 'm41 1']);
  });

  it('with two ways of referencing keep the first and say so of the other', () => {
    const parsed = onDraft('-loccar_um=40,140 -gblcar');
    expect(parsed.unused).toEqual([{ token: '-gblcar', reason: 'Only one CAR at a time: -loccar_um=40,140 stands before it.' }]);
    expect(parsed.session).toMatchObject({ car_mode: 'loccar', loccar_max: 140 });
  });

  it('of TPrime and C_Waves are read too', () => {
    expect(parseNotation('TPrime -syncperiod=2.0 -tostream=D:\\x\\run_g0_tcat.obx1.obx.xd_1_0_500.txt -fromstream=0,a.txt -events=0,b.txt,c.txt').session).toEqual({ sync_period: 2, toStream_sync_params: 'obx1' });
    expect(parseNotation('aftergate tprime -syncperiod=2.0 -tostream=a.txt -tprime_interp -numerics=exact').session).toEqual({ sync_period: 2, tPrime_helper_params: { tprime_interp: true, numerics: 'exact' } });
    expect(parseNotation('C_Waves -spikeglx_bin=a.bin -samples_per_spike=90 -snr_radius_um=140').session).toEqual({ mean_waveform_params: { samples_per_spike: 90 }, c_Waves_snr_um: 140 });
  });
});

describe('extractors', () => {
  const reason = (text: string) => onDraft(text).unused.map(({ id, reason: sentence, suggestion }) => ({ id, sentence, use: suggestion?.text }))[0];

  it('are checked against the words of the files', () => {
    expect(reason('-xd=0,0,8,3,0')).toEqual({ id: 'word-range', sentence: 'Word 8 does not exist: this file has words 0 to 2 (XA0, XA1, DW).', use: '-xd=0,0,2,3,0' });
    expect(reason('-xa=0,0,2,3.0,4.5,25')).toMatchObject({ id: 'word-digital', use: '-xa=0,0,1,3,4.5,25' });
    expect(reason('-bf=0,0,2,12,6,3')).toMatchObject({ id: 'bit-range', sentence: 'Startbit 12 with 6 bits runs past bit 15. At most 4 bits fit.' });
    expect(reason('-xd=3,0,384,6,500')).toMatchObject({ id: 'lf-extract', use: '-xd=2,0,384,6,500' });
    expect(reason('-xd=1,0,1,0,0')).toMatchObject({ id: 'stream-missing', sentence: 'OneBox 0 is not in run m41.' });
    expect(reason('-xa=0,0,0,2,4,25 -xa=0,0,0,3,4,25')).toMatchObject({ id: 'name-collision' });
    expect(onDraft('-xd=2,0,384,5,50 -xd=0,0,-1,3,0').unused).toEqual([]);
  });

  it('are added when pasted alone, and replace those there are when a text gives all', () => {
    expect(onDraft('-xd=0,0,2,1,50').session).toEqual({ ni_obx_extract_string: '-xd=0,0,2,5,0 -xd=0,0,2,1,50' });
    expect(onDraft('-xd=0,0,2,1,50', [], { allExtractors: true }).session).toEqual({ ni_obx_extract_string: '-xd=0,0,2,1,50' });
    expect(onDraft("ni_extract_string = '-xd=0,0,2,1,50'").session).toEqual({ ni_obx_extract_string: '-xd=0,0,2,1,50' });
  });

  it('in the forms of CatGT 2 are brought up to date', () => {
    expect(kindOf('SY=0,384,6,500 XD=2,1,50')).toBe('command');
    expect(onDraft('XD=2,1,50 iXA=1,1.1,0,25 SY=0,384,6,500').session).toEqual({ ni_obx_extract_string: '-xd=0,0,2,5,0 -xd=0,0,2,1,50 -xia=0,0,1,1.1,0,25' });
  });
});

it('takes -sepShanks with the field\'s numbers for a probe that is sorted apart, every shank in the region it had', () => {
  const apart = onDraft('-sepShanks=1,1010,-1,1012,-1');
  expect(apart.changed).toEqual([{ token: '-sepShanks=1,1010,-1,1012,-1', field: 'shanks of imec1', from: 'sorted whole', to: 'sorted apart' }]);
  expect(apart.session).toEqual({ run_specs: [['m41', '0', 'start,end', '0,1', '', ['cortex', ['default', 'default', 'default', 'default']]]] });
  expect(onDraft('-sepShanks=2,1020,1021,1022,1023').unused).toMatchObject([{ id: 'probe-missing', reason: 'imec2 is not among the probes of this session.' }]);
  expect(parseNotation('CatGT -dir=/d -run=m41 -g=0 -t=0 -ap -sepShanks=1,1010,1011,1012,1013 -prb=0:1').session.run_specs).toEqual([['m41', '0', '0', '0:1', '', ['default', ['default', 'default', 'default', 'default']]]]);
});

it('sorts a probe whole again when the text of the probes step names no split of it', () => {
  const ground = { session: { ...session, run_specs: [['m41', '0', 'start,end', '0,1', '', ['cortex', ['thalamus', 'cortex']]]] }, runs, without: new Set<string>() };
  expect(parseNotation('-prb=0,1', ground, { allShanks: true }).session).toEqual({ run_specs: [['m41', '0', 'start,end', '0,1', '', ['cortex', 'thalamus']]] });
  expect(parseNotation('-prb=0,1 -sepShanks=1,1010,1011,1012,1013', ground, { allShanks: true }).session).toEqual({});
});

it('refuses -sepShanks with other numbers', () => {
  expect(onDraft('-sepShanks=1,1,2,3,4')).toMatchObject({ session: {}, unused: [{ reason: 'Sessions number the shanks of imec1 from 1010 to 1013.', suggestion: { text: '-sepShanks=1,1010,1011,1012,1013' } }] });
});

describe('scripts', () => {
  const script = [
    'import os', 'logName = "log.csv"  # comment', "npx_directory = r'D:\\ecephys'", "refPerMS_dict = {'default': 2.0,  # ms", "                 'cortex': 2.5}",
    "ksTh2_dict = {'default':'[10,4]'}", "ksTh4_dict = {'default': '[8,9]', 'cortex': '[8,9]'}", "ks_ver = '4'", "if ks_ver == '2.0':", '    ksTh_dict = ksTh2_dict', "run_specs = [['m41', '0', '0,9', '0,1', ['cortex','medulla'] ],]",
    "ni_obx_extract_string = '-xa=0,0,0,1,1,25 ' \\", "    '-xd=0,0,2,1,50'", 'ks_Templateradius_um = 100', 'process_lf = False; sync_period = 1.0', "modules = ['catGT_helper', 'ks4_helper', 'kilosort_postprocessing']", "catGTPath = r'C:\\CatGT'",
  ].join('\r\n');

  it('give their plain values; nothing is executed', () => {
    const { kind, session: made, unused } = parseNotation(script);
    expect(kind).toBe('script');
    expect(made).toEqual({
      logName: 'log.csv', npx_directory: ['D:\\ecephys'], refPerMS_dict: { default: 2, cortex: 2.5 }, ksTh_dict: { default: '[8,9]', cortex: '[8,9]' }, ks_ver: '4', run_specs: [['m41', '0', '0,9', '0,1', '', ['cortex', 'medulla']]],
      ni_obx_extract_string: '-xa=0,0,0,1,1,25 -xd=0,0,2,1,50', process_lf: false, sync_period: 1, modules: ['ks4_helper', 'kilosort_postprocessing'],
    });
    expect(unused.map(({ token }) => token)).toEqual(["ksTh2_dict = {'default':'[10,4]'}", 'ks_Templateradius_um = 100', "catGTPath = r'C:\\CatGT'", 'import os ... (3 lines)']);
    expect(unused[1].suggestion?.text).toBe('ks_templateRadius_um = 100');
  });

  it('are told of their program in one line; a setting in a call is offered', () => {
    const lines = ['sync_period = 1.0', 'session_id = []', "logFullPath = os.path.join(dest, 'log.csv')", 'for i, spec in enumerate(run_specs):', '    first_trig = 0', "    catGT_stream_string = f'{x} -ni'", '    info = createInputJson(output,', '        ks_finalSplits = 0,', '        ks_tmin = start,', '    )'];
    const { session: made, unused } = parseNotation(lines.join('\n'));
    expect(made).toEqual({ sync_period: 1 });
    expect(unused.map(({ token, suggestion }) => [token, suggestion?.text])).toEqual([['ks_finalSplits = 0', 'ks_finalSplits = 0'], ['for i, spec in enumerate(run_specs): ... (8 lines)', undefined]]);
  });

  it.each([
    ['split-shanks', ["run_specs = [['m41', '0', '0,9', '0', '', ['cortex']]]", 'nShank, sepShanksStr, shankIDs = SGLXMetaToCoords.CreateSepShanksString(metaPath)', 'catGT_cmd_string = catGT_cmd_string + sepShanksStr']],
    ['super-run', ["run_specs = [['m41', '0', '0,9', '0', '', ['cortex']]]", 'run_CatGT = False', "run_folder_name = 'supercat_' + spec[0]"]],
  ])('that only one of the field\'s scripts could be give its kind: %s', (expected, lines) => {
    expect(parseNotation(lines.join('\n')).session.kind).toBe(expected);
    expect(parseNotation(lines[0]).session.kind).toBeUndefined();
  });

  it('swap the sorter when they name another', () => {
    expect(onDraft("ks_ver = '4'").session).toEqual({ ks_ver: '4', modules: ['ks4_helper', 'quality_metrics'] });
  });

  it.each([['[1, 2,]', [1, 2]], ["('a', 'b')", ['a', 'b']], ["('a')", 'a'], ["'a' 'b' + 'c'", 'abc'], ["{'a': {1: True}}", { a: { 1: true } }], ['-1.5e3', -1500], ['"""x\ny"""', 'x\ny'], ["r'C:\\new'", 'C:\\new'], ['None', null]])('read %s', (text, value) => {
    expect(parsePython(`x = ${text}  # end`).assignments[0]).toMatchObject({ isPlain: true, value });
  });

  it.each(['os.path.join("a")', 'f"{x}"', '[x for x in y]', 'a + "b"', "'open", '{1: }', '1 +'])('do not take %s for a value', (text) => {
    expect(parsePython(`x = ${text}`).assignments[0].isPlain).toBe(false);
  });
});

it('reads a session and a part of one', () => {
  expect(onDraft(JSON.stringify({ version: 1, kind: 'multi-run', car_mode: 'loccar', run_specs: [['elsewhere', '0', '0', '0']], quality_metrics_params: { max_radius_um: 90 } }))).toMatchObject({
    kind: 'session', session: { car_mode: 'loccar', quality_metrics_params: { max_radius_um: 90 } }, unused: [{ token: 'run_specs', reason: 'The run elsewhere is not in this session.' }],
  });
});
