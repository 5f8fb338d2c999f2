// The house keeps its shape: imports run downwards only, folders are entered through their index.ts, files stay small
// and say what they are for.

import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';

const root = path.resolve(import.meta.dirname, '..');

/** What each folder of core/ may import. `common` is the ground, and so is `notation`: pure text, for the screens too. */
const ALLOWED: Record<string, readonly string[]> = {
  common: [],
  notation: [],
  kernels: ['common'],
  spikeglx: ['formats', 'kernels', 'common'],
  formats: ['kernels', 'common'],
  signal: ['kernels', 'common'],
  engines: ['signal', 'formats', 'spikeglx', 'kernels', 'common'],
  tools: ['formats', 'spikeglx', 'kernels', 'common'],
  simulate: ['signal', 'formats', 'spikeglx', 'kernels', 'common'],
  modules: ['engines', 'tools', 'signal', 'formats', 'spikeglx', 'kernels', 'common', 'notation'],
  execution: ['review', 'modules', 'engines', 'tools', 'simulate', 'signal', 'formats', 'spikeglx', 'kernels', 'common', 'notation'],
  pipelines: ['execution', 'modules', 'engines', 'tools', 'signal', 'formats', 'spikeglx', 'kernels', 'common', 'notation'],
  review: ['modules', 'engines', 'tools', 'signal', 'formats', 'spikeglx', 'kernels', 'common', 'notation'],
  service: ['pipelines', 'execution', 'review', 'modules', 'engines', 'tools', 'simulate', 'signal', 'formats', 'spikeglx', 'kernels', 'common', 'notation'],
  cli: ['service', 'review', 'pipelines', 'execution', 'modules', 'engines', 'tools', 'simulate', 'signal', 'formats', 'spikeglx', 'kernels', 'common', 'notation'],
};

/** Folders whose sub-folders are strangers to one another. */
const STRANGERS = ['engines', 'modules'];
/** Rooms among them that are common furniture. */
const SHARED = ['record', 'sections'];

const files = sourceFiles(path.join(root, 'core'));
/** What has a screen: sources outside core/. */
const shells = ['electron', 'renderer'].flatMap((folder) => sourceFiles(path.join(root, folder)));

function sourceFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const full = path.join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === 'wasm' || entry.name === 'generated' ? [] : sourceFiles(full);
    return /\.tsx?$/.test(entry.name) ? [full] : [];
  });
}

function importsOf(file: string): string[] {
  const text = readFileSync(file, 'utf8');
  const specifiers = [...text.matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+)'/g)].map((match) => match[1]);
  const targets = specifiers.map((specifier) => path.resolve(path.dirname(file), specifier));
  // The version stands in package.json and nowhere else.
  return targets.filter((target) => path.basename(target) !== 'package.json');
}

/** ['engines', 'catgt', 'run.ts'] */
const partsOf = (file: string) => path.relative(path.join(root, 'core'), file).split(path.sep);

describe('the house', () => {
  test('imports run downwards only', () => {
    const wrong: string[] = [];
    for (const file of files) {
      const [floor] = partsOf(file);
      for (const target of importsOf(file)) {
        const [targetFloor] = partsOf(target);
        if (targetFloor === '..' || (targetFloor !== floor && !(ALLOWED[floor] ?? []).includes(targetFloor))) wrong.push(`${partsOf(file).join('/')} imports ${partsOf(target).join('/')}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  test('an engine never imports another engine, nor a module another module', () => {
    const wrong: string[] = [];
    for (const file of files) {
      const [floor, room, ...rest] = partsOf(file);
      if (!STRANGERS.includes(floor) || rest.length === 0) continue;
      for (const target of importsOf(file)) {
        const [targetFloor, targetRoom, ...targetRest] = partsOf(target);
        if (targetFloor === floor && targetRest.length > 0 && targetRoom !== room && !SHARED.includes(targetRoom)) wrong.push(`${partsOf(file).join('/')} imports ${partsOf(target).join('/')}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  test('other folders are entered through their index.ts', () => {
    const wrong: string[] = [];
    for (const file of files) {
      const [floor, room] = partsOf(file);
      for (const target of importsOf(file)) {
        const [targetFloor, targetRoom] = partsOf(target);
        const sameRoom = floor === targetFloor && (!STRANGERS.includes(floor) || room === targetRoom || partsOf(file).length === 2 || partsOf(target).length === 2);
        if (!sameRoom && path.basename(target) !== 'index.ts') wrong.push(`${partsOf(file).join('/')} imports ${partsOf(target).join('/')}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  test('the renderer knows the contract of the service and nothing else of core; the shell knows the service', () => {
    const inRoot = (file: string) => path.relative(root, file).split(path.sep).join('/');
    const mayImport = (from: string, to: string) => {
      if (!to.startsWith('core/')) return to.startsWith('renderer/') || (from.startsWith('electron/') && to.startsWith('electron/'));
      return from.startsWith('renderer/') ? to === 'core/service/contract/index.ts' : to === 'core/service/index.ts';
    };
    const wrong = shells.flatMap((file) => importsOf(file).filter((target) => !mayImport(inRoot(file), inRoot(target))).map((target) => `${inRoot(file)} imports ${inRoot(target)}`));
    expect(wrong).toEqual([]);
    const withNode = shells.filter((file) => inRoot(file).startsWith('renderer/') && file !== path.join(root, 'renderer', 'vite.config.ts') && /from '(node:|electron')/.test(readFileSync(file, 'utf8')));
    expect(withNode.map(inRoot)).toEqual([]);
  });

  test('the contract knows neither Node nor anything below but the notation, which knows as little', () => {
    const pure = files.filter((file) => partsOf(file).slice(0, 2).join('/') === 'service/contract' || partsOf(file)[0] === 'notation');
    const mayImport = (target: string) => partsOf(target).slice(0, 2).join('/') === 'service/contract' || partsOf(target)[0] === 'notation';
    const wrong = pure.filter((file) => !importsOf(file).every(mayImport) || readFileSync(file, 'utf8').includes("from 'node:"));
    expect(wrong.map((file) => partsOf(file).join('/'))).toEqual([]);
  });

  test('the signal path knows nothing of Node but its flags: it runs in a browser as it stands', () => {
    const pending = files.filter((file) => partsOf(file)[0] === 'signal');
    const reached = new Set(pending);
    for (let file = pending.pop(); file !== undefined; file = pending.pop()) {
      for (const target of importsOf(file).filter((other) => other.endsWith('.ts') && !reached.has(other))) {
        reached.add(target);
        pending.push(target);
      }
    }
    const node = [...reached].filter((file) => /from 'node:(?!v8')/.test(readFileSync(file, 'utf8')));
    expect(node.map((file) => partsOf(file).join('/'))).toEqual([]);
  });

  test('every file begins by saying what it is for', () => {
    const silent = [...files, ...shells].filter((file) => !/^(#!.*\n)?\s*(\/\/|\/\*)/.test(readFileSync(file, 'utf8')));
    expect(silent.map((file) => path.relative(root, file))).toEqual([]);
  });

  test('files hold one concept: at most 300 lines', () => {
    const long = [...files, ...shells].filter((file) => readFileSync(file, 'utf8').split('\n').length > 300);
    expect(long.map((file) => path.relative(root, file))).toEqual([]);
  });

  test('only the command line writes to the console', () => {
    const chatty = [...files, ...shells].filter((file) => partsOf(file)[0] !== 'cli' && /process\.std(out|err)|console\./.test(readFileSync(file, 'utf8')));
    expect(chatty.map((file) => path.relative(root, file))).toEqual([]);
  });
});
