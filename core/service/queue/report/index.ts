// Making, keeping and finding the report of a job.

import fs from 'node:fs/promises';
import path from 'node:path';
import { makeFolder, writeWhole } from '../../../common/index.ts';
import type { Report } from '../../contract/index.ts';
import { hasEnded, type StoredJob } from '../job.ts';
import type { Profile } from '../../house/index.ts';
import { collectReport, pastProbes, reportFiles } from './collect.ts';
import { readHistory, remember } from './history.ts';
import { reportHtml } from './html.ts';

/** Beside the outputs as HTML and JSON, and in the profile, so that it can be read when the drive is gone. @param folder of the job in the profile */
export async function writeReport(job: StoredJob, folder: string, profile: Profile): Promise<void> {
  const report = await collectReport(job, await readHistory(profile));
  await remember(profile, pastProbes(job, report));
  const text = `${JSON.stringify(report, null, 1)}\n`;
  await makeFolder(folder);
  await writeWhole(path.join(folder, 'report.json'), text);
  const { html, json } = reportFiles(job);
  await writeWhole(json, text);
  await writeWhole(html, reportHtml(report));
}

/** Of a job that has ended the one that was written then, otherwise as it stands now. */
export async function readReport(job: StoredJob, folder: string, profile: Profile): Promise<Report> {
  const anew = async () => collectReport(job, await readHistory(profile));
  if (!hasEnded(job)) return anew();
  const text = await fs.readFile(path.join(folder, 'report.json'), 'utf8').catch(() => undefined);
  return text === undefined ? anew() : asNow(JSON.parse(text) as Report);
}

/** Reports that were written before anything was compared, or sizes were planned. */
function asNow(report: Report): Report {
  const { disk, steps } = report as { readonly disk: Report['disk']; readonly steps?: Report['steps'] };
  return { ...report, steps: steps ?? null, disk: steps ? disk : { ...disk, planned_B: null, modules: disk.modules.map((each) => ({ ...each, planned_B: null })) }, probes: report.probes.map((probe) => ({ ...probe, unusual: (probe.unusual as readonly string[] | undefined) ?? [] })) };
}
