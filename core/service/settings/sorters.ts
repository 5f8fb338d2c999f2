// The sorters there are to choose from: what each needs of the programs that were found, and where a session says they are.

import { type SorterChoice, type SorterId, sorterIds, type Tool, type ToolId } from '../contract/index.ts';

interface Need {
  readonly tool: ToolId;
  /** Where the module reads its place. */
  readonly section: string;
  readonly key: string;
}

const matlabNeeds = (kilosort: ToolId): readonly Need[] => [
  { tool: 'matlab', section: 'kilosort_helper_params', key: 'matlab' },
  { tool: kilosort, section: 'kilosort_helper_params', key: 'kilosort_repository' },
  { tool: 'npyMatlab', section: 'kilosort_helper_params', key: 'npy_matlab_repository' },
  { tool: 'scratch', section: 'kilosort_helper_params', key: 'matlab_home_directory' },
];

const sorters: Readonly<Record<SorterId, { readonly name: string; readonly needs: readonly Need[] }>> = {
  ag: { name: 'Embedded', needs: [] },
  4: { name: 'Kilosort 4', needs: [{ tool: 'python', section: 'ks4_helper_params', key: 'python' }] },
  '3.0': { name: 'Kilosort 3.0', needs: matlabNeeds('kilosort3') },
  '2.5': { name: 'Kilosort 2.5', needs: matlabNeeds('kilosort25') },
  '2.0': { name: 'Kilosort 2.0', needs: matlabNeeds('kilosort2') },
};

export function sorterChoices(tools: readonly Tool[]): SorterChoice[] {
  return sorterIds.map((id) => {
    const { name, needs } = sorters[id];
    const found = needs.map((need) => ({ ...need, ...tools.find((each) => each.tool === need.tool)! }));
    const missing = found.filter(({ state }) => state === 'missing');
    const worst = missing[0] ?? found.find(({ state }) => state === 'limited');
    const places: Record<string, Record<string, string | null>> = {};
    for (const { section, key, path } of found) (places[section] ??= {})[key] = path;
    return {
      id, name, places,
      found: missing.length > 0 || found.length === 0 ? null : found.map((tool) => (tool.version === null ? tool.name : `${tool.name} ${tool.version}`)).join(', '),
      available: missing.length === 0,
      reason: missing.length > 1 ? `${missing.map((tool) => tool.name).join(', ')} not found.` : worst ? `${worst.name}: ${worst.reason}` : null,
      next: missing.length > 1 ? 'Settings, Tools says for each what is missing.' : (worst?.next ?? null),
    };
  });
}
