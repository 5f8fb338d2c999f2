// plotly's parts have no types of their own.

declare module 'plotly.js/lib/core' {
  import type * as whole from 'plotly.js';
  const core: typeof whole & { register(traces: readonly unknown[]): void };
  export default core;
}
declare module 'plotly.js/lib/bar' { const trace: unknown; export default trace; }
declare module 'plotly.js/lib/heatmap' { const trace: unknown; export default trace; }
declare module 'plotly.js/lib/histogram' { const trace: unknown; export default trace; }
declare module 'plotly.js/src/traces/scattergl/strict' {
  const trace: unknown;
  export default trace;
}
