/** The value of a JSON text, or the offset of what stands too deep in it. */
export type ParsedJson = { readonly value: unknown } | { readonly tooDeep: number };

/**
 * The value of a JSON text; `undefined` when it is none, or when an object in it has a key twice: `JSON.parse`
 * keeps the last and says nothing, so the members written are counted against those that are left.
 *
 * @param maxDepth how many levels it may have: `{}` has one, `{"a": 1}` two
 */
export function parseJson(text: string, maxDepth: number): ParsedJson | undefined {
  if (!/^\s*\{/.test(text)) {
    return undefined;
  }
  try {
    const value: unknown = JSON.parse(text);
    const colons = countColons(text, maxDepth);
    if (typeof colons === 'object') {
      return colons;
    }
    return colons === countMembers(value) ? { value } : undefined;
  } catch {
    return undefined;
  }
}

/** The colons outside of strings, of a text that is JSON; or what stands too deep in it. */
function countColons(text: string, maxDepth: number): number | { readonly tooDeep: number } {
  let [colons, depth] = [0, 0];
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 0x7d || code === 0x5d) {
      depth--;
    } else if (depth === maxDepth && code > 0x20) {
      return { tooDeep: i };
    } else if (code === 0x7b || code === 0x5b) {
      depth++;
    } else if (code === 0x3a) {
      colons++;
    } else if (code === 0x22) {
      i = endOfString(text, i);
    }
  }
  return colons;
}

/** Where the quote stands that ends a string. */
export function endOfString(text: string, start: number): number {
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
