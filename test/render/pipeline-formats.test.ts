import Ajv from 'ajv';
import { azureCommand } from '../../lib/model/harmless';
import type { LintAnswer } from '../../lib/render/lint-answer';
import { LINT_RENDERERS, type LintFormat } from '../../lib/render/outputs';
import { ANSWER, finding, PROBLEM, SILENT } from './lint-answer';

const render = (format: LintFormat, answer: LintAnswer) => [...LINT_RENDERERS[format](answer)].join('');

describe('azure-devops', () => {
  test('is an issue for each problem and finding, and words for what is none', () => {
    const info = finding({ severity: 'info', source: {} });
    expect(
      render('azure-devops', { ...ANSWER, findings: [...ANSWER.findings, info] }),
    ).toMatchInlineSnapshot(`
"##vso[task.logissue type=error;sourcepath=policies/broken.yaml;linenumber=4;columnnumber=16;code=type-mismatch;]NetworkPolicy shop/broken: spec.podSelector: must be an object; got 5; give keys and values in braces [type-mismatch]
##vso[task.logissue type=error;sourcepath=policies/api.yaml;linenumber=1;code=rules-of-unlisted-type;]NetworkPolicy shop/api: policyTypes leaves Egress out, whose rules stand here; seen: shop/api → internet 443/TCP is allowed; fix: write policyTypes: [Ingress, Egress]
##vso[task.logissue type=warning;sourcepath=main.ts;linenumber=40;columnnumber=3;code=selects-no-workload;]NetworkPolicy shop/lonely: spec.podSelector: no workload of namespace shop has these labels; did you mean app=orders (web carries it)?; fix: select by labels that the pods carry
info: NetworkPolicy shop/lonely: spec.podSelector: no workload of namespace shop has these labels; did you mean app=orders (web carries it)?; fix: select by labels that the pods carry [selects-no-workload]
note: Not judged exactly: the pods of Prometheus shop/main; no manifest declares them. [pods-made-elsewhere]
1 error, 1 warning, 1 info
"
`);
  });

  test('a text neither ends the command nor begins another', () => {
    const text = 'a];b%0A\r\n##vso[task.complete]x';
    const command = azureCommand('task.logissue', { type: 'error', sourcepath: text }, text);
    expect(command).toBe(
      '##vso[task.logissue type=error;sourcepath=a%5D%3Bb%AZP250A\\u000d\\u000a#\\u0023vso[task.complete%5Dx;]a];b%AZP250A%0D%0A#\\u0023vso[task.complete]x\n',
    );
  });
});

/**
 * What GitLab takes, and what it asks for beyond that: severities of its own, and a path.
 *
 * @see https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
 * @see gitlabhq/gitlabhq app/validators/json_schemas/codeclimate.json, read 2026-12-01
 */
const REPORT = {
  type: 'array',
  items: {
    type: 'object',
    required: ['description', 'check_name', 'fingerprint', 'severity', 'location'],
    additionalProperties: false,
    properties: {
      description: { type: 'string', minLength: 1 },
      check_name: { type: 'string', minLength: 1 },
      fingerprint: { type: 'string', minLength: 1 },
      severity: { enum: ['info', 'minor', 'major', 'critical', 'blocker'] },
      location: {
        type: 'object',
        required: ['path', 'lines'],
        additionalProperties: false,
        properties: {
          path: { type: 'string', pattern: '^(?!\\.?/)' },
          lines: {
            type: 'object',
            required: ['begin'],
            additionalProperties: false,
            properties: { begin: { type: 'integer', minimum: 1 } },
          },
        },
      },
    },
  },
};

describe('gitlab', () => {
  const isReport = new Ajv({ strict: true }).compile(REPORT);
  const read = (answer: LintAnswer) => {
    const text = render('gitlab', answer);
    // A byte order mark would make GitLab refuse it.
    expect(text.startsWith('[')).toBe(true);
    const report = JSON.parse(text);
    expect(isReport(report) || isReport.errors).toBe(true);
    return report;
  };

  test('is a report with what is found and what could not be read', () => {
    expect(read(ANSWER)).toMatchObject([
      {
        check_name: 'type-mismatch',
        severity: 'blocker',
        location: { path: 'policies/broken.yaml', lines: { begin: 4 } },
      },
      { check_name: 'rules-of-unlisted-type', severity: 'major', location: { path: 'policies/api.yaml' } },
      {
        check_name: 'selects-no-workload',
        severity: 'minor',
        location: { path: 'main.ts', lines: { begin: 40 } },
      },
    ]);
    expect(render('gitlab', SILENT)).toBe('[]\n');
  });

  test('what only moves is the same, what is found twice is not', () => {
    const at = (line: number) => ({
      ...SILENT,
      problems: [{ ...PROBLEM, source: { file: 'a.yaml', line } }],
      findings: [finding({ source: { file: 'a.yaml', line } })],
    });
    const prints = (answer: LintAnswer) =>
      read(answer).map(({ fingerprint }: { fingerprint: string }) => fingerprint);
    expect(prints(at(3))).toEqual(prints(at(9)));
    expect(
      new Set(prints({ ...SILENT, findings: [finding(), finding()], problems: [PROBLEM, PROBLEM] })).size,
    ).toBe(4);
  });

  test.each([
    { why: 'stands in no file', source: {} },
    { why: 'stands outside of the repository', source: { file: '/etc/a.yaml', line: 3 } },
    { why: 'came through standard input', source: { file: '-', line: 3 } },
  ])('what $why is shown in the configuration', ({ source }) => {
    expect(read({ ...SILENT, findings: [finding({ source })] })[0].location).toEqual({
      path: 'aks-netpol.yaml',
      lines: { begin: 1 },
    });
  });
});
