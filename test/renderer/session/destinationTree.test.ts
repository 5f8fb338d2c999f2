import { describe, expect, it } from 'vitest';
import type { PlannedFile } from '../../../core/service/contract/index.ts';
import { treeRows } from '../../../renderer/screens/session/steps/dest/tree.ts';

const file = (path: string, state: PlannedFile['state'] = 'new', bytes_B = 10): PlannedFile => ({ path, kind: 'binary', bytes_B, state, run: 'm', probe: null });
const shown = (files: readonly PlannedFile[], folded: readonly string[] = []) => treeRows(files, new Set(folded)).map(({ name, depth }) => `${'  '.repeat(depth)}${name}`);

describe('the tree of names', () => {
  const files = [file('F:\\sorted\\catgt_m_g10\\a.bin'), file('F:\\sorted\\catgt_m_g2\\imec0\\b.bin', 'kept'), file('F:\\sorted\\catgt_m_g2\\c.txt', 'replaced', 0)];

  it('begins where the names part, folders in the order people count', () => {
    expect(shown(files)).toEqual(['F:\\sorted', '  catgt_m_g2', '    imec0', '      b.bin', '    c.txt', '  catgt_m_g10', '    a.bin']);
  });

  it('folds, and a folder still says what is in it', () => {
    expect(shown(files, ['F:\\sorted\\catgt_m_g2'])).toEqual(['F:\\sorted', '  catgt_m_g2', '  catgt_m_g10', '    a.bin']);
    const folder = treeRows(files, new Set()).find(({ name }) => name === 'catgt_m_g2');
    expect(folder).toMatchObject({ folder: { files: 2, open: true }, bytes_B: 10, state: 'mixed' });
  });

  it('knows the roots of other systems, and what is in the way', () => {
    const rows = treeRows([file('/mnt/out/a.bin'), file('/mnt/out/b.bin', 'in the way')], new Set());
    expect(rows.map(({ name }) => name)).toEqual(['/mnt/out', 'a.bin', 'b.bin']);
    expect(rows[0].state).toBe('in the way');
  });
});
