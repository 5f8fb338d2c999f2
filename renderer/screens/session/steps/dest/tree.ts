// The names a session will leave, as rows of a tree: folders with what they hold, files below them, folded or not.

import type { PlannedFile } from '../../../../../core/service/contract/index.ts';

export type TreeState = PlannedFile['state'] | 'mixed';

export interface TreeRow {
  /** Full path. */
  readonly path: string;
  readonly name: string;
  readonly depth: number;
  /** null: a file (or a sorter's folder, which is one thing here). */
  readonly folder: { readonly files: number; readonly open: boolean } | null;
  readonly kind: PlannedFile['kind'] | null;
  /** Of a folder: all below. */
  readonly bytes_B: number;
  readonly state: TreeState;
}

interface Node {
  readonly path: string;
  readonly name: string;
  readonly folders: Map<string, Node>;
  readonly files: PlannedFile[];
}

/** Rows in the order of names, folders first. @param folded paths of folders that are shut */
export function treeRows(files: readonly PlannedFile[], folded: ReadonlySet<string>): TreeRow[] {
  const roots = new Map<string, Node>();
  for (const file of files) {
    const parts = file.path.split(/[\\/]/);
    const separator = file.path.includes('\\') ? '\\' : '/';
    let level = roots;
    let node: Node | undefined;
    for (let end = 1; end < parts.length; end++) {
      const name = parts[end - 1];
      node = level.get(name) ?? { path: parts.slice(0, end).join(separator), name, folders: new Map(), files: [] };
      level.set(name, node);
      level = node.folders;
    }
    node?.files.push(file);
  }
  return [...roots.values()].flatMap((root) => rowsOf(shortened(root), 0, folded));
}

/** Folders that hold nothing but one folder are told in one row: `F:\sorted\tonight`. */
function shortened(node: Node): Node {
  if (node.files.length > 0 || node.folders.size !== 1) return node;
  const [only] = node.folders.values();
  const separator = only.path.includes('\\') ? '\\' : '/';
  return shortened({ ...only, name: `${node.name}${separator}${only.name}` });
}

function rowsOf(node: Node, depth: number, folded: ReadonlySet<string>): TreeRow[] {
  const all = filesBelow(node);
  const open = !folded.has(node.path);
  const row: TreeRow = { path: node.path, name: node.name, depth, folder: { files: all.length, open }, kind: null, bytes_B: all.reduce((sum, { bytes_B }) => sum + bytes_B, 0), state: commonState(all) };
  if (!open) return [row];
  const byName = (a: { readonly name: string }, b: { readonly name: string }) => a.name.localeCompare(b.name, 'en', { numeric: true });
  const below = [...node.folders.values()].sort(byName).flatMap((folder) => rowsOf(folder, depth + 1, folded));
  const own = node.files.map(({ path, kind, bytes_B, state }): TreeRow => ({ path, name: path.split(/[\\/]/).at(-1)!, depth: depth + 1, folder: null, kind, bytes_B, state })).sort(byName);
  return [row, ...below, ...own];
}

function filesBelow(node: Node): PlannedFile[] {
  return [...node.files, ...[...node.folders.values()].flatMap(filesBelow)];
}

function commonState(files: readonly PlannedFile[]): TreeState {
  const states = new Set(files.map(({ state }) => state));
  return states.has('in the way') ? 'in the way' : states.size === 1 ? files[0].state : 'mixed';
}
