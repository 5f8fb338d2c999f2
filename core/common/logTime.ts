// Date and time as the native tools' logs have them.

/** Local time: M/d/yy hh:mm:ss.zzz. */
export function logTime(now: Date): string {
  const two = (value: number) => String(value).padStart(2, '0');
  const date = `${now.getMonth() + 1}/${now.getDate()}/${two(now.getFullYear() % 100)}`;
  return `${date} ${two(now.getHours())}:${two(now.getMinutes())}:${two(now.getSeconds())}.${String(now.getMilliseconds()).padStart(3, '0')}`;
}
