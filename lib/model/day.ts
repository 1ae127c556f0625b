/** Whether a text is an existing day, written `YYYY-MM-DD`. */
export function isDay(text: unknown): text is string {
  if (typeof text !== 'string' || !/^\d{4}-\d\d-\d\d$/.test(text)) {
    return false;
  }
  const time = Date.parse(text);
  // JavaScript reads the 31st of November as the 1st of December.
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

export function dayAfter(day: string, days: number): string {
  const date = new Date(day);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}

/** In UTC. */
export function today(): string {
  return new Date().toISOString().slice(0, 10);
}
