// The native tools' log file: `<Tool>.log`, appended to in the working folder, a prefix on every line.

import fs from 'node:fs';
import path from 'node:path';
import { outputFileError } from '../common/index.ts';

/** Opens nothing until the first line; `[Thd <id> CPU <n> M/d/yy hh:mm:ss.zzz] ` precedes every line. */
export function toolLog(folder: string, tool: string): (line: string) => void {
  const file = path.join(folder, `${tool}.log`);
  return (line) => {
    try {
      fs.appendFileSync(file, `${linePrefix(new Date())}${line}\n`);
    } catch (error) {
      throw outputFileError(file, error);
    }
  };
}

function linePrefix(now: Date): string {
  const two = (value: number) => String(value).padStart(2, '0');
  const date = `${now.getMonth() + 1}/${now.getDate()}/${two(now.getFullYear() % 100)}`;
  const time = `${two(now.getHours())}:${two(now.getMinutes())}:${two(now.getSeconds())}.${String(now.getMilliseconds()).padStart(3, '0')}`;
  return `[Thd ${process.pid} CPU 0 ${date} ${time}] `;
}
