// Builds everything into dist/: the SIMD kernels (AssemblyScript -> WebAssembly -> a generated TypeScript file),
// the command line (dist/cli/index.js), the worker that the pool's threads run (dist/worker.js) and the bench
// (dist/bench.js, not part of the package), the desktop shell (dist/electron/) and the
// renderer (dist/renderer/).
import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';
import { build } from 'esbuild';
import { build as buildPages } from 'vite';

const root = import.meta.dirname;
const require = createRequire(import.meta.url);
process.chdir(root);

function compileKernels(name, extra, entry = 'core/kernels/wasm/index.ts') {
  const asc = path.join(path.dirname(require.resolve('assemblyscript/package.json')), 'bin', 'asc.js');
  const out = path.join('dist', 'kernels', `${name}.wasm`);
  const args = [asc, entry, '--outFile', out, '--runtime', 'stub', '--importMemory', '--noAssert',
    '-O3', '--enable', 'simd', ...extra];
  const run = spawnSync(process.execPath, args, { stdio: ['ignore', 'inherit', 'inherit'] });
  if (run.status !== 0) process.exit(1);
  return readFileSync(out).toString('base64');
}

mkdirSync('dist/kernels', { recursive: true });
mkdirSync('core/kernels/generated', { recursive: true });
const plain = compileKernels('plain', ['--use', 'RELAXED=0']);
const relaxed = compileKernels('relaxed', ['--enable', 'relaxed-simd', '--use', 'RELAXED=1']);
writeFileSync('core/kernels/generated/binaries.ts',
  `// Made by build.mjs from core/kernels/wasm; not kept in git.\nexport const plainKernels = '${plain}';\nexport const relaxedKernels = '${relaxed}';\n`);
const sorter = compileKernels('sorter', [], 'core/kernels/wasm-sorter/index.ts');
writeFileSync('core/kernels/generated/sorterBinary.ts',
  `// Made by build.mjs from core/kernels/wasm-sorter; not kept in git.\nexport const sorterKernels = '${sorter}';\n`);

const forNode = { outdir: 'dist', bundle: true, platform: 'node', format: 'esm', target: 'node20', packages: 'external', sourcemap: true, logLevel: 'warning' };
await build({ ...forNode, entryPoints: { worker: 'core/execution/worker.ts', bench: 'test/bench/index.ts' } });
// In pieces, so that a command loads what it needs and no more. Pieces of earlier builds have other names.
rmSync('dist/cli', { recursive: true, force: true });
await build({ ...forNode, entryPoints: { 'cli/index': 'core/cli/index.ts' }, splitting: true, chunkNames: 'cli/[name]-[hash]' });
chmodSync('dist/cli/index.js', 0o755);

// The shell: a module for the main process, CommonJS for the preload script.
const shell = { bundle: true, platform: 'node', target: 'node20', outdir: 'dist/electron', sourcemap: true, logLevel: 'warning', external: ['electron'] };
await build({ ...shell, entryPoints: ['electron/main.ts'], format: 'esm', packages: 'external' });
await build({ ...shell, entryPoints: ['electron/preload.ts'], format: 'cjs', outExtension: { '.js': '.cjs' } });

await buildPages({ configFile: 'renderer/vite.config.ts' });
