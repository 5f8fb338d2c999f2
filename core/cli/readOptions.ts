// Options of our own commands, read by Node's parser; what it cannot read is wrong usage.

import { parseArgs, type ParseArgsConfig } from 'node:util';
import { UsageError } from '../common/index.ts';

/** @param next where the options are told. Throws UsageError. */
export function readOptions<Config extends ParseArgsConfig>(config: Config, next: string): ReturnType<typeof parseArgs<Config>> {
  try {
    return parseArgs(config);
  } catch (error) {
    throw new UsageError((error as Error).message, { cause: error, next });
  }
}
