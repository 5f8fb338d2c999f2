// Colours of the style sheet as numbers: as they are written, and as the build shortens them.

import { expect, test } from 'vitest';
import { rgbOf } from '../../../../renderer/components/canvas/rgb.ts';

test.each([
  ['#D98A1F', [217, 138, 31]],
  ['#ffffff', [255, 255, 255]],
  ['#fff', [255, 255, 255]],
  ['#0a6', [0, 170, 102]],
])('%s', (hex, rgb) => {
  expect(rgbOf(hex)).toEqual(rgb);
});
