// `npm start`: the desktop application where Electron's program is there or can be fetched; otherwise one line says why,
// and the same application opens in the browser.

import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

const root = path.join(import.meta.dirname, '..');
const require = createRequire(import.meta.url);
/** A program that ends with an error before this has not come up, ms. */
const cameUp = 10_000;

/** Path of Electron's program, or the reason why there is none. */
function findElectron() {
  let folder;
  try {
    folder = path.dirname(require.resolve('electron/package.json'));
  } catch {
    return { reason: 'it is not installed' };
  }
  const program = () => {
    const name = path.join(folder, 'path.txt');
    const file = existsSync(name) ? path.join(folder, 'dist', readFileSync(name, 'utf8')) : undefined;
    return file && existsSync(file) ? file : undefined;
  };
  if (program()) return { program: program() };
  const fetched = spawnSync(process.execPath, [path.join(folder, 'install.js')], { encoding: 'utf8', timeout: 300_000, stdio: ['ignore', 'ignore', 'pipe'] });
  if (program()) return { program: program() };
  const said = /(?:Error|error): ?(.*)/.exec(fetched.stderr ?? '')?.[1] ?? `exit ${fetched.status}`;
  return { reason: `its program could not be fetched: ${said.trim()}` };
}

function openInBrowser(reason) {
  process.stderr.write(`Electron cannot be used (${reason}); Aftergate opens in the browser instead.\n`);
  const server = spawn(process.execPath, [path.join(root, 'dist', 'cli', 'index.js'), 'serve', '--open', ...process.argv.slice(2)], { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => server.kill(signal));
  server.on('exit', (code) => process.exit(code ?? 1));
}

const { program, reason } = findElectron();
if (!program) openInBrowser(reason);
else {
  const began = performance.now();
  const shell = spawn(program, [root], { stdio: 'inherit' });
  shell.on('error', (error) => openInBrowser(error.message));
  shell.on('exit', (code) => {
    if (code !== 0 && performance.now() - began < cameUp) openInBrowser(`it ended with ${code}`);
    else process.exit(code ?? 1);
  });
}
