// The native tools' log file: `<Tool>.log`, appended to in the working folder, a prefix on every line.

import fs from 'node:fs';
import path from 'node:path';
import { logTime, outputFileError } from '../common/index.ts';

/** Opens nothing until the first line; `[Thd <id> CPU <n> M/d/yy hh:mm:ss.zzz] ` precedes every line. */
export function toolLog(folder: string, tool: string): (line: string) => void {
  const file = path.join(folder, `${tool}.log`);
  return (line) => {
    try {
      fs.appendFileSync(file, `[Thd ${process.pid} CPU 0 ${logTime(new Date())}] ${line}\n`);
    } catch (error) {
      throw outputFileError(file, error);
    }
  };
}
