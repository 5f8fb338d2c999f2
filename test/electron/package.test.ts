// The package: built with a stand-in for Electron's program; holds what runs and nothing else.

import fs from 'node:fs/promises';
import path from 'node:path';
import { build, Platform } from 'electron-builder';
import { beforeAll, describe, expect, test } from 'vitest';
import { temporaryFolder } from '../support/folders.ts';

const root = path.resolve(import.meta.dirname, '..', '..');
let resources: string;

beforeAll(async () => {
  const folder = temporaryFolder();
  const electronDist = path.join(folder, 'electron');
  await fs.mkdir(electronDist);
  await fs.writeFile(path.join(electronDist, 'electron'), '#!/bin/sh\n', { mode: 0o755 });
  await build({ projectDir: root, targets: Platform.LINUX.createTarget('dir'), publish: 'never', config: { electronDist, directories: { output: path.join(folder, 'out') } } });
  resources = path.join(folder, 'out', 'linux-unpacked', 'resources');
}, 120_000);

/** Names in the archive, from its header: a tree of files as JSON, its length in the fourth number. */
async function archived(): Promise<string[]> {
  const bytes = await fs.readFile(path.join(resources, 'app.asar'));
  interface Tree { readonly files?: Readonly<Record<string, Tree>> }
  const names = (tree: Tree, place: string): string[] => Object.entries(tree.files ?? {}).flatMap(([name, inner]) => (inner.files ? names(inner, `${place}${name}/`) : [`${place}${name}`]));
  return names(JSON.parse(bytes.subarray(16, 16 + bytes.readUInt32LE(12)).toString('utf8')) as Tree, '');
}

describe('the package', () => {
  test('holds the shell, the pages, the worker and the help', async () => {
    const names = await archived();
    for (const name of ['package.json', 'LICENSE', 'dist/electron/main.js', 'dist/electron/preload.cjs', 'dist/renderer/index.html', 'dist/worker.js', 'dist/cli/index.js', 'resources/help/differences.md', 'node_modules/piscina/package.json', 'node_modules/zod/package.json', 'node_modules/ws/package.json']) {
      expect(names).toContain(name);
    }
  });

  test('holds no sources, tests, maps or tools of ours', async () => {
    const ours = (await archived()).filter((name) => !name.startsWith('node_modules/'));
    expect(ours.filter((name) => /\.(ts|tsx|map)$|^test\/|^core\/|bench|dist\/h\/|shell-test/.test(name))).toEqual([]);
    expect((await archived()).filter((name) => /^node_modules\/(react|vite|vitest|electron|plotly\.js|typescript)\//.test(name))).toEqual([]);
  });

  test('threads start from files outside the archive', async () => {
    await expect(fs.access(path.join(resources, 'app.asar.unpacked', 'dist', 'worker.js'))).resolves.toBeUndefined();
    await expect(fs.access(path.join(resources, 'app.asar.unpacked', 'node_modules', 'piscina', 'package.json'))).resolves.toBeUndefined();
  });
});
