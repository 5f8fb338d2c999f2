// All commands, in the order the overview lists them. Each is loaded when it is asked for: a small job takes less time than
// loading what all the others need.

import type { Command } from './command.ts';

export const commands: Readonly<Record<string, () => Promise<Command>>> = {
  scan: async () => (await import('./scan.ts')).scanCommand,
  preflight: async () => (await import('./preflight.ts')).preflightCommand,
  run: async () => (await import('./run.ts')).runCommand,
  serve: async () => (await import('./serve.ts')).serveCommand,
  doctor: async () => (await import('./doctor.ts')).doctorCommand,
  catgt: async () => (await import('./catgt.ts')).catgtCommand,
  tprime: async () => (await import('./tprime.ts')).tprimeCommand,
  cwaves: async () => (await import('./cwaves.ts')).cwavesCommand,
  overstrike: async () => (await import('./overstrike.ts')).overstrikeCommand,
  module: async () => (await import('./module.ts')).moduleCommand,
  'create-input-json': async () => (await import('./createInputJson.ts')).createInputJsonCommand,
  coords: async () => (await import('./coords.ts')).coordsCommand,
  compare: async () => (await import('./compare.ts')).compareCommand,
  simulate: async () => (await import('./simulate.ts')).simulateCommand,
  demo: async () => (await import('./demo/index.ts')).demoCommand,
};
