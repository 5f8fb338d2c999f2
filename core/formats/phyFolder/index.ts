// A sorter's output folder as phy knows it (Kilosort 2, 2.5, 3, 4 and phy's own saves): reading it whole, taking rows of its
// large arrays, and changing it safely: `<folder>_orig` keeps the original, new files are switched in together, and a
// kill at any point leaves the old set or the new one.
// Everybody enters through readPhyFolder and changePhyFolder. Knows files, not what modules compute; imports only its
// neighbour npy and core/common.

export { clusterFile, readPhyFolder, type PhyFolder, type PcFeatures, type ReadOptions } from './readPhyFolder.ts';
export { peakSites, type Templates, unwhitenedTemplate, type Unwhitening } from './templates.ts';
export { makeClusTable } from './clusTable.ts';
export { modalTemplates, type SpikeGroups, spikesByCluster } from './spikeGroups.ts';
export { type PhyParams, readPhyParams } from './paramsPy.ts';
export { type ClusterTable, readClusterTable } from './clusterTable.ts';
export { readCounts, readDecimals, readVector } from './vectors.ts';
export { copyNpyRows, npyRowReader, type NpyFile, openNpy, readNpyRows } from './npyRows.ts';
export { changePhyFolder, type PhyChange } from './change.ts';
export { recoverPhyFolder } from './commit.ts';
export { keepOriginal, originalFolder } from './original.ts';
export { type FileOperations, fileOperations } from './fileOperations.ts';
export { formatCsv, formatFloat, joinTables, parseCsv, readCsv, type TextTable } from './textTable.ts';
export { nextVersion, numbered } from './numbered.ts';
