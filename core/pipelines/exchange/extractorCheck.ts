// Whether an extractor can work on the runs of a session: is its stream recorded, is its word one of the file's columns and
// of the right kind, and do two of them write the same file.

import { parseCatGTArguments } from '../../engines/catgt/index.ts';
import { metaCounts, metaNumber, type Meta } from '../../spikeglx/index.ts';
import type { NotUsed } from './reading.ts';

/** The columns of a stream's file, as extractors count them. */
export interface StreamWords {
  /** 0 NI, 1 OneBox, 2 AP. */
  readonly js: number;
  readonly ip: number;
  /** "NI file", "OneBox 0 file", "AP file of imec0". */
  readonly label: string;
  readonly words: number;
  /** The first digital column; those before are analog (or neural). */
  readonly firstDigital: number;
}

export interface RunFacts {
  readonly name: string;
  readonly gates: readonly number[];
  readonly probes: readonly number[];
  readonly obx: readonly number[];
  readonly streams: readonly StreamWords[];
}

/** undefined when the meta does not tell. */
export function streamWords(meta: Meta, js: number, ip: number): StreamWords | undefined {
  const words = metaNumber(meta, 'nSavedChans');
  const counts = metaCounts(meta, js === 0 ? 'snsMnMaXaDw' : js === 1 ? 'snsXaDwSy' : 'snsApLfSy');
  if (words === undefined || !counts) return undefined;
  const digital = js === 0 ? counts[3] : js === 1 ? counts[1] + counts[2] : counts[2];
  return { js, ip, label: js === 0 ? 'NI file' : js === 1 ? `OneBox ${ip} file` : `AP file of imec${ip}`, words, firstDigital: words - digital };
}

/** undefined: nothing speaks against it. */
export function checkExtractor(text: string, runs: readonly RunFacts[]): NotUsed | undefined {
  const [extractor] = parseCatGTArguments(['-dir=/', '-run=r', '-g=0', '-t=0', '-ni', text], '/').extractors;
  const { js, ip, word, kind } = extractor;
  const streams = runs.flatMap((run) => run.streams).filter((stream) => stream.js === js && stream.ip === ip);
  const known = runs.flatMap((run) => run.streams);
  if (streams.length === 0) {
    if (known.length === 0) return undefined;
    const name = js === 0 ? 'NI' : js === 1 ? `OneBox ${ip}` : `Probe ${ip}`;
    return { token: text, id: 'stream-missing', reason: `${name} is not in ${runs.length === 1 ? `run ${runs[0].name}` : 'these runs'}.` };
  }
  const isAnalog = kind === 'xa' || kind === 'xia';
  for (const stream of streams) {
    const column = word < 0 ? stream.words + word : word;
    if (column >= stream.words) return { token: text, id: 'word-range', reason: `Word ${word} does not exist: this file has words 0 to ${stream.words - 1} (${stream.label}: ${columnNames(stream)}).`, ...nearby(text, stream, isAnalog) };
    if (isAnalog !== column < stream.firstDigital) {
      return { token: text, id: 'word-kind', reason: `Word ${word} of the ${stream.label} is ${isAnalog ? 'digital: its bits are read by -xd' : 'analog: it is read by -xa with thresholds'}.`, ...nearby(text, stream, isAnalog) };
    }
  }
  return undefined;
}

function columnNames({ js, words, firstDigital }: StreamWords): string {
  if (js === 2) return `channels, then SY in word ${words - 1}`;
  const analog = firstDigital === 0 ? [] : firstDigital <= 4 ? Array.from({ length: firstDigital }, (_, index) => `XA${index}`) : [`XA0 to XA${firstDigital - 1}`];
  return [...analog, ...(words > firstDigital ? ['digital'] : [])].join(', ');
}

/** The same extractor on the nearest column that it can read. */
function nearby(text: string, { words, firstDigital }: StreamWords, isAnalog: boolean): Pick<NotUsed, 'suggestion'> {
  const word = isAnalog ? firstDigital - 1 : firstDigital;
  if (word < 0 || word >= words) return {};
  const [, head, rest] = /^(-\w+=[^,]*,[^,]*,)[^,]*(,.*)$/.exec(text) ?? [];
  if (head === undefined) return {};
  const bit = isAnalog ? '' : ` bit ${rest.split(',')[1]}`;
  return { suggestion: { label: `Use word ${word}${bit}`, text: `${head}${word}${rest}` } };
}

/** What the name of the file of events holds: stream, word, bit and width, not the thresholds. */
export function eventFileKey(text: string): string {
  const [, kind, list] = /^-?(\w+)=(.*)$/.exec(text) ?? [];
  const values = (list ?? '').split(',');
  if (kind === 'xa' || kind === 'xia') return [kind, ...values.slice(0, 3), values[5]].join('_');
  return [kind, ...values.slice(0, 5)].join('_');
}
