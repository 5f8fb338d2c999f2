// Gates, triggers and lengths of time as the sentences of findings say them.

/** g0 t1 */
export function trialText(gate: number, trigger: number): string {
  return `g${gate} t${trigger}`;
}

/** `g0 t1 to t4`, `g0 t1, g1 t0`. */
export function trialsText(trials: readonly { readonly gate: number; readonly trigger: number }[]): string {
  const [first] = trials;
  const last = trials.at(-1)!;
  const isRow = trials.length > 1 && trials.every(({ gate, trigger }, index) => gate === first.gate && trigger === first.trigger + index);
  return isRow ? `g${first.gate} t${first.trigger} to t${last.trigger}` : trials.map(({ gate, trigger }) => trialText(gate, trigger)).join(', ');
}

const two = (value: number) => String(value).padStart(2, '0');

/** 1.500 s, 9 min 12 s, 2 h 03 min. */
export function span(seconds: number): string {
  if (seconds < 60) return `${seconds.toFixed(3)} s`;
  const whole = Math.round(seconds);
  return whole < 3600 ? `${Math.floor(whole / 60)} min ${two(whole % 60)} s` : `${Math.floor(whole / 3600)} h ${two(Math.floor((whole % 3600) / 60))} min`;
}

/** 12345 -> 12,345 */
export function grouped(whole: number): string {
  return String(whole).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** 2026-11-19 18:42, local time. */
export function when(iso: string): string {
  const date = new Date(iso);
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} ${two(date.getHours())}:${two(date.getMinutes())}`;
}
