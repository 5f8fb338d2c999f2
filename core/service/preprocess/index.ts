// Answers the requests of the preprocessing and sync steps: what filters, referencing and gfix do to a moment of a recording; sync edges.

import { InputFileError, UsageError, inOrder } from '../../common/index.ts';
import { type BlockScan, describeSource, type Preview, type ScanPlan, scanSummary, type SourceRequest, type Spectrum } from '../../review/index.ts';
import type { CallContext, Handlers, preprocessRequests } from '../contract/index.ts';
import { catgtWords } from '../../notation/index.ts';
import type { AreaContext } from '../house/index.ts';
import { createSurveys } from './surveys.ts';

export interface PreprocessArea {
  readonly handlers: Handlers<typeof preprocessRequests>;
}

/** What the chain of a preview may be told; other options say which files, or what to write. */
const chainOptions = ['apfilter', 'lffilter', 'no_tshift', 'gblcar', 'gbldmx', 'loccar_um', 'loccar', 'gfix', 'chnexcl', 'no_linefill', 'numerics'];

export function preprocessArea(context: AreaContext): PreprocessArea {
  const surveys = createSurveys(context);
  const run = <Result>(task: string, payload: unknown, { signal }: CallContext) => context.screenPool().run<Result>(`preprocess.${task}`, payload, { signal });

  /** Paths come from the library of runs, never from the page. */
  function sourceOf({ runId, stream, gate, options }: { readonly runId: string; readonly stream: string; readonly gate: number; readonly options: string }): SourceRequest {
    const { summary, files } = context.runs.get(runId);
    const own = files.filter((file) => file.stream === stream && file.gate === gate).sort((a, b) => a.trigger - b.trigger);
    if (own.length === 0) throw new InputFileError(summary.name, `has no file of ${stream} in gate ${gate}`, { next: 'Choose another stream or gate.' });
    const other = catgtWords(options).find(({ name }) => !chainOptions.includes(name));
    if (other !== undefined) throw new UsageError(`${other.text} does not concern samples`);
    return { stream, files: own.map(({ path, trigger }) => ({ bin: path, gate, trigger })), options };
  }

  return {
    handlers: {
      'preprocess.source': (place) => describeSource(sourceOf({ ...place, options: '' })),
      'preprocess.preview': ({ from_s, len_s, columns, channels, stages, ...place }, call) => run<Preview>('preview', { ...sourceOf(place), from_s, len_s, columns, channels, stages }, call),
      'preprocess.spectrum': ({ from_s, len_s, ...place }, call) => run<Spectrum>('spectrum', { ...sourceOf(place), from_s, len_s }, call),
      async 'preprocess.gfixScan'({ seconds, ...place }, call) {
        const request = sourceOf(place);
        const plan = await run<ScanPlan>('scanPlan', { request, seconds }, call);
        const blocks: BlockScan[] = [];
        await inOrder(plan.blocks.length, context.screenPool().size, (index) => run<BlockScan>('scanBlock', { ...request, block: plan.blocks[index] }, call), (block, index) => {
          blocks.push(block);
          call.progress(index + 1, plan.blocks.length, 'seconds of recording');
        });
        return scanSummary(plan, blocks);
      },
      'sync.survey': ({ runIds, full, reference }, call) => surveys.of(runIds, full, reference, call),
    },
  };
}
