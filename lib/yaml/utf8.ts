import type { Problem } from '../model/problem';

/** The text of a manifest in UTF-8, without its byte order mark, or what is wrong with its bytes. */
export function decodeUtf8(
  bytes: Buffer,
): { readonly text: string } | { readonly problem: Omit<Problem, 'at'> } {
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    return {
      problem: {
        code: 'encoding-invalid',
        got: `bytes that are no UTF-8, the first of them after ${validStart(bytes)} bytes`,
        problem: 'a manifest is text in UTF-8',
        fix: 'save it as UTF-8',
      },
    };
  }
}

/** How many bytes from the start are UTF-8. */
function validStart(bytes: Buffer): number {
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  let valid = 0;
  for (const character of text) {
    const encoded = Buffer.from(character);
    if (character === '\ufffd' && !encoded.equals(bytes.subarray(valid, valid + encoded.length))) {
      break;
    }
    valid += encoded.length;
  }
  return valid;
}
