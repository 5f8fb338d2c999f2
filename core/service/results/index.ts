// Sorted folders for the screens: those beside the known runs, those of finished jobs, and those the user opened.

import { describeSorted, findSorted, type TrainFacts, type UnitFacts, type WaveformFacts } from '../../review/index.ts';
import { InputFileError } from '../../common/index.ts';
import type { Handlers, resultRequests, ResultSummary } from '../contract/index.ts';
import { type AreaContext, type Profile, isTexts } from '../house/index.ts';
import { labelPlace, readLabels, setLabels } from './labels.ts';

export interface ResultsArea {
  readonly handlers: Handlers<typeof resultRequests>;
}

export const resultIdOf = (folder: string) => Buffer.from(folder).toString('base64url');
const folderOf = (resultId: string) => Buffer.from(resultId, 'base64url').toString();

/** Folders whose results are listed: those the user opened, and destinations of jobs. */
export async function rememberResults(profile: Profile, folder: string): Promise<void> {
  await profile.set('results', [...new Set([...rememberedResults(profile), folder])]);
}

const rememberedResults = (profile: Profile) => profile.get('results', isTexts) ?? [];

export async function resultsArea(context: AreaContext): Promise<ResultsArea> {
  const { profile, access, emit, runs, screenPool } = context;
  const opened = () => rememberedResults(profile);
  for (const folder of opened()) await access.choose(folder).catch(() => undefined);

  const describe = async (folder: string): Promise<ResultSummary> => ({ resultId: resultIdOf(folder), ...(await describeSorted(folder)) });
  const allowed = (resultId: string) => access.check(folderOf(resultId));
  let writing: Promise<unknown> = Promise.resolve();

  return {
    handlers: {
      async 'results.list'() {
        const places = [...new Set([...runs.list().flatMap((run) => run.processed.map(({ path }) => path)), ...opened()])];
        const folders = (await Promise.all(places.map((place) => findSorted(place).catch(() => [])))).flat();
        const results = await Promise.all([...new Set(folders)].map((folder) => describe(folder).catch(() => undefined)));
        return results.filter((result) => result !== undefined).sort((a, b) => (a.at < b.at ? 1 : -1));
      },
      async 'results.open'({ path }) {
        const folder = await access.choose(path);
        const found = await findSorted(folder);
        if (found.length === 0) throw new InputFileError(path, 'holds no sorted units (no spike_times.npy in it or below)', { next: 'Open the folder of a sorter, of a probe, or catgt_<run>_g<gate>.' });
        await rememberResults(profile, folder);
        emit('results.changed', {});
        return Promise.all(found.map(describe));
      },
      async 'results.close'({ path }) {
        await profile.set('results', opened().filter((folder) => folder !== path));
        emit('results.changed', {});
        return { closed: true };
      },
      'results.get': async ({ resultId }) => describe(await allowed(resultId)),
      async 'results.units'({ resultId }, { signal }) {
        const folder = await allowed(resultId);
        const table = await screenPool().run<UnitFacts>('results.units', { folder }, { signal });
        const place = await labelPlace(context, folder);
        if (!place.inProfile) return { ...table, labelsAt: 'cluster_group.tsv in the folder' };
        const labels = await readLabels(place);
        const group = [...table.ids].map((id, index) => labels.get(id) ?? table.labels['group'][index]);
        return { ...table, labels: { ...table.labels, group }, labelsAt: 'your profile, because the folder is read-only' };
      },
      'results.waveform': async ({ resultId, unit, channels }, { signal }) => screenPool().run<WaveformFacts>('results.waveform', { folder: await allowed(resultId), unit, channels }, { signal }),
      'results.train': async ({ resultId, ...request }, { signal }) => screenPool().run<TrainFacts>('results.train', { folder: await allowed(resultId), ...request }, { signal }),
      async 'labels.set'({ resultId, units, label }) {
        const folder = await allowed(resultId);
        // One after the other: each reads what the last one wrote.
        const write = writing.then(async () => setLabels(await labelPlace(context, folder), units, label));
        writing = write.catch(() => undefined);
        await write;
        emit('results.changed', { resultId });
        return { savedAt: new Date(context.now()).toISOString() };
      },
    },
  };
}
