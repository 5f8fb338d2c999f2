import { expect, it } from 'vitest';
import { differenceText, metaDifferences } from '../../../renderer/screens/run/metaDiff.ts';

it('differences of two metas are keys with another value, and keys that one of them lacks', () => {
  const differences = metaDifferences([['fileSizeBytes', '100'], ['userNotes', ''], ['nSavedChans', '385']], [['nSavedChans', '385'], ['fileSizeBytes', '90'], ['syncImInputSlot', '2']]);
  expect(differences).toEqual([
    { key: 'fileSizeBytes', change: 'changed', from: '100', to: '90' },
    { key: 'userNotes', change: 'removed', from: '', to: null },
    { key: 'syncImInputSlot', change: 'added', from: null, to: '2' },
  ]);
  expect(differenceText(differences.slice(0, 1), 'nidq g0 t0', 'nidq g0 t1')).toBe('key\tchange\tnidq g0 t0\tnidq g0 t1\nfileSizeBytes\tchanged\t100\t90');
  expect(metaDifferences([['a', '1']], [['a', '1']])).toEqual([]);
});
