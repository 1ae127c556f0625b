/**
 * The value of a JSON text; `undefined` when it is none, or when an object in it has a key twice: `JSON.parse`
 * keeps the last and says nothing, so the members written are counted against those that are left.
 */
export function parseJson(text: string): unknown {
  if (!/^\s*\{/.test(text)) {
    return undefined;
  }
  try {
    const value: unknown = JSON.parse(text);
    return countColons(text) === countMembers(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** The colons outside of strings, of a text that is JSON. */
function countColons(text: string): number {
  let colons = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 0x3a) {
      colons++;
    } else if (code === 0x22) {
      i = endOfString(text, i);
    }
  }
  return colons;
}

function endOfString(text: string, start: number): number {
  for (let i = start + 1; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 0x5c) {
      i++;
    } else if (code === 0x22) {
      return i;
    }
  }
  return text.length;
}

function countMembers(value: unknown): number {
  let members = 0;
  const open: unknown[] = [value];
  while (open.length > 0) {
    const next = open.pop();
    if (Array.isArray(next)) {
      for (const entry of next) {
        open.push(entry);
      }
    } else if (typeof next === 'object' && next !== null) {
      for (const entry of Object.values(next)) {
        members++;
        open.push(entry);
      }
    }
  }
  return members;
}
