// The format SpikeGLX writes: file names, .meta files, channel lists, the probe table and geometry, gains, windows of
// .bin files, the arithmetic of joining files, and finding the runs under a folder. Pure facts and reads: it never
// writes to a recording and knows nothing of filters, sorters or pipelines. It stands on core/common and core/formats.

export { editMeta, encodeLike, metaCounts, metaNumber, metaText, parseMeta, readMeta, readMetaSync, requireNumber, requireText, serializeMeta } from './meta.ts';
export type { Meta } from './meta.ts';
export { formatChannelList, parseChannelList, savedChannels } from './channelList.ts';
export { formatSglxName, parseSglxName, streamLabel, streamSuffix } from './names.ts';
export type { SglxName, StreamId, StreamKind } from './names.ts';
export { isSurvey, streamFacts } from './stream.ts';
export type { StreamFacts } from './stream.ts';
export { lineWords } from './lineWords.ts';
export type { LineWord } from './lineWords.ts';
export { imroTable } from './imro.ts';
export type { Imro } from './imro.ts';
export { findProbeFacts, isNegated, muxRow, muxTableText, partNumber, probeFacts, tshiftDivisor } from './probes.ts';
export type { ProbeFacts } from './probes.ts';
export { probeTable } from './probeTable.ts';
export type { ProbeEntry, ShankLayout } from './probeTable.ts';
export { apGain, lfGain, microvoltsPerCount } from './gains.ts';
export { converterRails } from './rails.ts';
export type { Rails } from './rails.ts';
export { clearUsedFlags, geometry } from './geometry.ts';
export type { Geometry, Site } from './geometry.ts';
export { joinTo, trimToShortest } from './join.ts';
export { parseMissedSamples } from './missedSamples.ts';
export type { Join } from './join.ts';
export { errorFlags } from './errorFlags.ts';
export { openBin } from './bin.ts';
export type { BinFile } from './bin.ts';
export { fileLength, lengthOf } from './files.ts';
export type { FileLength } from './files.ts';
export { coordsNpy, coordsText, jrclustText, kilosortChanMap, probeinterfaceJson, siteCoords } from './coords.ts';
export type { SiteCoords } from './coords.ts';
export { upgradeMeta } from './metaUpgrade.ts';
export { ephysParams } from './ephysParams.ts';
export type { EphysParams } from './ephysParams.ts';
export { scan } from './scan.ts';
export type { ScanOptions } from './scan.ts';
export type { ScannedGate, ScannedJoin, ScannedOutput, ScannedProbe, ScannedRun, ScannedStream, ScannedTrigger, ScanResult } from './scanResult.ts';
export { openScanner } from './scanner.ts';
export type { FolderLook, LookOptions, Remembered, RunFacts, Scanner } from './scanner.ts';
export type { ScannedFile } from './scanFile.ts';
export type { SitePicture } from './scanPicture.ts';
export type { Health, HealthCode } from './scanHealth.ts';
