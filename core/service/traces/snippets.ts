// A stretch of a stream written as files: names and sizes first, then block after block under temporary names.

import fs from 'node:fs/promises';
import path from 'node:path';
import { isThere, openOutputs, OutputFileError, outputFileError } from '../../common/index.ts';
import { cutSnippet, fromReference, type Snippet, type SnippetBlock, type SnippetFiles, snippetFiles, type TraceSource } from '../../review/index.ts';
import type { CheckedInputOf, Handlers, traceRequests, TraceTargetId } from '../contract/index.ts';
import { type AreaContext, exportTarget } from '../house/index.ts';
import type { OpenTarget } from './targets.ts';

type Names = 'trace.snippet' | 'trace.export';
type Span = Omit<CheckedInputOf<(typeof traceRequests)['trace.snippet']>, 'kind' | 'name'>;

/** Values (samples x channels) that a thread writes at a time. */
const blockValues = 8e6;

export function snippetHandlers(context: AreaContext, find: (target: TraceTargetId, key: string) => Promise<{ readonly open: OpenTarget; readonly source: TraceSource }>): Pick<Handlers<typeof traceRequests>, Names> {
  const cut = async ({ target, source: key, from_s, to_s, columns }: Span) => {
    const { open, source } = await find(target, key);
    const own = (ref: number) => fromReference(open.clocks, source.device, ref) * source.rate_Hz;
    const [from, to] = [Math.ceil(Math.min(own(from_s), own(to_s)) - 1e-6), Math.ceil(Math.max(own(from_s), own(to_s)) - 1e-6)];
    return cutSnippet(source, from, Math.max(to, from + 1), columns);
  };

  return {
    async 'trace.snippet'({ kind, name, ...asked }) {
      const snippet = await cut(asked);
      const files = await snippetFiles(snippet, kind, name);
      const samples = snippet.to_row - snippet.from_row;
      return {
        files: [{ name: files.data, bytes_B: files.head.length + samples * rowBytes(snippet, kind) }, ...(files.notes ? [{ name: files.notes.path, bytes_B: files.notes.content.length }] : [])],
        samples, channels: snippet.columns.length, firstSample: files.firstSample, note: noteOf(snippet),
      };
    },
    async 'trace.export'({ kind, name, folder, ...asked }, { signal, progress }) {
      const snippet = await cut(asked);
      const files = await snippetFiles(snippet, kind, name);
      const data = await exportTarget(context, path.join(folder, files.data));
      const notes = files.notes && await exportTarget(context, path.join(folder, files.notes.path));
      for (const file of [data, notes]) if (file && await isThere(file)) throw new OutputFileError(file, 'is there already', { next: 'Choose another name.' });
      const outputs = openOutputs();
      try {
        const part = await outputs.add(data);
        await fs.writeFile(part, files.head).catch((error: unknown) => { throw outputFileError(data, error); });
        const bytes_B = files.head.length + await writeBlocks(context, snippet, kind, part, files, { signal, progress });
        if (notes) await outputs.write(notes, files.notes!.content);
        await outputs.commit();
        return {
          path: path.dirname(data),
          files: [{ name: files.data, bytes_B }, ...(files.notes ? [{ name: files.notes.path, bytes_B: files.notes.content.length }] : [])],
          command: kind === 'bin' ? catgtCommand(folder, files.data, snippet.source.stream) : '',
        };
      } catch (error) {
        await outputs.discard();
        throw error;
      }
    },
  };
}

async function writeBlocks({ screenPool }: AreaContext, { source, file, columns, first_smp, from_row, to_row }: Snippet, kind: SnippetBlock['kind'], target: string, { head }: SnippetFiles, { signal, progress }: { readonly signal: AbortSignal; readonly progress: (done: number, total: number, noun: string) => void }): Promise<number> {
  const total = to_row - from_row;
  const step = Math.max(1, Math.floor(blockValues / source.columns));
  let at = head.length;
  for (let done = 0; done < total; done += step) {
    signal.throwIfAborted();
    at += await screenPool().run<number>('traces.snippet', {
      kind, target, at, key: `${source.key} ${source.files[0].path}`, live: source.live, file, columns: source.columns, wanted: columns,
      uVperBit: source.channels.uVperBit, rate_Hz: source.rate_Hz, from_smp: first_smp + done, to_smp: first_smp + Math.min(total, done + step),
    } satisfies SnippetBlock);
    progress(Math.min(total, done + step), total, 'samples');
  }
  return at - head.length;
}

/** Of csv a guess: a value is about seven characters. */
function rowBytes({ columns }: Snippet, kind: SnippetBlock['kind']): number {
  return kind === 'bin' ? 2 * columns.length : kind === 'npy' ? 4 * columns.length : 22 + 7 * columns.length;
}

function noteOf({ leftOut_smp, file, source }: Snippet): string | null {
  return leftOut_smp <= 1 ? null : `The span reaches beyond ${file.name}: ${(leftOut_smp / source.rate_Hz).toFixed(3)} s of it are not recorded there and are left out.`;
}

/** How CatGT opens what was written; folders stand as they were chosen. */
function catgtCommand(folder: string, data: string, stream: string): string {
  const [, isJoined, run, gate] = /^(catgt_)?(.+)_g(\d+)[\\/]/.exec(data)!;
  const [device, band] = stream.split('.');
  const what = device.startsWith('imec') ? `-prb=${device.slice(4)} -${band}` : device === 'nidq' ? '-ni' : `-ob -obx=${device.slice(3)}`;
  const quoted = /\s/.test(folder) ? `"-dir=${folder}"` : `-dir=${folder}`;
  return `aftergate catgt ${quoted} -run=${isJoined ? 'catgt_' : ''}${run} -g=${gate} -t=${isJoined ? 'cat' : '0'} ${what}`;
}
