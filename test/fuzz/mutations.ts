import fc from 'fast-check';

/** Pieces at which readers of YAML and JSON break. */
const PIECES = [
  '\n---\n',
  '\n...\n',
  '---',
  '\t',
  ' ',
  '\n',
  '\r\n',
  '\r',
  '\0',
  '\ufeff',
  '\u2028',
  ': ',
  '- ',
  '? ',
  '&a ',
  '*a',
  '<<: *a',
  '!!str ',
  '!!int ',
  '!!binary ',
  '!x ',
  '|\n',
  '>-\n',
  '"',
  "'",
  '{',
  '}',
  '[',
  ']',
  ',',
  '#',
  '%YAML 1.2\n',
  '\\',
  '\\u0000',
  'y',
  'no',
  'on',
  '~',
  'null',
  '1',
  '08',
  '0o7',
  '1e999',
  '.inf',
  '.nan',
  '1:30',
  '__proto__',
  '{toString: 1}',
  'constructor',
  '\ud800',
  'kind: NetworkPolicy\n',
  'kind: List\n',
  'items:\n',
  'metadata: {name: x}\n',
  'apiVersion: v1\n',
  'spec: ',
  'List',
];

/** One change of a text. */
export type Mutation = (text: string) => string;

const at = (text: string, place: number) => Math.floor(place * (text.length + 1));

export const mutation: fc.Arbitrary<Mutation> = fc
  .record({
    how: fc.constantFrom('insert', 'insert', 'remove', 'cut', 'repeat', 'move', 'swap', 'indent'),
    piece: fc.oneof(fc.constantFrom(...PIECES), fc.string({ unit: 'binary', maxLength: 3 })),
    place: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
    other: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
    length: fc.nat(40),
  })
  .map(({ how, piece, place, other, length }) => (text: string) => {
    const [start, target] = [at(text, place), at(text, other)];
    const [head, taken, tail] = [
      text.slice(0, start),
      text.slice(start, start + length),
      text.slice(start + length),
    ];
    switch (how) {
      case 'remove':
        return head + tail;
      case 'cut':
        return head;
      case 'repeat':
        return head + taken.repeat(1 + (length % 5)) + tail;
      case 'move':
        return text.slice(0, target) + taken + text.slice(target);
      case 'swap':
        return text.replace(PIECES[length % PIECES.length] as string, () => piece);
      case 'indent':
        return (
          text.slice(0, text.lastIndexOf('\n', start) + 1) +
          ' '.repeat(length % 5) +
          text.slice(text.lastIndexOf('\n', start) + 1)
        );
      default:
        return head + piece + text.slice(start);
    }
  });

/** One of the texts, with up to six changes. */
export function mutated(seeds: readonly string[]): fc.Arbitrary<string> {
  return fc
    .tuple(fc.constantFrom(...seeds), fc.array(mutation, { minLength: 1, maxLength: 6 }))
    .map(([seed, mutations]) => mutations.reduce((text, mutate) => mutate(text), seed).slice(0, 20_000));
}
