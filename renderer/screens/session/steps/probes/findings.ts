// What the probes step has to say about its choices, in place.

import { type Finding, hasCatgtOption, type SessionContent } from '../../../../../core/service/contract/index.ts';
import type { Entry } from './rows.ts';
import { readUse } from './specs.ts';

export function probeFindings(session: SessionContent, entries: readonly Entry[], regions: readonly string[]): Finding[] {
  const finding = (id: string, severity: Finding['severity'], text: string, probe?: number): Finding => ({ id, severity, text, where: { step: 'probes', probe }, next: [] });
  const found: Finding[] = [];
  for (const { entry, run } of entries) {
    const { run: name, probes } = readUse(entry);
    if (probes.length === 0) found.push(finding('no-probe', 'stop', `No probe of ${name} is in use. Tick one, or take the run out of the session.`));
    for (const { probe, region } of probes) {
      if (run && !run.probes.some(({ index }) => index === probe)) found.push(finding('probe-missing', 'warn', `imec${probe} is not in ${name}; it is skipped there.`, probe));
      for (const each of new Set([region].flat())) {
        if (!regions.includes(each)) found.push({ ...finding('region-unknown', 'stop', `"${each}" is not in the region table.`, probe), where: { step: 'probes', probe, run: name, line: each } });
      }
      if (typeof region !== 'string' && run?.probes.some(({ index, shanks }) => index === probe && shanks === 1)) found.push(finding('single-shank', 'warn', `A single-shank probe cannot be split: imec${probe} of ${name} is sorted whole.`, probe));
    }
  }
  if (session.process_lf === true && !hasCatgtOption(String(session.catGT_cmd_string ?? '-lffilter'), 'lffilter')) {
    const without = new Set(entries.flatMap(({ entry, run }) => (run ? readUse(entry).probes.filter(({ probe }) => !run.streams.some(({ key }) => key === `imec${probe}.lf`)).map(({ probe }) => probe) : [])));
    for (const probe of without) found.push(finding('lf-missing', 'stop', `imec${probe} has no LF file: it can be made from AP only with a low-pass: set lffilter.`, probe));
  }
  return found;
}
