// `<run>_CatGT.log`: what the engine says, line by line as it happens, so that a broken run leaves its evidence.

import fs from 'node:fs';
import path from 'node:path';
import { outputFileError } from '../../common/index.ts';

/** Appends lines with the date and time in front; the file and its folder are made with the first line. */
export function appendingLog(file: string): (line: string) => void {
  return (line) => {
    try {
      fs.mkdirSync(path.dirname(file), { recursive: true });
      fs.appendFileSync(file, `${line === '' ? '' : `[${timestamp(new Date())}] ${line}`}\n`);
    } catch (error) {
      throw outputFileError(file, error);
    }
  };
}

/** Local time, as the native tools write it: M/d/yy hh:mm:ss.zzz. */
function timestamp(now: Date): string {
  const two = (value: number) => String(value).padStart(2, '0');
  const date = `${now.getMonth() + 1}/${now.getDate()}/${two(now.getFullYear() % 100)}`;
  return `${date} ${two(now.getHours())}:${two(now.getMinutes())}:${two(now.getSeconds())}.${String(now.getMilliseconds()).padStart(3, '0')}`;
}
