import { readRulePage } from './read-rule-page';

const PAGE = `# a-rule

warning: something is the matter.

It hurts.

**Instead**, in YAML: write this.

With constructs: call that.

## Reported

On 2026-12-01:

On a cluster with this profile:

\`\`\`yaml
engine: azure
\`\`\`

Beside the manifests is said:

\`\`\`json
{ "expectations": [] }
\`\`\`

\`\`\`yaml
# one
kind: A
---
kind: B
\`\`\`

## Not reported

\`\`\`yaml
kind: C
\`\`\`

## What it does not see

Much.

## Sources

- a page, of somebody, read 2026-11-22
- another, read 2026-11-30
`;

const read = (text: string) => readRulePage(text, 'a-rule.md');

test('a page has prose and examples', () => {
  const { below, ...rest } = read(PAGE);
  expect(rest).toEqual({
    why: 'It hurts.',
    bad: {
      today: '2026-12-01',
      profile: { engine: 'azure' },
      intent: { expectations: [] },
      manifests: '# one\nkind: A\n---\nkind: B\n',
    },
    good: { manifests: 'kind: C\n' },
  });
  expect(`\n${below}\n`).toBe(PAGE.slice(PAGE.indexOf('\n## Reported')));
});

test.each([
  { why: 'one wording for all', from: /\*\*Instead.*that\./s, to: '**Instead:** write this.' },
  { why: 'nothing that it misses', from: /## What.*Much\.\n\n/s, to: '' },
  { why: 'no sources', from: /\n## Sources.*/s, to: '' },
  { why: 'neither', from: /\n## What.*/s, to: '' },
])('a page may have $why', ({ from, to }) => {
  expect(PAGE).toMatch(from);
  expect(read(PAGE.replace(from, to)).good.manifests).toBe('kind: C\n');
});

test('documents that an example leaves out are there where it is judged', () => {
  const text = PAGE.replace('kind: C\n', '{ name: n-1 }\n---\n{ name: n-2 }\n---\n# and so on, up to n-4\n');
  expect(read(text).good.manifests).toBe(
    '{ name: n-1 }\n---\n{ name: n-2 }\n---\n{ name: n-3 }\n---\n{ name: n-4 }\n',
  );
});

test.each([
  {
    why: 'no title',
    from: '# a-rule\n\n',
    to: '',
    says: '1: it has to be the title "# id"; got "warning: something is the matter."',
  },
  {
    why: 'no severity',
    from: 'warning: ',
    to: '',
    says: '3: it has to be "severity: summary."; got "something is the matter."',
  },
  {
    why: 'no reason',
    from: 'It hurts.\n\n',
    to: '',
    says: '5: it has to be why it hurts, on one line; got "**Instead**, in YAML: write this."',
  },
  {
    why: 'a reason of two lines',
    from: 'It hurts.',
    to: 'It hurts.\nMuch.',
    says: '6: it has to be an empty line; got "Much."',
  },
  {
    why: 'words for YAML alone',
    from: 'With constructs: call that.\n\n',
    to: '',
    says: '9: it has to be "With constructs: ..."; got "## Reported"',
  },
  {
    why: 'no example',
    from: '## Reported\n\n',
    to: '',
    says: '11: it has to be "## Reported"; got "On 2026-12-01:"',
  },
  {
    why: 'a day that is none',
    from: '2026-12-01',
    to: '1 December',
    says: '13: it has to be "On YYYY-MM-DD:"; got "On 1 December:"',
  },
  {
    why: 'a profile that is none',
    from: 'engine: azure',
    to: 'engine: tanks',
    says: '17: it has to be a block of yaml that can be read',
  },
  {
    why: 'JSON that is none',
    from: '"expectations": []',
    to: 'expectations',
    says: '23: it has to be a block of json that can be read',
  },
  {
    why: 'no manifests',
    from: /```yaml\nkind: C\n```\n\n/,
    to: '',
    says: '36: it has to be a block of yaml; got "## What it does not see"',
  },
  {
    why: 'a block without an end',
    from: /```\n\n## Not reported.*/s,
    to: '',
    says: '33: it has to be the end of the block; got the end of the page',
  },
  {
    why: 'an unknown section',
    from: '## Sources',
    to: '## Source',
    says: '44: it has to be the end of the page; got "## Source"',
  },
  {
    why: 'a source without its day',
    from: ', read 2026-11-30',
    to: '',
    says: '47: it has to be "- a source, read YYYY-MM-DD"; got "- another"',
  },
  {
    why: 'more behind the sources',
    from: /$/,
    to: '\nMore.\n',
    says: '49: it has to be the end of the page; got "More."',
  },
])('a page with $why is refused with its line', ({ from, to, says }) => {
  const text = PAGE.replace(from, to);
  expect(text).not.toBe(PAGE);
  expect(() => read(text)).toThrow(`a-rule.md:${says}`);
});
