// The calls that a scan makes thousands of times. They cost half of those in fs/promises, which shows when a folder has a
// thousand runs.

import fs from 'node:fs';
import { promisify } from 'node:util';

export const readFile = promisify(fs.readFile);
export const readdir = promisify(fs.readdir);
export const stat = promisify(fs.stat);
