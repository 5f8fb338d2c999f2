// Which events of a session are aligned, and the names streams go by.

import { type DraftNotes, readExtractString, type SessionContent, streamOfExtractor } from '../../../../../core/service/contract/index.ts';

export interface EventLine {
  /** As CatGT takes it: `-xa=0,0,2,3,4.5,25`. */
  readonly text: string;
  /** As the pipeline wants the event for phy: without the dash. */
  readonly parameter: string;
  /** `nidq`, `obx0`, `imec0.ap` */
  readonly stream: string;
  /** The user's name, or the text. */
  readonly name: string;
  /** phy takes times of pulses; a bit field has values too. */
  readonly isPulse: boolean;
}

/** Extractors of both option texts, in their order. */
export function eventLines(session: SessionContent, notes: DraftNotes): EventLine[] {
  const texts = [session.ni_obx_extract_string, session.catGT_cmd_string].filter((text) => typeof text === 'string');
  return texts.flatMap((text) => readExtractString(text).extractors).flatMap(({ text, fields }) => (fields
    ? [{ text, parameter: text.replace(/^-+/, ''), stream: streamOfExtractor(fields), name: notes.labels?.[text] ?? text, isPulse: fields.kind !== 'bf' }]
    : []));
}

/** `imec0.ap` -> `imec0`, `nidq` -> `ni`: as sessions name the stream all times are told in. */
export function syncName(stream: string): string {
  return stream === 'nidq' ? 'ni' : stream.replace(/\.ap$/, '');
}

/** The other way round; undefined for a text that names none. */
export function streamOfName(name: string): string | undefined {
  const plain = name.trim().toLowerCase();
  if (plain.startsWith('ni')) return 'nidq';
  const match = /^(obx|imec)(\d*)/.exec(plain);
  return match ? `${match[1]}${Number(match[2])}${match[1] === 'imec' ? '.ap' : ''}` : undefined;
}

/** The parameters of TPrime that the session sets itself. */
export function tprimeParameters(session: SessionContent): Readonly<Record<string, unknown>> {
  return (session.tPrime_helper_params as Readonly<Record<string, unknown>> | null | undefined) ?? {};
}

/** What TPrime will be called with, as far as it is known before CatGT has run: file names are shortened to what tells them apart. */
export function tprimeNotation(session: SessionContent, streams: readonly string[], events: readonly EventLine[]): string {
  if (session.runTPrime === false) return 'TPrime is not run';
  if (streams.length < 2) return 'one stream: nothing to align';
  const to = streamOfName(String(session.toStream_sync_params ?? 'imec0')) ?? streams[0];
  const from = streams.filter((stream) => stream !== to);
  const period = Number(session.sync_period ?? 1);
  return [
    'TPrime',
    `-syncperiod=${Number.isInteger(period) ? period.toFixed(1) : period}`,
    `-tostream=..${syncName(to)}..`,
    ...from.map((stream, index) => `-fromstream=${index},..${syncName(stream)}..`),
    ...events.filter(({ stream }) => from.includes(stream)).map(({ stream, text }) => `-events=${from.indexOf(stream)},..${text.replace(/^-+/, '').replace('=', ' ')}..`),
    ...from.flatMap((stream, index) => (stream.startsWith('imec') ? [`-events=${index},..${syncName(stream)} spikes..`] : [])),
    ...(tprimeParameters(session).tprime_interp === true ? ['-tprime_interp'] : []),
  ].join(' ');
}
