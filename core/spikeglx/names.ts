// File names: `run_g0_t0.imec0.ap.bin` and its relatives. Run names may hold anything a file name may, `_g0` and `_t1`
// included, so names are read from the right.

export type StreamKind = 'nidq' | 'obx' | 'ap' | 'lf';

export interface StreamId {
  readonly kind: StreamKind;
  /** 0 for nidq and for 3A probes, whose names carry no number. */
  readonly index: number;
}

export interface SglxName {
  readonly run: string;
  readonly gate: number;
  readonly trigger: number | 'cat';
  readonly exported: boolean;
  readonly threeA: boolean;
  readonly stream: StreamId;
}

const number = '0|[1-9]\\d{0,8}';
const pattern = new RegExp(
  `^([^/\\\\\\n]+)_g(${number})_t(${number}|cat)(\\.exported)?\\.(?:(nidq)|obx(${number})\\.obx|imec(${number}|)\\.(ap|lf))\\.(?:bin|meta)$`,
);

/** Of the base name of a .bin or .meta; undefined when it is not one of SpikeGLX. */
export function parseSglxName(fileName: string): SglxName | undefined {
  const match = pattern.exec(fileName);
  if (!match) return undefined;
  const [, run, gate, trigger, exported, nidq, obx, imec, band] = match;
  const stream: StreamId = nidq ? { kind: 'nidq', index: 0 } : obx !== undefined ? { kind: 'obx', index: Number(obx) } : { kind: band as 'ap' | 'lf', index: Number(imec) };
  return {
    run: run!,
    gate: Number(gate),
    trigger: trigger === 'cat' ? 'cat' : Number(trigger),
    exported: exported !== undefined,
    threeA: imec === '',
    stream,
  };
}

/** What follows `_tN`: `.imec0.ap`, `.nidq`, `.obx0.obx`, `.imec.ap` (3A), `.exported.imec0.ap`. */
export function streamSuffix(stream: StreamId, options: { threeA?: boolean; exported?: boolean } = {}): string {
  return (options.exported ? '.exported' : '') + plainSuffix(stream, options.threeA ?? false);
}

function plainSuffix(stream: StreamId, threeA: boolean): string {
  switch (stream.kind) {
    case 'nidq': return '.nidq';
    case 'obx': return `.obx${stream.index}.obx`;
    case 'ap':
    case 'lf': return `.imec${threeA ? '' : stream.index}.${stream.kind}`;
  }
}

/** Without extension: `run_g0_t0.imec0.ap`, `run_g0_tcat.nidq`. */
export function formatSglxName(name: SglxName): string {
  return `${name.run}_g${name.gate}_t${name.trigger}${streamSuffix(name.stream, name)}`;
}

/** The stream in words: `imec0.ap`, `imec0.lf`, `nidq`, `obx0`. */
export function streamLabel(stream: StreamId): string {
  switch (stream.kind) {
    case 'nidq': return 'nidq';
    case 'obx': return `obx${stream.index}`;
    case 'ap':
    case 'lf': return `imec${stream.index}.${stream.kind}`;
  }
}
