// Every shortcut there is, as one list: the help page and the dialog are drawn from it, and those of the frame are bound by
// it. Keys are physical (`KeyK`), so that they lie alike on every keyboard.

export interface Shortcut {
  /** As shown: "Ctrl+K". */
  readonly keys: string;
  readonly does: string;
  readonly where: 'everywhere' | 'tables' | 'wizard' | 'timeline and extraction' | 'traces' | 'units' | 'queue';
}

export const areaRoutes = ['/runs', '/session', '/queue', '/review', '/settings', '/help'] as const;

export const shortcuts: readonly Shortcut[] = [
  { where: 'everywhere', keys: 'Ctrl+K', does: 'search: actions of this page, screens, runs, sessions, results, units, settings, help' },
  { where: 'everywhere', keys: '?  H', does: 'the keys of this page' },
  { where: 'everywhere', keys: ':', does: 'the search as a command line: :f :s :c on Units, :tg :ts on Traces' },
  { where: 'everywhere', keys: 'F6  Shift+F6', does: 'next, previous panel' },
  { where: 'everywhere', keys: 'Ctrl+S', does: 'save what is being typed now' },
  { where: 'everywhere', keys: 'F1', does: 'the help page about this page' },
  { where: 'everywhere', keys: 'Ctrl+Enter', does: 'the primary action' },
  { where: 'everywhere', keys: 'Alt+Shift+1 ... 6', does: 'Runs, Session, Queue, Review, Settings, Help' },
  { where: 'everywhere', keys: 'Ctrl+[  Ctrl+]', does: 'back, forward' },
  { where: 'everywhere', keys: 'Alt+Shift+C', does: 'copy the notation' },
  { where: 'everywhere', keys: 'Esc', does: 'close what is on top' },
  { where: 'tables', keys: 'Arrows, PgUp, PgDn, Home, End', does: 'move' },
  { where: 'tables', keys: 'Space', does: 'select' },
  { where: 'tables', keys: 'Shift+arrow', does: 'extend the selection' },
  { where: 'tables', keys: 'Enter', does: 'open' },
  { where: 'tables', keys: 'C', does: 'columns and groups (Runs)' },
  { where: 'wizard', keys: 'Alt+PgDn  Alt+PgUp', does: 'next, previous step' },
  { where: 'wizard', keys: 'Alt+1 ... 9, 0', does: 'a step by its number' },
  { where: 'wizard', keys: 'Ctrl+V', does: 'paste old settings (outside a field)' },
  { where: 'wizard', keys: 'Ctrl+Z  Ctrl+Y', does: 'undo, redo' },
  { where: 'timeline and extraction', keys: 'Left  Right', does: 'pan' },
  { where: 'timeline and extraction', keys: '+  -', does: 'zoom' },
  { where: 'timeline and extraction', keys: 'F', does: 'fit' },
  { where: 'timeline and extraction', keys: 'N  P', does: 'next, previous pulse; with Shift the rejected ones' },
  { where: 'timeline and extraction', keys: 'R', does: 'ruler' },
  { where: 'timeline and extraction', keys: 'Arrows on an end of what is joined', does: '0.1 s; with Shift 1 s; Home or End: all' },
  { where: 'timeline and extraction', keys: 'Arrows on a threshold', does: '10 mV; with Shift 100 mV; with Alt one ADC step' },
  { where: 'traces', keys: 'Alt+Left  Alt+Right', does: 'pan; with Shift a page' },
  { where: 'traces', keys: 'Alt+Up  Alt+Down', does: 'gain' },
  { where: 'traces', keys: 'Alt+T  Alt+Home  Alt+End', does: 'go to a time, to the start, to the end' },
  { where: 'traces', keys: 'Alt+PgDn  Alt+PgUp', does: 'next, previous spike' },
  { where: 'traces', keys: 'Alt+O  Alt+L  Alt+R', does: 'origin top or bottom, channel labels, filter on or off' },
  { where: 'traces', keys: 'Alt+S', does: 'spikes of all units' },
  { where: 'traces', keys: 'Alt++  Alt+-', does: 'shorter, longer span' },
  { where: 'traces', keys: 'D', does: 'lines or heat map' },
  { where: 'traces', keys: '1 ... 4', does: 'state of the focused pane: raw, processed ...' },
  { where: 'traces', keys: 'Wheel, Ctrl+wheel, Alt+wheel, Ctrl+Alt+wheel', does: 'channels, gain, time, time zoom' },
  { where: 'traces', keys: 'Shift+drag  Ctrl+drag', does: 'measure, zoom' },
  { where: 'traces', keys: 'V  Z', does: 'add a pane, undo the zoom' },
  { where: 'traces', keys: 'E  Shift+E', does: 'next, previous event' },
  { where: 'traces', keys: 'X', does: 'next gap, fill, gfix edit, saturation, lost sample or error' },
  { where: 'units', keys: 'Up  Down', does: 'previous, next unit' },
  { where: 'units', keys: 'Space  Shift+Space', does: 'next, previous unit' },
  { where: 'units', keys: 'Ctrl+Space', does: 'give the unit a letter, or take it away' },
  { where: 'units', keys: '/', does: 'filter' },
  { where: 'queue', keys: 'Space', does: 'pause, resume' },
  { where: 'queue', keys: 'R', does: 'retry' },
  { where: 'queue', keys: 'Del', does: 'cancel' },
  { where: 'queue', keys: 'L', does: 'log' },
  { where: 'queue', keys: 'X', does: 'runs with failures first' },
];

/** The places of the list above that a page has, by its address. */
export function placesOf(path: string): Shortcut['where'][] {
  if (/\/traces/.test(path)) return ['traces'];
  if (/^\/review\/[^/]+\/units/.test(path)) return ['units', 'tables'];
  if (/^\/session\/[^/]+/.test(path)) return ['wizard', ...(/\/(gates|extract)$/.test(path) ? ['timeline and extraction' as const] : [])];
  if (/^\/runs\/./.test(path)) return ['timeline and extraction'];
  if (/^\/queue/.test(path)) return ['queue'];
  return /^\/(runs|session|review)$/.test(path) ? ['tables'] : [];
}

const helpOfSteps: Readonly<Record<string, string>> = { runs: 'runs', gates: 'runs', extract: 'extraction', preprocess: 'preprocessing', sort: 'sorting', modules: 'sorting', sync: 'sync', review: 'preflight' };

/** The help page about what is on show, by its address. */
export function helpOf(path: string): string {
  const step = /^\/session\/[^/]+\/(\w+)/.exec(path)?.[1];
  if (step !== undefined) return `/help/${helpOfSteps[step] ?? 'session'}`;
  const [, area = ''] = path.split('/');
  return `/help/${{ runs: 'runs', traces: 'review', review: 'review', session: 'session', queue: 'queue', report: 'queue' }[area] ?? 'start'}`;
}

/** Shortcuts without Ctrl rest while somebody types. */
export function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName));
}
