// `aftergate serve`: the application in a browser, served to this computer only.

import { spawn } from 'node:child_process';
import path from 'node:path';
import { UsageError } from '../common/index.ts';
import { createService, serveHttp } from '../service/index.ts';
import type { Command, CommandIO } from './command.ts';
import { rendererFolder } from './rendererFolder.ts';
import { readOptions } from './readOptions.ts';

const usage = `aftergate serve [--port N] [--open] [--root FOLDER]... [--profile DIR] [--workers N]

Serves the application to a browser on this computer: open the address printed on the first line (it holds the token that
every request must carry). Ends with ctrl-C.

  --port N        a fixed port instead of any free one
  --open          open the browser
  --root FOLDER   a folder the application may use (recordings, results); may be given several times. Without it, folders
                  are chosen in the application, anywhere on this computer
  --profile DIR   where settings, drafts and caches are kept
  --workers N     threads to use, by default one per core
`;

export const serveCommand: Command = {
  name: 'serve',
  summary: 'the application in a browser, on this computer',
  usage,
  async run(argv, io) {
    const options = parseServeArguments(argv, io.cwd);
    const service = await createService({ profileFolder: options.profile, roots: options.roots, workers: options.workers });
    try {
      const server = await serveHttp(service, { port: options.port, pages: rendererFolder() });
      io.out(`${server.url}\n`);
      if (options.open) openBrowser(server.url);
      io.err('Aftergate is served on this computer; ctrl-C ends it.\n');
      await untilAborted(io);
      await server.close();
    } finally {
      await service.close();
    }
  },
};

/** Throws UsageError. */
export function parseServeArguments(argv: readonly string[], cwd: string) {
  const { values } = parsed(argv);
  const whole = (name: 'port' | 'workers', least: number, largest: number) => {
    const value = values[name] === undefined ? undefined : Number(values[name]);
    if (value !== undefined && !(Number.isInteger(value) && value >= least && value <= largest)) throw new UsageError(`--${name}: '${values[name]}' must be a whole number from ${least} to ${largest}`);
    return value;
  };
  return {
    port: whole('port', 0, 65535),
    workers: whole('workers', 1, 1024),
    open: values.open ?? false,
    roots: (values.root ?? []).map((folder) => path.resolve(cwd, folder)),
    profile: values.profile === undefined ? undefined : path.resolve(cwd, values.profile),
  };
}

function parsed(argv: readonly string[]) {
  const text = { type: 'string' } as const;
  return readOptions({ args: [...argv], options: { port: text, workers: text, profile: text, root: { type: 'string', multiple: true }, open: { type: 'boolean' } } }, 'aftergate serve --help tells the options.');
}

function untilAborted({ signal }: CommandIO): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

/** Best effort: the address is on the screen as well. */
export function openBrowser(url: string): void {
  const [program, args] = process.platform === 'win32' ? ['rundll32', ['url.dll,FileProtocolHandler', url]] : process.platform === 'darwin' ? ['open', [url]] : ['xdg-open', [url]];
  spawn(program as string, args as string[], { stdio: 'ignore', detached: true }).on('error', () => undefined).unref();
}
