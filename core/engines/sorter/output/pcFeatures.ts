// pc_features.npy, piece by piece: the features that the final pass left in a file, in spike order and on the channels of
// each spike's unit. Never held whole.

import fs from 'node:fs';
import { inputFileError, outputFileError } from '../../../common/index.ts';
import { npyHeader } from '../../../formats/index.ts';
import type { CleanUnits } from '../units/clean.ts';
import { writtenComponents } from '../units/finalPass.ts';
import type { FinalPass } from '../units/finalPass.ts';
import type { Stage } from '../units/matchPass.ts';

const spikesPerPiece = 4096;

/** @param columns the sites of every unit, all lists equally long */
export async function writeFeatures(target: string, source: string, stage: Stage, pass: FinalPass, clean: CleanUnits, kept: Uint32Array, columns: readonly Int32Array[]): Promise<void> {
  const width = columns[0].length;
  const from = open(source, 'r', inputFileError);
  const to = open(target, 'w', outputFileError);
  try {
    fs.writeSync(to, npyHeader('<f4', [kept.length, writtenComponents, width]));
    for (let start = 0; start < kept.length; start += spikesPerPiece) {
      const piece = kept.subarray(start, start + spikesPerPiece);
      fs.writeSync(to, new Uint8Array(pieceOf(from, stage, pass, clean, piece, columns).buffer));
    }
  } catch (error) {
    throw outputFileError(target, error);
  } finally {
    fs.closeSync(from);
    fs.closeSync(to);
  }
}

/** Spikes of a piece lie close together in the source: one read covers them. */
function pieceOf(from: number, stage: Stage, pass: FinalPass, clean: CleanUnits, piece: Uint32Array, columns: readonly Int32Array[]): Float32Array {
  const width = columns[0].length;
  const record = pass.featureSites * writtenComponents;
  const first = piece.reduce((least, k) => Math.min(least, k), Infinity);
  const last = piece.reduce((most, k) => Math.max(most, k), 0);
  const records = new Float32Array((last - first + 1) * record);
  fs.readSync(from, new Uint8Array(records.buffer), 0, records.byteLength, first * record * 4);
  const result = new Float32Array(piece.length * writtenComponents * width);
  piece.forEach((k, row) => {
    const around = stage.around[pass.units[pass.spikes.unit[k]].template.peakSite];
    columns[clean.unitOf[k]].forEach((site, column) => {
      const at = around.indexOf(site);
      if (at < 0) return;
      for (let c = 0; c < writtenComponents; c++) result[(row * writtenComponents + c) * width + column] = records[(k - first) * record + at * writtenComponents + c];
    });
  });
  return result;
}

function open(file: string, flags: string, wrap: (path: string, error: unknown) => Error): number {
  try {
    return fs.openSync(file, flags);
  } catch (error) {
    throw wrap(file, error);
  }
}
