// Numbers as the screens write them (UI guide, 1.7): never with a locale's comma, always with a unit.

const gigabyte = 1e9;

/** 154 GB, 6.15 GB, 12.8 MB. */
export function bytes(count: number): string {
  const [value, unit] = count >= gigabyte ? [count / gigabyte, 'GB'] : count >= 1e6 ? [count / 1e6, 'MB'] : count >= 1e3 ? [count / 1e3, 'kB'] : [count, 'bytes'];
  return `${significant(value)} ${unit}`;
}

/** At most three digits that matter: 154, 12.8, 0.34. */
export function significant(value: number, digits = 3): string {
  if (!Number.isFinite(value)) return '·';
  if (value === 0) return '0';
  const places = Math.max(0, digits - 1 - Math.floor(Math.log10(Math.abs(value))));
  return grouped(value.toFixed(Math.min(places, 12)).replace(/(\.\d*?)0+$/, '$1').replace(/\.$/, ''));
}

/** 12 345 678 -> 12,345,678 (whole part only). */
export function grouped(number: number | string): string {
  const [whole, fraction] = String(number).split('.');
  const text = whole.replace(/\B(?=(\d{3})+(?!\d))/g, ',');
  return fraction === undefined ? text : `${text}.${fraction}`;
}

/** 1 h 02 min, 12 min 04 s, 8.20 s. */
export function duration(seconds: number): string {
  if (!Number.isFinite(seconds)) return '·';
  if (seconds < 60) return `${seconds < 10 ? seconds.toFixed(2) : seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  const [h, min, s] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60), whole % 60];
  return h > 0 ? `${h} h ${pad(min)} min` : `${min} min ${pad(s)} s`;
}

/** A place on a time axis: 12:04.381, 1:02:11.204. */
export function clock(seconds: number, places = 3): string {
  const sign = seconds < 0 ? '-' : '';
  const scale = 10 ** places;
  const ticks = Math.round(Math.abs(seconds) * scale);
  const [whole, rest] = [Math.floor(ticks / scale), ticks % scale];
  const [h, min, s] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60), whole % 60];
  const fraction = places > 0 ? `.${String(rest).padStart(places, '0')}` : '';
  return `${sign}${h > 0 ? `${h}:${pad(min)}` : min}:${pad(s)}${fraction}`;
}

/** 2026-11-19 18:42, from ISO text with or without a zone (with one: in local time). */
export function when(text: string | null | undefined): string {
  if (!text) return '';
  if (!/Z$|[+-]\d\d:?\d\d$/.test(text)) return text.replace('T', ' ').slice(0, 16);
  const date = new Date(text);
  return `${date.getFullYear()}-${pad(date.getMonth() + 1)}-${pad(date.getDate())} ${pad(date.getHours())}:${pad(date.getMinutes())}`;
}

/** 1 run, 2 runs. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${grouped(count)} ${count === 1 ? one : many}`;
}

const pad = (value: number) => String(value).padStart(2, '0');
