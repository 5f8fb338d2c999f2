// What F1 opens and which keys ? shows first, by the page on show.

import { expect, test } from 'vitest';
import { helpOf, placesOf } from '../../../renderer/app/shortcuts.ts';

test('every page has its help page', () => {
  const places = ['/runs', '/runs/ab12', '/session/d1/extract', '/session/d1/dest', '/review/x/units', '/traces/ab12', '/queue/j1', '/settings/tools'];
  expect(places.map(helpOf)).toEqual(['runs', 'runs', 'extraction', 'session', 'review', 'review', 'queue', 'start'].map((page) => `/help/${page}`));
});

test('the keys of a page are those of what it shows', () => {
  expect(['/runs', '/runs/ab12', '/session/d1/gates', '/review/x/units', '/review/x/traces', '/queue'].map((place) => placesOf(place).join())).toEqual(['tables', 'timeline and extraction', 'wizard,timeline and extraction', 'units,tables', 'traces', 'queue']);
});
