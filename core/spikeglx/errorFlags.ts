// Errors of a probe's data stream that SpikeGLX counted while it recorded, from the meta.

import type { Meta } from './meta.ts';

/** Keys like `imErrFlags0_IS_CT_SR=0 3 0` name their counts themselves. */
export function errorFlags(meta: Meta): string[] {
  const found: string[] = [];
  for (const [key, value] of meta.values) {
    if (!key.startsWith('imErrFlags')) continue;
    const [name, ...labels] = key.split('_');
    const raised = value.split(/\s+/).flatMap((count, index) => (Number(count) > 0 ? [`${labels[index] ?? `flag ${index}`} ${count}`] : []));
    if (raised.length > 0) found.push(`${name}: ${raised.join(', ')}`);
  }
  return found;
}
