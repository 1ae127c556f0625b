import { stripVTControlCharacters } from 'node:util';
import type { LintAnswer, LintRenderOptions } from '../../lib/render/lint-answer';
import { LINT_FORMATS, LINT_RENDERERS, type LintFormat } from '../../lib/render/outputs';
import { ANSWER, finding, PROBLEM, SILENT } from './lint-answer';

const render = (format: LintFormat, answer: LintAnswer, options: LintRenderOptions = {}) =>
  [...LINT_RENDERERS[format](answer, options)].join('');

test.each(LINT_FORMATS)('%s gives the same bytes for the same answer, and ends with its line', (format) => {
  expect(render(format, ANSWER)).toBe(render(format, structuredClone(ANSWER)));
  expect(render(format, ANSWER)).toMatch(/\n$/);
  // A compiler that finds nothing says nothing.
  expect(render(format, SILENT)).toMatch(format === 'gcc' ? /^$/ : /\n$/);
});

test.each(LINT_FORMATS.filter((format) => format !== 'human'))(
  '%s tells what could not be read',
  (format) => {
    expect(render(format, ANSWER)).toContain('must be an object');
    expect(render(format, ANSWER)).toContain('policies/broken.yaml');
  },
);

describe('human', () => {
  test('says what, where, why and what to write, by severity', () => {
    expect(render('human', ANSWER)).toBe(`\
error  rules-of-unlisted-type  1 finding
  NetworkPolicy shop/api  policies/api.yaml:1
    policyTypes leaves Egress out, whose rules stand here
    seen: shop/api → internet 443/TCP is allowed
  fix: write policyTypes: [Ingress, Egress]

warning  selects-no-workload  1 finding
  NetworkPolicy shop/lonely  main.ts:40:3
    spec.podSelector: no workload of namespace shop has these labels; did you mean app=orders (web carries it)?
  fix: select by labels that the pods carry

1 error, 1 warning; 1 accepted; 1 problem with the input, so more may be wrong.
Accepted:
  selects-no-workload  NetworkPolicy shop/later  by the operator, aks-netpol.yaml:2:5, until 2026-12-31: waits for the next release
Not judged: acknowledgement-unused and acknowledgement-expired (the engine is not known).
Explain: npx cdk8s-aks-network-policy lint --explain rules-of-unlisted-type
`);
  });

  test('says when there is nothing to say', () => {
    expect(render('human', SILENT)).toBe('No findings.\n');
  });

  test('has colours when it is told so, and the same words', () => {
    const coloured = render('human', ANSWER, { colour: true });
    expect(coloured).toContain('\u001b[31merror');
    expect(stripVTControlCharacters(coloured)).toBe(render('human', ANSWER));
  });

  test('names the construct when no line is known', () => {
    const from = finding({ source: { construct: 'shop/lonely' } });
    expect(render('human', { ...SILENT, findings: [from] })).toContain(
      'NetworkPolicy shop/lonely  shop/lonely\n',
    );
  });
});

describe('github', () => {
  test('is a command for each problem and finding, at the line to mend', () => {
    expect(render('github', ANSWER)).toBe(`\
::error file=policies/broken.yaml,line=4,col=16,title=type-mismatch::NetworkPolicy shop/broken: spec.podSelector: must be an object; got 5; give keys and values in braces [type-mismatch]
::error file=policies/api.yaml,line=1,title=rules-of-unlisted-type::NetworkPolicy shop/api: policyTypes leaves Egress out, whose rules stand here%0Aseen: shop/api → internet 443/TCP is allowed%0Afix: write policyTypes: [Ingress, Egress]
::warning file=main.ts,line=40,col=3,title=selects-no-workload::NetworkPolicy shop/lonely: spec.podSelector: no workload of namespace shop has these labels; did you mean app=orders (web carries it)?%0Afix: select by labels that the pods carry
::notice title=pods-made-elsewhere::Not judged exactly: the pods of Prometheus shop/main; no manifest declares them.
1 error, 1 warning
`);
  });

  test.each([
    { why: 'a line break ends no command', message: 'a\r\n::error::b', written: ': a ::error::b%0A' },
    { why: 'a percent sign stays one', message: '100%0A', written: ': 100%250A%0A' },
  ])('$why', ({ message, written }) => {
    const text = render('github', { ...SILENT, findings: [finding({ field: 'spec', message })] });
    expect(text.split('\n')).toHaveLength(3);
    expect(text).toContain(`spec${written}`);
  });

  test('a path may hold what ends a property', () => {
    const from = finding({ source: { file: 'a,b:c%.yaml', line: 1 } });
    expect(render('github', { ...SILENT, findings: [from] })).toContain(
      'file=a%2Cb%3Ac%25.yaml,line=1,title=',
    );
  });

  test('what stands in no file has no place', () => {
    const from = [{ file: '-', line: 3 }, { construct: 'shop/x' }, undefined].map((source) => {
      const { source: _, ...rest } = finding();
      return source === undefined ? rest : { ...rest, source };
    });
    const text = render('github', { ...SILENT, findings: from });
    expect(text.match(/^::warning title=/gm)).toHaveLength(3);
  });

  test('info is a notice', () => {
    expect(render('github', { ...SILENT, findings: [finding({ severity: 'info' })] })).toMatch(/^::notice /);
  });
});

describe('markdown', () => {
  test('begins with the verdict, then problems, findings and details', () => {
    expect(render('markdown', ANSWER)).toBe(`\
**Could not judge: 1 problem with the input.** Of what could be read: 1 error, 1 warning.

By rule: 1 rules-of-unlisted-type, 1 selects-no-workload.

| where | problem |
| --- | --- |
| policies/broken.yaml:4:16 | NetworkPolicy shop/broken: spec.podSelector: must be an object; got 5; give keys and values in braces \\[type-mismatch\\] |

| severity | rule | object | where | what |
| --- | --- | --- | --- | --- |
| error | rules-of-unlisted-type | NetworkPolicy shop/api | policies/api.yaml:1 | policyTypes leaves Egress out, whose rules stand here |
| warning | selects-no-workload | NetworkPolicy shop/lonely | shop/lonely, main.ts:40:3 | spec.podSelector: no workload of namespace shop has these labels; did you mean app=orders (web carries it)? |

<details><summary>What to write instead</summary>

- rules-of-unlisted-type: write policyTypes: \\[Ingress, Egress\\]
  - NetworkPolicy shop/api: seen: shop/api → internet 443/TCP is allowed
- selects-no-workload: select by labels that the pods carry

</details>

Not judged exactly: the pods of Prometheus shop/main; no manifest declares them.

<details><summary>1 accepted, by files as this change leaves them</summary>

- selects-no-workload, NetworkPolicy shop/later: by the operator, aks-netpol.yaml:2:5, until 2026-12-31: waits for the next release

</details>

Not judged: acknowledgement-unused and acknowledgement-expired (the engine is not known).
`);
  });

  test.each([
    { why: 'nothing found', answer: SILENT, verdict: '**Network policies pass: no findings.**\n' },
    {
      why: 'nothing that counts',
      answer: { ...SILENT, findings: [finding()] },
      verdict: '**Network policies pass, with 1 warning.**\n',
    },
    {
      why: 'something that counts',
      answer: { ...SILENT, findings: [finding()], failOn: 'warning' as const },
      verdict: '**Network policies: 1 warning.**\n',
    },
    {
      why: 'a run that never fails',
      answer: { ...SILENT, findings: [finding()], failOn: 'never' as const },
      verdict: '**Network policies: 1 warning.**\n',
    },
  ])('the verdict for $why', ({ answer, verdict }) => {
    expect(render('markdown', answer).startsWith(verdict)).toBe(true);
  });

  test('marks in names are not read, and no word leaves its row', () => {
    const odd = finding({ message: 'a|b *c*\n<d> [e]', field: 'x' });
    expect(render('markdown', { ...SILENT, findings: [odd] })).toContain(
      '| x: a\\|b \\*c\\* \\<d> \\[e\\] |\n',
    );
  });

  test.each([
    { what: 'findings', of: { findings: 5000, problems: 0, acknowledged: 0 } },
    { what: 'problems', of: { findings: 0, problems: 5000, acknowledged: 0 } },
    { what: 'everything', of: { findings: 5000, problems: 5000, acknowledged: 5000 } },
    { what: 'all but everything', of: { findings: 5000, problems: 4, acknowledged: 1 } },
  ])('many $what fit a comment, and what is left out is counted', ({ of }) => {
    const acknowledged = ANSWER.acknowledged[0] as LintAnswer['acknowledged'][number];
    const answer = {
      ...SILENT,
      // Letters that take more bytes than places.
      findings: Array.from({ length: of.findings }, (_, i) => finding({ message: `№ ${i} äöü` })),
      problems: Array(of.problems).fill(PROBLEM),
      acknowledged: Array(of.acknowledged).fill(acknowledged),
      notApplicable: ANSWER.notApplicable,
    };
    const text = render('markdown', answer, { wide: true });
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(60_000);
    expect(Buffer.byteLength(text)).toBeGreaterThan(25_000);
    const rows = text.match(/^\| warning/gm)?.length ?? 0;
    if (of.findings > 0) {
      expect(text).toContain(`\n\n…and ${of.findings - rows} more rows, for which there is no room here.\n`);
      expect(rows).toBeGreaterThan(50);
    }
    expect(text.match(/<details>/g) ?? []).toHaveLength(text.match(/<\/details>/g)?.length ?? 0);
  });
});
