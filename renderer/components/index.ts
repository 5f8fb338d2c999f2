// What several screens draw. The look of the application lives here and in theme/.

export { copyText } from './copyText.ts';
export { type Column, DataTable, type Sort } from './DataTable.tsx';
export { Empty, Problem, Stale, Waiting } from './states.tsx';
export { Findings, FindingMark } from './Findings.tsx';
export { FolderDialog } from './FolderDialog.tsx';
export * from './format.ts';
export { LimitsButton } from './LimitsButton.tsx';
export { LimitsForm } from './LimitsForm.tsx';
export { Mark, type MarkName } from './Mark.tsx';
export { Notation } from './Notation.tsx';
export { Page } from './Page.tsx';
export { Plot, type PlotProps } from './Plot.tsx';
export { TryDemo } from './TryDemo.tsx';
export { useViewState } from './viewState.ts';
export { ParameterForm } from './ParameterForm.tsx';
export { RegionTable } from './RegionTable.tsx';
export { UndoNotice } from './UndoNotice.tsx';
export { NumberField, TypedField } from './TypedField.tsx';
export { isSame, pairText, parseNumber, rangeText, type Read, readNumber, readPair, valueText } from './typedValues.ts';
export { ProbePicture, ProbeThumb } from './ProbePicture.tsx';
export { type Cut, fileFacts, fileLabel, type FileKey, lengthText, outcomeText, Timeline, type TimeView } from './timeline/index.ts';
