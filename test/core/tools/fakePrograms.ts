// Programs that tests put in the place of real ones: a few lines of JavaScript that can be started like any program
// (a shebang names this Node, so not on Windows).

import fs from 'node:fs/promises';
import path from 'node:path';

export const canFake = process.platform !== 'win32';

/** Makes `<folder>/<name>` a program. `source` is CommonJS; its arguments are process.argv.slice(2). */
export async function fakeProgram(folder: string, name: string, source: string): Promise<string> {
  const file = path.join(folder, name);
  await fs.mkdir(folder, { recursive: true });
  await fs.writeFile(file, `#!${process.execPath}\n${source}\n`);
  await fs.chmod(file, 0o755);
  return file;
}
