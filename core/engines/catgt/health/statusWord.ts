// The bits of a status (SY) word that tell of trouble, by SpikeGLX's description of its metrics. Quad-base probes have
// four such words, one per shank; bit 6 is the sync wave and no error.

/** In the order of the report. */
export const ERROR_BITS = [
  { name: 'COUNT', bit: 2 },
  { name: 'SERDES', bit: 3 },
  { name: 'LOCK', bit: 4 },
  { name: 'POP', bit: 5 },
  { name: 'SYNC', bit: 7 },
] as const;

export type ErrorName = (typeof ERROR_BITS)[number]['name'];

/** All of them together. */
export const ERRORS = ERROR_BITS.reduce((mask, { bit }) => mask | (1 << bit), 0);

/** A sample that the hardware missed: SpikeGLX put zeros in its place. */
export const MISSED = 1 << 11;
