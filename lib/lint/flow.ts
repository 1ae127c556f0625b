/** A piece of a manifest as YAML in one line: `{ podSelector: { matchLabels: { app: web } } }`. */
export function flow(value: unknown): string {
  if (Array.isArray(value)) {
    return `[${value.map(flow).join(', ')}]`;
  }
  if (typeof value === 'object' && value !== null) {
    const fields = Object.entries(value).filter(([, each]) => each !== undefined);
    return fields.length === 0
      ? '{}'
      : `{ ${fields.map(([key, each]) => `${word(key)}: ${flow(each)}`).join(', ')} }`;
  }
  return typeof value === 'string' ? word(value) : String(value);
}

/** Plain where YAML 1.1 and 1.2 both read a text, else in quotes. */
function word(text: string): string {
  const isPlain = /^[A-Za-z][\w./-]*$/.test(text) && !/^(y|n|yes|no|on|off|true|false|null)$/i.test(text);
  const isBlock = /^[\d.]+\/\d+$/.test(text);
  return isPlain || isBlock ? text : JSON.stringify(text);
}
