import fc from 'fast-check';
import { CONTROL_CHARACTER } from '../../lib/yaml/characters';
import { mutated } from '../fuzz/mutations';
import { seeds } from '../fuzz/seeds';
import { sampleSeed } from '../support/sample-seed';
import { type Difference, differences, readAsKubectl } from './decoder';
import { manyAliases, soups, writtenForms } from './written-forms';

const seed = sampleSeed();

/** Where this is meant to read otherwise than kubectl, besides what it only tells: keys twice, and what kubectl passes over. */
const INTENDED: readonly {
  readonly why: string;
  readonly example: string | Buffer;
  /** Of the example; with others it may be another. */
  readonly what: Difference['what'];
  readonly isOne: (difference: Difference) => boolean;
}[] = [
  {
    why: 'more than a hundred levels are refused, so that whoever walks through a value can rely on the stack',
    example: `a: ${'['.repeat(100)}${']'.repeat(100)}`,
    what: 'refused here alone',
    isOne: ({ ours }) => ours.some((one) => 'refused' in one && one.refused === 'nesting-excessive'),
  },
  {
    why: 'bytes that are no text are refused, for nobody means what kubectl puts in their place',
    example: Buffer.from('a: é', 'latin1'),
    what: 'refused here alone',
    isOne: ({ ours }) => ours.some((one) => 'refused' in one && one.refused === 'encoding-invalid'),
  },
  {
    why: 'a control character is refused wherever it stands, and by kubectl if it comes so far',
    example: `{a: 1}\n- b\n${'#'.repeat(5000)}\n\x07`,
    what: 'refused here alone',
    isOne: ({ text }) => CONTROL_CHARACTER.test(text),
  },
  {
    why: 'a number in JSON that is too large is told by whoever checks the field, and kubectl refuses the object',
    example: '{"a": 1e999}',
    what: 'refused by kubectl alone',
    isOne: ({ kubectl }) => /^json: cannot unmarshal number/.test(kubectl.error ?? ''),
  },
  {
    why: 'half of a surrogate pair in JSON stays what it is, and is no part of any name',
    example: '{"a": "\\ud800"}',
    what: 'other values',
    isOne: ({ text }) => /\\ud[89a-f]/i.test(text),
  },
  {
    why: 'of binary values that are no UTF-8 kubectl replaces each byte, and this each sequence; neither means anything',
    example: 'a: !!binary 4p0=',
    what: 'other values',
    isOne: ({ text }) => text.includes('!!binary'),
  },
  {
    why: 'a day that no calendar has is text, and kubectl refuses the tag',
    example: 'a: !!timestamp 2001-99-99',
    what: 'refused by kubectl alone',
    isOne: ({ text }) => text.includes('!!timestamp'),
  },
  {
    why: 'where marks of byte order follow each other the parser of kubectl loses characters, which is a flaw',
    example: '\ufeff\ufeff\ufeff',
    what: 'other values',
    isOne: ({ text }) => text.includes('\ufeff\ufeff'),
  },
  {
    why: 'a directive is refused although kubectl takes some, where the dashes after it follow no common line break',
    example: '%YAML 1.1\n\u2028---\na: 1',
    what: 'refused here alone',
    isOne: ({ ours }) => ours.some((one) => 'refused' in one && one.refused === 'directive-refused'),
  },
];

const isIntended = (difference: Difference) => INTENDED.some(({ isOne }) => isOne(difference));

/** The shortest are the easiest to understand. */
function shortest(found: readonly Difference[]): string {
  return found
    .map((one) => JSON.stringify(one))
    .sort((a, b) => a.length - b.length)
    .slice(0, 8)
    .join('\n');
}

describe(`manifests are read as kubectl reads them (seed ${seed})`, () => {
  test.each([
    { why: 'texts of pieces of YAML and JSON', texts: soups, runs: 60_000 },
    { why: 'objects written in many ways', texts: writtenForms, runs: 20_000 },
    { why: 'documents full of aliases', texts: manyAliases, runs: 500 },
    { why: 'manifests with mutations', texts: mutated(seeds()), runs: 30_000 },
  ])('$runs $why', ({ texts, runs }) => {
    const files = fc
      .sample(fc.noBias(texts), { numRuns: runs, seed })
      .map((text, i) => (i % 10 === 0 ? Buffer.from(`\ufeff${text}`, 'utf16le') : Buffer.from(text)));
    const found = differences(files).filter((one) => !isIntended(one));
    expect(`${found.length} differences\n${shortest(found)}`).toBe('0 differences\n');

    const kubectl = readAsKubectl(files);
    const read = kubectl.filter(({ documents, error }) => documents.length > 0 && error === undefined);
    const refused = kubectl.filter(({ error }) => error !== undefined);
    expect(read.length).toBeGreaterThan(runs / 5);
    expect(refused.length).toBeGreaterThan(runs / 20);
  });

  test.each(INTENDED)('except that $why', ({ example, what, isOne }) => {
    const [difference] = differences([Buffer.from(example)]);
    expect(difference).toMatchObject({ what });
    expect(isOne(difference as Difference)).toBe(true);
  });
});
