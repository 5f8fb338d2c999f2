// When a job begins: a time of day is the next one there is, today or tomorrow.

/** "20:00" -> that time, on the next day that has it ahead; undefined for what is no time of day. */
export function nextTime(text: string, now: Date): Date | undefined {
  const [, hours, minutes] = /^(\d{1,2}):(\d{2})$/.exec(text.trim()) ?? [];
  if (hours === undefined || Number(hours) > 23 || Number(minutes) > 59) return undefined;
  const on = (day: number) => new Date(now.getFullYear(), now.getMonth(), now.getDate() + day, Number(hours), Number(minutes));
  return on(0).getTime() > now.getTime() ? on(0) : on(1);
}

export function dayWord(at: Date, now: Date): string {
  return at.getDate() === now.getDate() ? 'today' : 'tomorrow';
}
