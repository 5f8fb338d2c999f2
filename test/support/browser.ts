// A Chromium for the browser tests: one that is there is used; on Debian as root it is installed by apt-get; otherwise
// one line says what to install. Never skipped silently.

import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import path from 'node:path';

const CANDIDATES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];

function findBrowser(): string | undefined {
  const named = process.env['AFTERGATE_BROWSER'];
  if (named) return named;
  const onPath = (process.env['PATH'] ?? '').split(path.delimiter).flatMap((folder) => ['chromium', 'google-chrome', 'chrome.exe'].map((name) => path.join(folder, name)));
  return [...CANDIDATES, ...onPath].find(isExecutable);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Path of a Chromium-like browser. Throws an error with one line that says what to install. */
export function browserPath(): string {
  const found = findBrowser();
  if (found) return found;
  if (existsSync('/etc/debian_version') && process.getuid?.() === 0) {
    process.stderr.write('browser tests: installing chromium with apt-get\n');
    spawnSync('apt-get', ['update'], { stdio: 'ignore' });
    const install = spawnSync('apt-get', ['install', '-y', '--no-install-recommends', 'chromium'], { stdio: ['ignore', 'ignore', 'inherit'] });
    const installed = findBrowser();
    if (install.status === 0 && installed) return installed;
  }
  throw new Error('The browser tests need Chromium or Chrome: install it (Debian: sudo apt-get install chromium), or name one in AFTERGATE_BROWSER.');
}

/** Flags for a quiet, sandboxless (tests run as root) headless browser that contacts nobody. */
export const browserFlags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];
