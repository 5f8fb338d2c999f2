/**
 * A slow, obvious, double-precision second opinion on pass 1 of the CatGT engine, and on the interpolation of TPrime.
 *
 * Written from the specification alone: nothing in this folder may import from core/, so that an
 * agreement between the two means something. It has its own meta parser, its own Fourier transform,
 * its own median by sorting. In come files of one stream and the options of one job; out come the
 * samples the engine must write, the fills and the gfix edits. Everything is held in memory at once:
 * for recordings of seconds, never for real ones.
 */
export { oracle, oracleSegments } from './oracle.ts';
export type { OracleJob, OracleResult } from './oracle.ts';
export { oracleTrim } from './join.ts';
export { oracleColumns, oracleSelection, oracleTooHigh } from './selection.ts';
export type { DepthRule, SelectedFile, SelectionRule } from './selection.ts';
export { geomSites, parenthesised, readStreamMeta, shankSites } from './meta.ts';
export { oraclePulses, oracleBitField } from './pulses.ts';
export type { PulseRule, BitFieldRule, Segment } from './pulses.ts';
export { oracleInterpolated } from './alignment.ts';
export type { Moment } from './alignment.ts';
export { oracleHealth, oracleSpans } from './health.ts';
export type { HealthRule, OracleHealth, OracleSpan } from './health.ts';
