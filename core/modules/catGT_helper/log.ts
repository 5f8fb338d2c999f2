// `<run>_CatGT.log`: what the engine says, line by line as it happens, so that a broken run leaves its evidence.

import fs from 'node:fs';
import path from 'node:path';
import { logTime, outputFileError } from '../../common/index.ts';

/** Appends lines with the date and time in front; the file and its folder are made with the first line. */
export function appendingLog(file: string): (line: string) => void {
  return (line) => {
    try {
      fs.mkdirSync(path.dirname(file), { recursive: true });
      fs.appendFileSync(file, `${line === '' ? '' : `[${logTime(new Date())}] ${line}`}\n`);
    } catch (error) {
      throw outputFileError(file, error);
    }
  };
}
