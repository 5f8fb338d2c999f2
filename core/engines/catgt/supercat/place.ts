// Which samples and events of every element are taken, and where they come to lie in the joined stream.

import { InputFileError } from '../../../common/index.ts';
import type { CatGTOptions } from '../command/options.ts';
import { commonEdges, cutBetween, edgePeriod, readEdgeTimes, type Cut, type Numerics, type StreamEdges } from './edges.ts';
import type { Gathered } from './gather.ts';
import { isProbe, type JoinedStreamId } from './paths.ts';
import type { EdgeFiles, JoinedStream, PlacedPart, SourcePart, SourceStream } from './plan.ts';

/** Lays the elements' parts one after the other. Throws InputFileError when the edges do not allow to cut. */
export async function placeParts(options: CatGTOptions, { streams, edges }: Gathered): Promise<JoinedStream[]> {
  const cuts = options.supercatTrimEdges ? await cutsAtEdges(streams, edges, options.numerics) : undefined;
  return streams.map((stream) => {
    let out = 0;
    const placed = stream.parts.map((part, index): PlacedPart => {
      const cut = cuts?.[index](stream, part) ?? { start: 0, end: part.samples, from: -Infinity, to: Infinity };
      if (cut.end > part.samples) throw new InputFileError(part.bin, `ends after ${part.samples} samples, before its last sync edge at sample ${cut.end - 1}`, { next: 'Run the first pass on this run again.' });
      const here = { ...part, ...cut, count: cut.end - cut.start, out, ...timesOf(options, part, stream.parts[0].rate, out, cut, index > 0) };
      out += here.count;
      return here;
    });
    return { ...stream, placed, total: out };
  });
}

/** Rates of the elements may differ; the joined stream goes on at the first one's. */
function timesOf(options: CatGTOptions, part: SourcePart, rate: number, out: number, cut: Cut, follows: boolean): Pick<PlacedPart, 'scale' | 'shift' | 'fieldShift'> {
  const scale = part.rate / rate;
  if (options.numerics === 'exact') {
    const shift = (out - cut.start) / rate;
    return { scale, shift, fieldShift: shift };
  }
  const shift = out / rate - (options.supercatTrimEdges && follows ? cut.from * scale : 0);
  // The native tool forgets that the sample at the edge is left out, for bit fields.
  return { scale, shift: options.supercatTrimEdges && follows ? shift - 1 / rate : shift, fieldShift: shift };
}

type CutOf = (stream: SourceStream, part: SourcePart) => Cut;

/** For every element, what to take of a stream. LF is cut where the AP of its probe is. */
async function cutsAtEdges(streams: readonly SourceStream[], edges: readonly EdgeFiles[], numerics: Numerics): Promise<CutOf[]> {
  let period: number | undefined;
  const cuts: CutOf[] = [];
  for (const element of streams[0].parts.keys()) {
    const read: StreamEdges[] = [];
    for (const device of edges) {
      const { file, rate } = device.files[element];
      read.push({ file, rate, times: await readEdgeTimes(file), lfSpan: lfSpan(streams, device, element, rate) });
    }
    period ??= edgePeriod(read[0]);
    const spans = commonEdges(read, period, element === 0, numerics);
    cuts.push((stream, part) => cutBetween(spans[edges.findIndex((device) => isSameDevice(device, stream))], part.rate, element === 0, numerics));
  }
  return cuts;
}

/** How many AP samples the LF files of a probe span that are joined with it. */
function lfSpan(streams: readonly SourceStream[], device: EdgeFiles, element: number, rate: number): number {
  const spans = streams.filter((stream) => stream.stream.kind === 'lf' && isSameDevice(device, stream)).map(({ parts }) => Math.trunc((parts[element].samples * rate) / parts[element].rate));
  return Math.min(Infinity, ...spans);
}

function isSameDevice(device: JoinedStreamId, stream: JoinedStreamId): boolean {
  return device.ip1 === stream.ip1 && (device.stream.kind === stream.stream.kind || (isProbe(device.stream) && isProbe(stream.stream)));
}
