import type { SourcePosition } from '../../lib/model/source-position';
import type { LintAnswer } from '../../lib/render/lint-answer';
import { LINT_RENDERERS } from '../../lib/render/outputs';
import { ANSWER, finding, SILENT } from './lint-answer';

const render = (answer: LintAnswer) => [...LINT_RENDERERS.gcc(answer)].join('');
const about = (source: SourcePosition) => finding({ source });

test('is a line for each problem, finding and note', () => {
  expect(render(ANSWER)).toBe(`\
policies/broken.yaml:4:16: error: NetworkPolicy shop/broken: spec.podSelector: must be an object; got 5; give keys and values in braces [type-mismatch]
policies/api.yaml:1:1: error: NetworkPolicy shop/api: policyTypes leaves Egress out, whose rules stand here; seen: shop/api → internet 443/TCP is allowed; fix: write policyTypes: [Ingress, Egress] [rules-of-unlisted-type]
main.ts:40:3: warning: NetworkPolicy shop/lonely: spec.podSelector: no workload of namespace shop has these labels; did you mean app=orders (web carries it)?; fix: select by labels that the pods carry [selects-no-workload]
aks-netpol: note: Not judged exactly: the pods of Prometheus shop/main; no manifest declares them. [pods-made-elsewhere]
`);
  expect(render(SILENT)).toBe('');
});

/** What reads a compiler's output, each with the parts that it takes from a line. */
const READERS = {
  // The problem matcher $gcc of VS Code: microsoft/vscode-cpptools, Extension/package.json.
  'VS Code':
    /^(?<file>.*?):(?<line>\d+):(?<column>\d*):?\s+(?:fatal\s+)?(?<severity>warning|error):\s+(?<message>.*)$/,
  // That of GitHub's workflows for ShellCheck and others.
  GitHub: /^(?<file>.+):(?<line>\d+):(?<column>\d+):\s(?<severity>warning|error|note):\s(?<message>.+)$/,
  // errorformat=%f:%l:%c:\ %t%*[^:]:\ %m, as Vim has it for ShellCheck; %f is any text, %t one letter.
  Vim: /^(?<file>.+?):(?<line>\d+):(?<column>\d+): (?<severity>.)[^:]+: (?<message>.+)$/,
};

describe.each(Object.entries(READERS))('%s', (_, pattern) => {
  test.each([
    { why: 'a manifest', source: { file: 'a/b.yaml', line: 12, column: 7 }, at: ['a/b.yaml', '12', '7'] },
    { why: 'a name with blanks', source: { file: 'my pods.yaml', line: 2 }, at: ['my pods.yaml', '2', '1'] },
    { why: 'no line', source: { file: 'a.yaml' }, at: ['a.yaml', '1', '1'] },
    { why: 'standard input', source: { file: '-', line: 3, column: 5 }, at: ['<stdin>', '3', '5'] },
    {
      why: 'a line of a program',
      source: { file: 'dist/a.yaml', line: 3, code: { file: 'main.ts', line: 9, column: 5 } },
      at: ['main.ts', '9', '5'],
    },
  ])('finds the place: $why', ({ source, at }) => {
    const { file, line, column, severity, message } =
      pattern.exec(render({ ...SILENT, findings: [about(source)] }).trimEnd())?.groups ?? {};
    expect([file, line, column]).toEqual(at);
    expect(severity).toMatch(/^w/);
    expect(message).toMatch(/^NetworkPolicy shop\/lonely: .* \[selects-no-workload\]$/);
  });

  test('takes no place from what stands in no file', () => {
    const text = render({ ...SILENT, findings: [about({}), about({ construct: 'shop/web:1:2' })] });
    expect(text.match(/^aks-netpol: warning: /gm)).toHaveLength(2);
    for (const line of text.trimEnd().split('\n')) {
      expect(pattern.exec(line)).toBeNull();
    }
  });
});

test('a finding of severity info is a note', () => {
  expect(render({ ...SILENT, findings: [finding({ severity: 'info' })] })).toMatch(/^main\.ts:40:3: note: /);
});

test('nobody else begins a line, or a command', () => {
  const odd = finding({ message: 'a\n::error::b', source: { file: '::warning::x\n:y', line: 1 } });
  const text = render({ ...SILENT, findings: [odd] });
  expect(text.split('\n')).toHaveLength(2);
  expect(text).toMatch(/^\\u003a:warning::x\\u000a:y:1:1: warning: /);
});
