// Builds the renderer into dist/renderer: everything is ours, nothing is fetched from elsewhere, nothing is inline.

import path from 'node:path';
import { defineConfig } from 'vite';

export default defineConfig({
  root: import.meta.dirname,
  base: './',
  publicDir: false,
  // plotly's parts want Node's name for the global object.
  define: { global: 'globalThis' },
  build: {
    outDir: path.join(import.meta.dirname, '..', 'dist', 'renderer'),
    emptyOutDir: true,
    target: ['chrome120', 'firefox121', 'safari17'],
    sourcemap: false,
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 3000,
    modulePreload: { polyfill: false },
    // The component library marks its files for servers that draw React; nothing is lost by dropping the marks.
    rolldownOptions: { onLog: (level, log, report) => (log.code === 'MODULE_LEVEL_DIRECTIVE' ? undefined : report(level, log)) },
  },
  logLevel: 'warn',
});
