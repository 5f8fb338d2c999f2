// Where the built renderer lies: beside the bundled command or, from the sources (tests), in dist/.

import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export function rendererFolder(): string {
  const here = path.dirname(fileURLToPath(import.meta.url));
  for (const folder of [path.join(here, '..', 'renderer'), path.join(here, '..', '..', 'dist', 'renderer')]) {
    if (existsSync(path.join(folder, 'index.html'))) return folder;
  }
  throw new Error(`the renderer is missing beside ${here}: run 'npm run build'`);
}
