/** A recording without what differs from server to server: numbers, names and times that nobody chose. */
export function withoutChance(recording: string): unknown {
  return JSON.parse(
    recording
      .replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/g, '<time>')
      .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '<uid>')
      .replace(/(targetPort\\":)\d+/g, '$1<port>')
      .replace(/((?:goVersion|platform)\\": \\")[^"\\]*/g, '$1<build>')
      .replace(/(resourceVersion\\":\\")\d+/g, '$1<version>'),
  );
}
