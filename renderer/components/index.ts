// What several screens draw. The look of the application lives here and in theme/.

export { type Column, DataTable, type Sort } from './DataTable.tsx';
export { Empty, Problem, Stale, Waiting } from './states.tsx';
export { Findings, FindingMark } from './Findings.tsx';
export { FolderDialog } from './FolderDialog.tsx';
export * from './format.ts';
export { Mark, type MarkName } from './Mark.tsx';
export { Notation } from './Notation.tsx';
export { Page } from './Page.tsx';
export { Plot, type PlotProps } from './Plot.tsx';
export { useViewState } from './viewState.ts';
