import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { CommandIO } from '../../../core/cli/command.ts';
import { parseScanArguments, scanCommand } from '../../../core/cli/scan.ts';
import { UsageError } from '../../../core/common/index.ts';
import type { ScanResult } from '../../../core/spikeglx/index.ts';
import { temporaryFolder } from '../../support/folders.ts';
import { apValues, niValues, writeRecording } from '../spikeglx/recording.ts';

async function run(argv: string[], cwd: string): Promise<string> {
  let text = '';
  const io: CommandIO = { out: (part) => void (text += part), err: () => undefined, cwd, signal: new AbortController().signal, interactive: false };
  await scanCommand.run(argv, io);
  return text;
}

describe('aftergate scan', () => {
  it('wants at least one folder and knows one option', () => {
    expect(parseScanArguments(['a b', 'c', '--json'])).toEqual({ folders: ['a b', 'c'], json: true });
    expect(() => parseScanArguments([])).toThrow(UsageError);
    expect(() => parseScanArguments(['a', '--jsn'])).toThrow(UsageError);
  });

  it('prints a line per run and its health in words', async () => {
    const folder = temporaryFolder();
    for (const trigger of [0, 1]) {
      await writeRecording(folder, { at: `maus_g0/maus_g0_t${trigger}.nidq`, values: niValues, samples: 25000 * 3723 });
      await writeRecording(folder, { at: `maus_g0/maus_g0_imec0/maus_g0_t${trigger}.imec0.ap`, values: apValues, samples: 30000 * 3723 });
    }
    await writeRecording(folder, { at: 'other_g0/other_g0_t0.nidq', values: niValues, samples: 2500, fileSizeBytes: 9e6 });
    expect(await run(['.'], folder)).toBe(
      [
        'Run    Date                 Length   Gates x triggers  Probes        Others  Size    Health',
        'maus   2024-07-01 12:00:00  2:04:06  g0 x 2            imec0 NP1010  NI      3.4 GB  good',
        `    ${path.join(folder, 'maus_g0')}`,
        'other  2024-07-01 12:00:00  0:00.1   g0 x 1                          NI      15 kB   1 error',
        `    ${path.join(folder, 'other_g0')}`,
        '    error: nidq g0 t0 is shorter than its meta says: 2500 of 1500000 samples.',
        '',
      ].join('\n'),
    );
  });

  it('prints JSON', async () => {
    const folder = temporaryFolder();
    await writeRecording(folder, { at: 'maus_g0/maus_g0_t0.nidq', values: niValues, samples: 25000 });
    const result = JSON.parse(await run([folder, '--json'], '/')) as ScanResult;
    expect(result.runs[0]).toMatchObject({ name: 'maus', ni: true, seconds: 1, bytes: 150000 });
    expect(result.outputs).toEqual([]);
  });

  it('finds nothing, or says which folder is missing', async () => {
    const folder = temporaryFolder();
    expect(await run(['.'], folder)).toBe('No SpikeGLX runs here.\n');
    await expect(run(['none'], folder)).rejects.toThrow(`${path.join(folder, 'none')}: no such file or folder`);
  });
});
