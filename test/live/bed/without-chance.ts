const TIME = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/g;

/** A recording of things so old that their age in days stays the same while a test runs. */
export function longAgo(recording: string): string {
  return recording.replace(TIME, '2026-01-02T03:04:05Z');
}

/** A recording without what differs from server to server: numbers, names and times that nobody chose. */
export function withoutChance(recording: string): unknown {
  return JSON.parse(
    recording
      .replace(TIME, '<time>')
      .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '<uid>')
      .replace(/(targetPort\\":)\d+/g, '$1<port>')
      .replace(/((?:goVersion|platform)\\": \\")[^"\\]*/g, '$1<build>')
      .replace(/(resourceVersion\\":\\")\d+/g, '$1<version>'),
  );
}
