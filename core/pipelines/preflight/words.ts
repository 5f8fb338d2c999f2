// Numbers in the sentences of preflight: at most three digits that matter, always with a unit, never a locale's comma.

/** 88 GB, 6.15 GB, 12.8 MB. */
export function size(bytes: number): string {
  const [value, unit] = bytes >= 1e9 ? [bytes / 1e9, 'GB'] : bytes >= 1e6 ? [bytes / 1e6, 'MB'] : [bytes / 1e3, 'kB'];
  return `${threeDigits(value)} ${unit}`;
}

/** 9 min 12 s, 1 h 02 min, 1.500 s. */
export function time(seconds: number): string {
  if (seconds < 60) return `${seconds.toFixed(3)} s`;
  const whole = Math.round(seconds);
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${String(Math.floor((whole % 3600) / 60)).padStart(2, '0')} min`;
}

/** 3,712. */
export function grouped(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+(?!\d))/g, ',');
}

export function threeDigits(value: number): string {
  if (!(value > 0)) return '0';
  const places = Math.max(0, 2 - Math.floor(Math.log10(value)));
  return grouped(Number(value.toFixed(Math.min(places, 6))));
}

/** 1 step, 3 steps. */
export function counted(count: number, noun: string): string {
  return `${grouped(count)} ${noun}${count === 1 ? '' : 's'}`;
}

/** `t1`, `t1 to t4`, `t1, t3 and t7`. */
export function triggerList(triggers: readonly number[]): string {
  const inRow = triggers.length > 1 && triggers.every((trigger, index) => trigger === triggers[0] + index);
  if (inRow) return `t${triggers[0]} to t${triggers.at(-1)}`;
  const names = triggers.map((trigger) => `t${trigger}`);
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
