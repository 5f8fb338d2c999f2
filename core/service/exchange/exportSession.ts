// A session as files: the session file alone, or a folder or zip with the input JSON of every step and scripts that run it.
// Everything appears only when it is complete.

import fs from 'node:fs/promises';
import path from 'node:path';
import { strToU8, zipSync, type ZipOptions } from 'fflate';
import { isThere, OutputFileError, outputFileError, UsageError, whileHeld, writeWhole } from '../../common/index.ts';
import { readInputJson } from '../../modules/index.ts';
import { formatSession, type SessionFile, sessionFiles } from '../../pipelines/exchange/index.ts';
import type { exchangeRequests, Exported, ExportedFile, Handlers } from '../contract/index.ts';
import { type AreaContext, exportTarget } from '../house/index.ts';

type Names = 'session.files' | 'session.export';

const endings = { session: '.json', zip: '.zip', folder: '' } as const;

export function exportHandlers(context: AreaContext): Pick<Handlers<typeof exchangeRequests>, Names> {
  const { drafts, profile } = context;
  return {
    async 'session.files'({ draftId }) {
      return (await sessionFiles(drafts.get(draftId).session, profile.folder)).map(({ name, text }) => ({ name, text }));
    },
    async 'session.export'({ draftId, kind, path: wanted }) {
      const { session } = drafts.get(draftId);
      if (!wanted.toLowerCase().endsWith(endings[kind])) throw new UsageError(`${wanted}: the name must end in ${endings[kind]}`);
      const target = await exportTarget(context, wanted);
      await refuseOverwriting(target, kind);
      if (kind === 'session') {
        const text = formatSession(session);
        await writeWhole(target, text);
        return exported(target, [sized(path.basename(target), text)], target);
      }
      const files = await sessionFiles(session, profile.folder);
      await (kind === 'zip' ? writeWhole(target, zipped(files)) : writeFolder(target, files));
      return exported(target, files.map(({ name, text }) => sized(name, text)), kind === 'zip' ? 'session.json' : path.join(target, 'session.json'));
    },
  };
}

function exported(target: string, files: readonly ExportedFile[], session: string): Exported {
  return { path: target, files, command: `aftergate run "${session}"` };
}

const sized = (name: string, text: string): ExportedFile => ({ name, bytes_B: Buffer.byteLength(text) });

/** A session file may be written again; nothing else is. */
async function refuseOverwriting(target: string, kind: keyof typeof endings): Promise<void> {
  if (!(await isThere(target))) return;
  const isSession = kind === 'session' && (await readInputJson(target).then((content) => 'version' in content && 'kind' in content, () => false));
  const isEmptyFolder = kind === 'folder' && (await fs.readdir(target).then((names) => names.length === 0, () => false));
  if (!isSession && !isEmptyFolder) throw new OutputFileError(target, 'is there already', { next: 'Choose another name.' });
}

function zipped(files: readonly SessionFile[]): Uint8Array {
  const options = (file: SessionFile): ZipOptions => ({ os: 3, attrs: (file.isScript ? 0o100755 : 0o100644) << 16 });
  return zipSync(Object.fromEntries(files.map((file) => [file.name, [strToU8(file.text), options(file)]])));
}

/** Written under a temporary name beside it, then renamed. */
async function writeFolder(target: string, files: readonly SessionFile[]): Promise<void> {
  const part = `${target}.part`;
  try {
    await fs.rm(part, { recursive: true, force: true });
    for (const { name, text, isScript } of files) {
      const file = path.join(part, ...name.split('/'));
      await fs.mkdir(path.dirname(file), { recursive: true });
      await fs.writeFile(file, text, isScript ? { mode: 0o755 } : undefined);
    }
    if (await isThere(target)) await fs.rmdir(target);
    await whileHeld(() => fs.rename(part, target));
  } catch (error) {
    await fs.rm(part, { recursive: true, force: true }).catch(() => undefined);
    throw outputFileError(target, error);
  }
}
