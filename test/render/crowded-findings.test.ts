import type { LintFinding } from '../../lib/model/finding';
import type { LintAnswer, LintRenderOptions } from '../../lib/render/lint-answer';
import { LINT_FORMATS, LINT_RENDERERS, type LintFormat } from '../../lib/render/outputs';
import { ANSWER, finding, SILENT } from './lint-answer';

const render = (format: LintFormat, answer: LintAnswer, options: LintRenderOptions = {}) =>
  [...LINT_RENDERERS[format](answer, options)].join('');

const many = (number: number, more: (i: number) => Partial<LintFinding>): LintFinding[] =>
  Array.from({ length: number }, (_, i) =>
    finding({ object: { kind: 'NetworkPolicy', namespace: 'shop', name: `p${i}` }, ...more(i) }),
  );

/** A first day: two rules speak everywhere, and two webhooks are cut off. */
const FIRST_DAY: LintAnswer = {
  ...SILENT,
  findings: [
    ...many(300, (i) => ({ rule: 'redundant-rule', message: `redundant ${i}` })),
    ...many(2, () => ({
      rule: 'webhook-cut-off',
      message: 'the API server cannot reach it',
      fix: 'let it in',
    })),
    ...many(176, (i) => ({
      rule: 'no-default-deny',
      message: `finding no. ${i} of openness`,
      fix: `isolate ${i % 2}`,
    })),
    ...many(40, () => ({ rule: 'no-engine', severity: 'error' })),
    ...many(1, () => ({ rule: 'duplicate-name', severity: 'info' })),
  ],
};

const headings = (text: string) => text.match(/^(error|warning|info) .*$/gm);

test('what is serious comes first, and then the rules that found little', () => {
  expect(headings(render('human', FIRST_DAY))).toEqual([
    'error  no-engine  40 findings',
    'warning  webhook-cut-off  2 findings',
    'warning  no-default-deny  176 findings',
    'warning  redundant-rule  300 findings',
    'info  duplicate-name  1 finding',
  ]);
  expect(render('markdown', FIRST_DAY)).toContain(
    '\n\nBy rule: 40 no-engine, 2 webhook-cut-off, 176 no-default-deny, 300 redundant-rule, 1 duplicate-name.\n',
  );
  expect(render('github', FIRST_DAY).match(/title=(?!no-engine)[\w-]+/)?.[0]).toBe('title=webhook-cut-off');
  expect(render('human', FIRST_DAY)).toContain('--explain no-engine\n');
});

test('of a rule that found much some are shown, and how many more there are', () => {
  const text = render('human', FIRST_DAY);
  expect(text).toContain('redundant 2\n');
  expect(text).not.toContain('redundant 3\n');
  expect(text).toContain('and 297 more: --wide lists them all\n');
  expect(text.split('\n').length).toBeLessThan(60);
  const comment = render('markdown', FIRST_DAY);
  expect(comment).toContain('| warning | redundant-rule |  |  | and 297 more, which --wide lists |\n');
  expect(comment.match(/redundant \d+/g)).toHaveLength(3);
});

test('ten are shown, and eleven are many', () => {
  const shown = (number: number) => render('human', { ...SILENT, findings: many(number, () => ({})) });
  expect(shown(10)).not.toContain('--wide');
  expect(shown(11)).toContain('and 8 more: --wide');
});

test.each([
  { format: 'human', number: 300 },
  // A comment has not room for more than some hundreds.
  { format: 'markdown', number: 100 },
] as const)('with --wide $format shows every one of $number', ({ format, number }) => {
  const findings = many(number, (i) => ({ message: `redundant ${i}` }));
  const text = render(format, { ...SILENT, findings }, { wide: true });
  expect(text.match(/redundant \d+/g)).toHaveLength(number);
  expect(text).not.toContain('more');
});

test.each(LINT_FORMATS.filter((format) => format !== 'human' && format !== 'markdown'))(
  '%s loses none, whatever is asked for',
  (format) => {
    expect(new Set(render(format, FIRST_DAY).match(/redundant \d+/g)).size).toBe(300);
    expect(new Set(render(format, FIRST_DAY).match(/no\. \d+ of openness/g)).size).toBe(176);
  },
);

test('what is to be written instead is told once for all that are mended alike', () => {
  const text = render('human', FIRST_DAY);
  expect(text.match(/fix: let it in/g)).toHaveLength(1);
  expect(text.match(/fix: isolate \d/g)).toEqual(['fix: isolate 0', 'fix: isolate 1']);
  expect(render('markdown', FIRST_DAY).match(/^- webhook-cut-off: let it in$/gm)).toHaveLength(1);
});

test('of much that the same file accepts for the same reason some is shown', () => {
  const [one] = ANSWER.acknowledged as [LintAnswer['acknowledged'][number]];
  const accepted = (number: number, reason: string) =>
    many(number, () => ({})).map((each, i) => ({
      ...one,
      ...each,
      acknowledgement: { ...one.acknowledgement, reason, source: { file: 'baseline.yaml', line: i } },
    }));
  const answer = { ...SILENT, acknowledged: [...accepted(50, 'as of today'), ...accepted(2, 'another')] };
  for (const format of ['human', 'markdown'] as const) {
    const text = render(format, answer);
    expect(text.match(/: as of today/g)).toHaveLength(3);
    expect(text.match(/: another/g)).toHaveLength(2);
    expect(text).toContain(
      'selects-no-workload  and 47 more, accepted in the same place: --wide lists them all',
    );
    expect(render(format, answer, { wide: true }).match(/: as of today/g)).toHaveLength(50);
  }
});
