// Metas that were read before are not read again while file and time are the same: every edit of a session is followed by
// a check, and a check reads hundreds of them.

import fs from 'node:fs/promises';
import { isAftergateError } from '../../common/index.ts';
import { type Meta, parseSglxName, readMeta, type StreamFacts, streamFacts } from '../../spikeglx/index.ts';
import path from 'node:path';

/** Meta and facts, or why there are none. */
export type KnownMeta = { readonly meta: Meta; readonly facts: StreamFacts; readonly problem?: undefined } | { readonly problem: string };

export interface MetaCache {
  read(file: string): Promise<KnownMeta>;
}

/** Long tables that no check looks at. */
const heavy = /^~(snsChanMap|snsShankMap|muxTbl)$/;

/** @param most metas kept; the oldest goes first */
export function metaCache(most = 2000): MetaCache {
  const known = new Map<string, { readonly stamp: string; readonly value: KnownMeta }>();
  return {
    async read(file) {
      const stats = await fs.stat(file).catch(() => undefined);
      const stamp = `${stats?.mtimeMs} ${stats?.size}`;
      const before = known.get(file);
      if (before?.stamp === stamp) return before.value;
      const value = await readFacts(file);
      known.delete(file);
      known.set(file, { stamp, value });
      if (known.size > most) known.delete(known.keys().next().value!);
      return value;
    },
  };
}

async function readFacts(file: string): Promise<KnownMeta> {
  try {
    const meta = await readMeta(file);
    const stream = parseSglxName(path.basename(file))!.stream;
    const values = new Map([...meta.values].filter(([key]) => !heavy.test(key)));
    return { meta: { ...meta, values }, facts: streamFacts(meta, stream) };
  } catch (error) {
    if (!isAftergateError(error)) throw error;
    return { problem: error.message };
  }
}
