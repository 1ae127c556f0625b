import type { Problem } from '../model/problem';

/** The byte order marks, and the encodings that they announce. */
const MARKS = [
  { mark: Buffer.from([0xff, 0xfe]), encoding: 'utf-16le', name: 'UTF-16' },
  { mark: Buffer.from([0xfe, 0xff]), encoding: 'utf-16be', name: 'UTF-16' },
  { mark: Buffer.from([0xef, 0xbb, 0xbf]), encoding: 'utf-8', name: 'UTF-8' },
] as const;

const WITHOUT_MARK = { mark: Buffer.alloc(0), encoding: 'utf-8', name: 'UTF-8' } as const;

/**
 * The text of a manifest in UTF-8, or in UTF-16 with a byte order mark, as PowerShell's `>` writes it; or the problem of its
 * bytes. Where kubectl silently replaces invalid bytes, this reports them.
 *
 * @see k8s.io/cli-runtime pkg/resource/visitor.go, FileVisitor.Visit
 */
export function decodeText(
  bytes: Buffer,
): { readonly text: string } | { readonly problem: Omit<Problem, 'at'> } {
  const { mark, encoding, name } =
    MARKS.find((each) => bytes.subarray(0, each.mark.length).equals(each.mark)) ?? WITHOUT_MARK;
  const own = bytes.subarray(mark.length);
  try {
    return { text: new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(own) };
  } catch {
    const valid = mark.length + validStart(own, encoding);
    return {
      problem: {
        code: 'encoding-invalid',
        got: `bytes that are not ${name}, the first of them after ${valid} bytes`,
        problem: 'a manifest is text in UTF-8, or in UTF-16 with a byte order mark',
        fix: 'save it as UTF-8',
      },
    };
  }
}

/** The number of valid bytes at the start. */
function validStart(bytes: Buffer, encoding: string): number {
  const text = new TextDecoder(encoding, { ignoreBOM: true }).decode(bytes);
  let valid = 0;
  for (const character of text) {
    const encoded = encode(character, encoding);
    if (character === '\ufffd' && !encoded.equals(bytes.subarray(valid, valid + encoded.length))) {
      break;
    }
    valid += encoded.length;
  }
  return valid;
}

function encode(character: string, encoding: string): Buffer {
  if (encoding === 'utf-8') {
    return Buffer.from(character);
  }
  const encoded = Buffer.from(character, 'utf16le');
  return encoding === 'utf-16be' ? encoded.swap16() : encoded;
}
