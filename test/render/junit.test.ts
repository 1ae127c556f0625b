import { SaxesParser } from 'saxes';
import { RULES } from '../../lib/lint/catalogue';
import { renderJunit } from '../../lib/render/junit';
import type { LintAnswer } from '../../lib/render/lint-answer';
import { ANSWER, finding, PROBLEM, SILENT } from './lint-answer';

interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Element[];
  text: string;
}

/** The root of a text that is well-formed XML; a parser that takes nothing else reads it. */
function parse(xml: string): Element {
  const parser = new SaxesParser();
  const open: Element[] = [{ name: '', attributes: {}, children: [], text: '' }];
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) => {
    const element = { name, attributes: attributes as Record<string, string>, children: [], text: '' };
    open.at(-1)?.children.push(element);
    open.push(element);
  });
  parser.on('text', (text) => {
    (open.at(-1) as Element).text += text;
  });
  parser.on('closetag', () => {
    open.pop();
  });
  parser.write(xml).close();
  return open[0]?.children[0] as Element;
}

const suite = (answer: LintAnswer) => parse([...renderJunit(answer)].join('')).children[0] as Element;
const caseOf = (answer: LintAnswer, name: string) =>
  suite(answer).children.find(({ attributes }) => attributes.name === name) as Element;

test('there is one suite with a case for the input and one for each rule, and all pass when nothing is found', () => {
  const { attributes, children } = suite(SILENT);
  expect(attributes).toMatchObject({
    tests: String(RULES.length + 1),
    failures: '0',
    errors: '0',
    skipped: '0',
  });
  expect(children.map(({ attributes: { name } }) => name)).toEqual([
    'the input can be read',
    ...RULES.map(({ id }) => id),
  ]);
  expect(children.flatMap((each) => each.children)).toEqual([]);
});

test('the counts are those of the cases', () => {
  const { attributes, children } = suite(ANSWER);
  const count = (tag: string) => String(children.filter((each) => each.children[0]?.name === tag).length);
  expect(attributes).toMatchObject({
    failures: count('failure'),
    errors: count('error'),
    skipped: count('skipped'),
  });
  expect(attributes).toMatchObject({ failures: '1', errors: '1', skipped: '2' });
});

test('what makes the run fail is one failure of its rule, everything else is its output', () => {
  const [failure] = caseOf(ANSWER, 'rules-of-unlisted-type').children;
  expect(failure).toMatchObject({ name: 'failure', attributes: { type: 'error', message: '1 error' } });
  expect(failure?.text).toContain('seen: shop/api → internet 443/TCP is allowed');
  const [output, ...rest] = caseOf(ANSWER, 'selects-no-workload').children;
  expect(rest).toEqual([]);
  expect(output?.name).toBe('system-out');
  expect(output?.text).toContain('warning: NetworkPolicy shop/lonely (shop/lonely, main.ts:40:3)');
  expect(output?.text).toContain(
    'accepted by the operator, aks-netpol.yaml:2:5, until 2026-12-31 (waits for the next release): warning: NetworkPolicy shop/later',
  );
  const [warning] = caseOf({ ...ANSWER, failOn: 'warning' }, 'selects-no-workload').children;
  expect(warning).toMatchObject({ name: 'failure', attributes: { message: '1 warning' } });
});

test('what could not be read is an error, and a rule that could not judge is skipped', () => {
  const [error] = caseOf(ANSWER, 'the input can be read').children;
  expect(error).toMatchObject({ name: 'error', attributes: { message: '1 problem' } });
  expect(error?.text).toContain('policies/broken.yaml:4:16: NetworkPolicy shop/broken: ');
  expect(caseOf(ANSWER, 'acknowledgement-unused').children).toMatchObject([
    { name: 'skipped', attributes: { message: 'the engine is not known' } },
  ]);
});

test.each([
  { why: 'marks of XML', text: `<a> & "b" 'c' ]]> &amp;`, read: `<a> & "b" 'c' ]]> &amp;` },
  { why: 'breaks and tabs', text: 'a\tb', read: 'a\\u0009b' },
  { why: 'control characters', text: 'a\u0000\u0007\u001b[31mb', read: 'a\\u0000\\u0007\\u001b[31mb' },
  { why: 'halves of characters and what is none', text: 'a\ud800b\uffff', read: 'a\\ud800b\\uffff' },
  { why: 'characters of two halves', text: '😀', read: '😀' },
])('$why come out as they are, or as escapes where nobody would see them', ({ text, read }) => {
  const answer: LintAnswer = {
    ...SILENT,
    findings: [finding({ message: text })],
    failOn: 'warning',
    problems: [{ ...PROBLEM, got: text }],
    notApplicable: [{ rule: 'acknowledgement-expired', reason: text }],
  };
  expect(caseOf(answer, 'selects-no-workload').children[0]?.text).toContain(`spec.podSelector: ${read}\n`);
  expect(caseOf(answer, 'the input can be read').children[0]?.text).toContain(`got ${read}; `);
  expect(caseOf(answer, 'acknowledgement-expired').children[0]?.attributes.message).toBe(read);
});
