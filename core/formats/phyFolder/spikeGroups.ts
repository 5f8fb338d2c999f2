// The spikes of each cluster, found in one pass over all spikes.

export interface SpikeGroups {
  /** Cluster k has spikes[first[k]] to spikes[first[k + 1] - 1]; length: largest cluster id + 2. */
  readonly first: Uint32Array;
  /** Indices of spikes, in the order of the folder within each cluster. */
  readonly spikes: Uint32Array;
}

export function spikesByCluster(clusters: Int32Array): SpikeGroups {
  let largest = -1;
  for (const cluster of clusters) if (cluster > largest) largest = cluster;
  const first = new Uint32Array(largest + 2);
  for (const cluster of clusters) first[cluster + 1]++;
  for (let k = 0; k <= largest; k++) first[k + 1] += first[k];
  const next = first.slice();
  const spikes = new Uint32Array(clusters.length);
  for (let i = 0; i < clusters.length; i++) spikes[next[clusters[i]]++] = i;
  return { first, spikes };
}

/** Per cluster id: the template that most of its spikes were found with, the lowest of equals; -1 without spikes. */
export function modalTemplates({ first, spikes }: SpikeGroups, templateIds: Int32Array, templates: number): Int32Array {
  const counts = new Uint32Array(templates);
  return Int32Array.from({ length: first.length - 1 }, (_, cluster) => {
    const own = spikes.subarray(first[cluster], first[cluster + 1]);
    for (const spike of own) counts[templateIds[spike]]++;
    let modal = -1;
    for (const spike of own) {
      const template = templateIds[spike];
      const ahead = modal < 0 ? 1 : counts[template] - counts[modal];
      if (ahead > 0 || (ahead === 0 && template < modal)) modal = template;
    }
    for (const spike of own) counts[templateIds[spike]] = 0;
    return modal;
  });
}
