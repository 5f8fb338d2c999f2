// `aftergate doctor`: the self-check of the application at a terminal, the same rows.

import path from 'node:path';
import { JobError, UsageError } from '../common/index.ts';
import type { DoctorRow } from '../service/contract/index.ts';
import { createService } from '../service/index.ts';
import type { Command } from './command.ts';
import { readOptions } from './readOptions.ts';

const usage = `aftergate doctor [--json] [--root FOLDER]... [--profile DIR] [--workers N]

Looks whether this installation computes right numbers and whether this computer is fit for a night's work. Exit status 1
when something must be mended first. Folders of recordings are never written to.

  --json          the rows as JSON on stdout: id, name, value, verdict (ok, note, warn, stop), next
  --root FOLDER   a folder the application may use; may be given several times
  --profile DIR   where settings and caches are kept: the folders added there are looked at
  --workers N     threads to use, by default one per core
`;

const marks: Readonly<Record<DoctorRow['verdict'], string>> = { ok: 'ok  ', note: 'note', warn: 'WARN', stop: 'STOP' };

export const doctorCommand: Command = {
  name: 'doctor',
  summary: 'look whether this computer computes right numbers and is fit for the work',
  usage,
  async run(argv, io) {
    const { json, ...options } = parseDoctorArguments(argv, io.cwd);
    const service = await createService(options);
    try {
      const rows = (await service.call('doctor.run', {}, { signal: io.signal })) as readonly DoctorRow[];
      io.out(json ? `${JSON.stringify(rows, null, 1)}\n` : rows.map(rowText).join(''));
      const stops = rows.filter(({ verdict }) => verdict === 'stop').length;
      if (stops > 0) throw new JobError(`${stops} ${stops === 1 ? 'thing' : 'things'} must be mended before this computer is used`);
    } finally {
      await service.close();
    }
  },
};

/** Throws UsageError. */
export function parseDoctorArguments(argv: readonly string[], cwd: string) {
  const text = { type: 'string' } as const;
  const { values } = readOptions({ args: [...argv], options: { json: { type: 'boolean' }, profile: text, workers: text, root: { type: 'string', multiple: true } } }, 'aftergate doctor --help tells the options.');
  const workers = values.workers === undefined ? undefined : Number(values.workers);
  if (workers !== undefined && !(Number.isInteger(workers) && workers >= 1 && workers <= 1024)) throw new UsageError(`--workers: '${values.workers}' must be a whole number from 1 to 1024`);
  return {
    json: values.json ?? false,
    workers,
    roots: (values.root ?? []).map((folder) => path.resolve(cwd, folder)),
    profileFolder: values.profile === undefined ? undefined : path.resolve(cwd, values.profile),
  };
}

function rowText({ name, value, verdict, next }: DoctorRow): string {
  return `${marks[verdict]}  ${name.padEnd(26)}  ${value}\n${next === undefined ? '' : `      ${next}\n`}`;
}
