import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { constructFromEvents, type Event, parseEvents } from 'js-yaml';
import { offsetOf } from '../../lib/yaml/events';
import { KUBECTL_SCHEMA } from '../../lib/yaml/kubectl-schema';
import { PlainYaml } from '../../lib/yaml/plain-yaml';

/**
 * Holds the reading of plain documents to js-yaml's: what is plain is one document, without a mistake, with the same
 * value, keys in the same order, at the same place.
 *
 * @returns whether the text is plain
 * @throws when the two differ
 */
export function checkPlain(text: string): boolean {
  const plain = new PlainYaml().read(text, 0, text.length);
  if (plain === undefined) {
    return false;
  }
  const events = parseEvents(text, {});
  const values = constructFromEvents(events, { source: text, schema: KUBECTL_SCHEMA });
  const isEqual =
    values.length === 1 &&
    isDeepStrictEqual(values[0], plain.value) &&
    JSON.stringify(values[0]) === JSON.stringify(plain.value);
  if (!isEqual || offsetOf(events[1] as Event) !== plain.offset) {
    throw new Error(`read as ${JSON.stringify(plain)} and not as ${JSON.stringify(values)}`);
  }
  return true;
}

/** The same for every document of a text; gives how many are plain. */
export function checkPlainDocuments(text: string): number {
  return text.split(/^(?=---)/m).filter(checkPlain).length;
}

type Tree = string | Tree[] | { readonly [key: string]: Tree };

const PLAIN = [
  'a',
  'b-c',
  'a b',
  'a:b',
  'x.y/z:1',
  "'a: b'",
  '"a # b"',
  "''",
  '{}',
  '[]',
  '1',
  '10.0.0.0/8',
  'true',
  'null',
  '',
];
const CORNERS = [
  ...[
    'a: b',
    'a :b',
    'a #b',
    'a#b',
    '#b',
    'a ',
    "'a' ",
    "'a",
    '"\\t"',
    "'it''s'",
    '{} ',
    '[a]',
    '{a: b}',
    '01',
    '08',
    '0x1f',
  ],
  ...[
    '1_0',
    '1e3',
    '1.5',
    '-1',
    '1:30',
    '2001:db8::/32',
    '::1',
    'Yes',
    'n',
    'OFF',
    'Null',
    '~',
    '.inf',
    '.nan',
    '0o7',
    '- a',
  ],
  ...[
    '9007199254740993',
    '|',
    '>-',
    '&x',
    '*x',
    '!!str',
    '@a',
    'a,b',
    'a]',
    'é',
    '---',
    '%a',
    '?',
    '"a" b',
    'a:',
    '\ta',
    '0',
    '1.',
  ],
];
const scalar = fc.oneof(
  { weight: 9, arbitrary: fc.constantFrom(...PLAIN) },
  { weight: 1, arbitrary: fc.constantFrom(...CORNERS) },
);
const key = fc.oneof(
  { weight: 30, arbitrary: fc.constantFrom('a', 'b', 'c', 'app.x/y-z_1', 'kind', 'yes-1') },
  {
    weight: 1,
    arbitrary: fc.constantFrom('y', 'no', 'On', 'null', 'toString', '1', '"a"', '__proto__', 'a b', ''),
  },
);
const { map } = fc.letrec<{ map: Tree; list: Tree; node: Tree }>((tie) => ({
  map: fc.dictionary(key, tie('node'), { minKeys: 1, maxKeys: 4, noNullPrototype: true }),
  list: fc.array(tie('node'), { minLength: 1, maxLength: 3 }),
  node: fc.oneof({ depthSize: 'small' }, scalar, scalar, tie('map'), tie('list')),
}));

/** @param steps how far the next object and the next list are indented, in turn */
function linesOf(tree: Tree, indent: string, steps: readonly number[]): string[] {
  const [step = 2, ...others] = steps;
  const below = (inner: Tree) =>
    typeof inner === 'string'
      ? [inner === '' ? '' : ` ${inner}`]
      : ['', ...linesOf(inner, indent + ' '.repeat(Array.isArray(inner) ? step : Math.max(step, 1)), others)];
  if (Array.isArray(tree)) {
    return tree.flatMap((entry) => {
      const [first = '', ...more] =
        typeof entry === 'string' ? [entry] : linesOf(entry, `${indent}  `, others);
      return [`${indent}- ${first.trimStart()}`, ...more];
    });
  }
  return Object.entries(tree as Record<string, Tree>).flatMap(([name, inner]) => {
    const [first, ...more] = below(inner);
    return [`${indent}${name}:${first}`, ...more];
  });
}

const change = fc.tuple(
  fc.nat(),
  fc.oneof(
    fc.constantFrom(
      '',
      '  ',
      '# a',
      '  # a: b',
      '---',
      '...',
      '\t',
      '- a',
      '  - a',
      'a',
      '  a: b',
      '%A',
      'a: b',
      ' ',
    ),
    fc.constantFrom('deeper', 'shallower', 'twice', 'gone', 'half'),
  ),
);

function changed(lines: readonly string[], [place, what]: readonly [number, string]): string[] {
  const at = place % (lines.length + 1);
  const [line = '', before, after] = [lines[at], lines.slice(0, at), lines.slice(at + 1)];
  switch (what) {
    case 'deeper':
      return [...before, ` ${line}`, ...after];
    case 'shallower':
      return [...before, line.replace(/^ /, ''), ...after];
    case 'twice':
      return [...before, line, line, ...after];
    case 'gone':
      return [...before, ...after];
    case 'half':
      return [...before, line.slice(0, place % (line.length + 1)), ...after];
    default:
      return [...before, what, line, ...after];
  }
}

/** Documents as manifests are written, half of them with mistakes and with more than plain YAML. */
export const nearlyPlain = fc
  .tuple(
    fc.constantFrom('', '', '---\n', '--- \n', '# a\n'),
    map,
    fc.array(fc.constantFrom(0, 2, 2, 4, 1), { maxLength: 6 }),
    fc.array(change, { maxLength: 2 }),
    fc.constantFrom('\n', '\n', '', '\n\n'),
  )
  .map(
    ([head, tree, steps, changes, end]) =>
      head + changes.reduce(changed, linesOf(tree, '', steps)).join('\n') + end,
  );
