import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { doctorCommand, parseDoctorArguments } from '../../../core/cli/doctor.ts';
import type { DoctorRow } from '../../../core/service/contract/index.ts';
import { temporaryFolder } from '../../support/folders.ts';
import { testIO } from './commandIO.ts';

describe('aftergate doctor', () => {
  it('tells the rows of the self-check, as JSON when asked', async () => {
    const io = testIO(temporaryFolder());
    await doctorCommand.run(['--json', '--workers', '1', '--profile', path.join(temporaryFolder(), 'my profile')], io);
    const rows = JSON.parse(io.stdout()) as DoctorRow[];
    expect(rows.map(({ id }) => id)).toEqual(['version', 'simd', 'workers', 'memory', 'clock', 'disk', 'catgt', 'edges', 'filter']);
    expect(rows.every(({ verdict }) => verdict !== 'stop')).toBe(true);
  });

  it('says which option it does not take', () => {
    expect(() => parseDoctorArguments(['--workers', 'two'], '/')).toThrow("--workers: 'two' must be a whole number from 1 to 1024");
    expect(parseDoctorArguments(['--root', 'a', '--root', 'b'], path.resolve('/x')).roots).toEqual([path.resolve('/x/a'), path.resolve('/x/b')]);
  });
});
