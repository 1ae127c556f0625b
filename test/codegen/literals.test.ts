import { transformSync } from '@swc/core';
import fc from 'fast-check';
import { commentLine, keyLiteral, quoted } from '../../lib/codegen/literals';
import { importPolicies, importYaml } from './imported';

/** Letters at which programs break, and what hides from the one who reads them. */
const hostile = fc.string({
  unit: fc.constantFrom(
    ...["'", '"', '`', '\\', '$', '{', '}', '/', '*', '\n', '\r', '\t', '\0', '\u2028', '\u2029'],
    ...[
      '\u202e',
      '\u2066',
      '\u200b',
      '\ufeff',
      '\ud800',
      '\udc00',
      '😀',
      'é',
      '<!--',
      '-->',
      '#',
      '@',
      'u',
      'x',
      '0',
    ],
  ),
  maxLength: 12,
});

/** What a program of one expression gives. */
const evaluated = (expression: string) => new Function(`"use strict"; return (${expression});`)() as unknown;

test('a text as a literal is that text, and everything in it can be seen', () => {
  fc.assert(
    fc.property(hostile, (text) => {
      const literal = quoted(text);
      expect(evaluated(literal)).toBe(text);
      expect(literal).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
    }),
    { numRuns: 3000 },
  );
});

test('a text as a key is that key', () => {
  fc.assert(
    fc.property(hostile, (text) => {
      expect(Object.keys(evaluated(`{ ${keyLiteral(text)}: 1 }`) as object)).toEqual([text]);
    }),
    { numRuns: 1000 },
  );
});

test('a comment ends with its line, runs nothing, and tells a compiler nothing', () => {
  fc.assert(
    fc.property(hostile, (text) => {
      const comment = commentLine(`${text}; throw 1`);
      expect(comment).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
      expect(evaluated(`${comment}\n2`)).toBe(2);
    }),
    { numRuns: 3000 },
  );
  expect(['@ts-nocheck', '/ <reference path="x" />', '# sourceMappingURL=x'].map(commentLine)).toEqual([
    '// # @ts-nocheck',
    '// # / <reference path="x" />',
    '// # # sourceMappingURL=x',
  ]);
});

const ATTACKS = [
  '\u0024{globalThis.pwned = 1}',
  '`; globalThis.pwned = 1; `',
  "'); globalThis.pwned = 1; ('",
  '*/ globalThis.pwned = 1; /*',
  '\n globalThis.pwned = 1; //',
  '\u2028 globalThis.pwned = 1; //',
  '\\',
  '</script>',
];

test.each(ATTACKS)('text of a manifest stays text: %j', (attack) => {
  const policy = {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: 'a', annotations: { note: attack } },
    spec: { podSelector: {} },
  };
  // Refused by the server, and so left as it is, with the text in names, keys and sentences.
  const refused = {
    ...policy,
    metadata: { name: attack },
    spec: { podSelector: { matchLabels: { [attack]: attack } } },
  };
  const { objects, text } = importPolicies([policy, refused]);
  expect(objects).toMatchObject([
    { metadata: { annotations: { note: attack } } },
    { metadata: { name: attack } },
  ]);
  expect(objects[1]).toMatchObject({ spec: refused.spec });
  const again = importYaml(`# ${attack.replace(/\n/g, ' ')}\n${JSON.stringify(policy)}\n`).text;
  for (const module of [text, again]) {
    expect(() =>
      transformSync(module, { jsc: { parser: { syntax: 'typescript' } }, swcrc: false }),
    ).not.toThrow();
  }
  expect(globalThis).not.toHaveProperty('pwned');
});

test('names that every JavaScript object has are names like all others, where cdk8s can write them', () => {
  const named = (name: string, namespace: string) => ({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name, namespace },
    spec: { podSelector: {} },
  });
  const { objects } = importPolicies([named('constructor', 'constructor'), named('constructor', 'shop')]);
  expect(objects.map(({ metadata }) => metadata)).toEqual([
    { name: 'constructor', namespace: 'constructor' },
    { name: 'constructor', namespace: 'shop' },
  ]);
  const labelled = { ...named('a', 'shop'), spec: { podSelector: { matchLabels: { constructor: 'a' } } } };
  const { objects: none, notes, text } = importPolicies([labelled]);
  expect(none).toEqual([]);
  expect(notes).toMatchObject([
    { kind: 'not-imported', reason: expect.stringContaining('cdk8s treats specially') },
  ]);
  expect(text).toMatch(/^export \{\};\n\n\/\/ Not imported: NetworkPolicy shop\/a: spec.podSelector/);
});
