import fs from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { parsePreflightArguments, preflightCommand } from '../../../core/cli/preflight.ts';
import { quickRun } from '../../../core/simulate/index.ts';
import { temporaryFolder } from '../../support/folders.ts';
import { testIO } from './commandIO.ts';

let folder: string;

beforeAll(async () => {
  folder = temporaryFolder();
  await quickRun(path.join(folder, 'raw'), { name: 'night', seconds: 1, savedChannels: '0:7', probe: { units: { count: 1 } } });
});

/** As an editor on Windows leaves it. */
async function writeSession(changes: Readonly<Record<string, unknown>> = {}): Promise<string> {
  const session = { version: 1, kind: 'multi-run', npx_directory: 'raw', run_specs: [['night', '0', 'start,end', '0']], catGT_dest: 'out', modules: ['spike_sorter'], ...changes };
  await fs.writeFile(path.join(folder, 'tonight.json'), `\ufeff${JSON.stringify(session, null, 2).replaceAll('\n', '\r\n')}`);
  return 'tonight.json';
}

describe('aftergate preflight', () => {
  it('says what will be done, and writes nothing', async () => {
    const io = testIO(folder);
    await preflightCommand.run([await writeSession()], io);
    expect(io.stdout()).toMatch(/^3 steps to do, about \d+ s, 0\.00 GB of \d+(\.\d+)? GB free\n$/);
    await expect(fs.access(path.join(folder, 'out'))).rejects.toThrow();
  });

  it('gives everything as JSON', async () => {
    const io = testIO(folder);
    await preflightCommand.run([await writeSession({ sync_period: 2 }), '--json'], io);
    const found = JSON.parse(io.stdout()) as { outputs: string[] };
    expect(found).toMatchObject({
      ok: true,
      findings: [{ severity: 'warn', code: 'sync-period', message: expect.stringContaining('every 2 s') as string, next: 'Use 1 s', step: 'sync', run: 'night', probe: 0 }],
      disk: { needed: expect.any(Number) as number, removed: 0, free: expect.any(Number) as number },
      seconds: expect.any(Number) as number,
    });
    expect(found.outputs).toContain(path.join(folder, 'out', 'catgt_night_g0', 'night_g0_imec0', 'night_g0_tcat.imec0.ap.bin'));
  });

  it('fails when something must be mended, and names it', async () => {
    const io = testIO(folder);
    await expect(preflightCommand.run([await writeSession({ run_specs: [['night', '0', 'start,end', '0,3']] })], io)).rejects.toMatchObject({ exitCode: 1, message: expect.stringContaining('1 thing must be mended') as string });
    expect(io.stdout()).toContain('STOP  night_g0 imec3: imec3 has no files in night_g0. Connect its drive, or leave it out.\n      Leave imec3 out\n');
  });

  it('names wrong usage', () => {
    expect(() => parsePreflightArguments([])).toThrow(expect.objectContaining({ exitCode: 2, message: 'which session?' }));
    expect(() => parsePreflightArguments(['a.json', 'b.json'])).toThrow(expect.objectContaining({ exitCode: 2 }));
    expect(() => parsePreflightArguments(['a.json', '--deep'])).toThrow(expect.objectContaining({ exitCode: 2 }));
    expect(parsePreflightArguments(['a.json', '--full', '--json'])).toEqual({ session: 'a.json', full: true, json: true });
  });
});
