// One block of made-up data through the signal path; runs in Node and, bundled, in a page.

import { createChain, FFT_MARGIN, FFT_POINTS } from '../../core/signal/index.ts';

const COLUMNS = 17;
const NEURAL = 16;
const ROWS = 4000;

/** [ROWS][COLUMNS] counts: noise, a slow wave and an artefact, shifted, band-passed and referenced. */
export function processedBlock(): Int16Array {
  const neural = Array.from({ length: NEURAL }, (_, column) => column);
  const chain = createChain({
    columns: COLUMNS,
    neural: NEURAL,
    rate: 30000,
    shift: { rows: neural.map((column) => column >> 1), divisor: 13 },
    band: { order: 12, high: 300, low: 10000 },
    reference: { kind: 'gblcar', sets: [neural] },
    used: neural.map(() => true),
    numerics: 'native',
  });
  fill(chain.input);
  chain.transform(FFT_MARGIN, ROWS);
  chain.applyReference();
  return chain.interleave().slice();
}

function fill(input: Int16Array): void {
  let seed = 12345;
  const random = () => (seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0) / 2 ** 32 - 0.5;
  for (let row = 0; row < FFT_POINTS; row++) {
    const artefact = row % 3000 < 10 ? 250 : 0;
    for (let column = 0; column < COLUMNS; column++) {
      input[row * COLUMNS + column] = Math.round(60 * random() + 40 * Math.sin(row / 500 + column) + artefact);
    }
  }
}
