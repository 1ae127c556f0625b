import { readdirSync, readFileSync } from 'node:fs';
import { RULES } from '../../lib/lint/catalogue';
import { bothWords } from '../../lib/lint/fix';
import { lint } from '../../lib/lint/lint-cluster';
import type { Example } from '../../lib/lint/lint-rule';
import { readManifests } from '../../lib/manifests/read-manifests';
import { FINDING_CODES, NO_INTENT } from '../../lib/model/finding';
import { pages, RULES_FOLDER } from './pages';

const ids = RULES.map(({ id }) => id);

test('every name of a finding has a rule, in the same order, and the other way round', () => {
  expect(ids).toEqual(FINDING_CODES);
});

test('every rule has a file and a page of its name, and nothing else stands beside them', () => {
  const files = readdirSync(RULES_FOLDER).sort();
  expect(files).toEqual(ids.flatMap((id) => [`${id}.md`, `${id}.ts`]).sort());
});

test.each([...pages()])('%s is what the rules say (npm run pages writes it)', (file, text) => {
  expect(readFileSync(file, 'utf8')).toBe(text);
});

describe.each(RULES)('$id', (rule) => {
  test('speaks on its bad example', () => {
    expect(rulesThatSpeak(rule.bad)).toContain(rule.id);
  });

  test('is silent on its good example', () => {
    expect(rulesThatSpeak(rule.good)).not.toContain(rule.id);
  });

  test('is worded as a rule should be', () => {
    expect(rule.summary).toMatch(/^[^A-Z].*[^.]$/);
    expect(rule.why).toMatch(/\.$/);
    expect(bothWords(rule.fix)).not.toMatch(/\.$/);
    expect(rule.sources.every(({ read }) => /^\d{4}-\d\d-\d\d$/.test(read))).toBe(true);
  });
});

/** The rules that find something in an example, accepted or not. */
function rulesThatSpeak({ manifests, profile = {}, today = '2026-11-22', intent = {} }: Example): string[] {
  const { cluster, problems } = readManifests([{ text: manifests, file: 'example.yaml' }], profile);
  // Two objects of one name are a problem of the manifests and a finding.
  expect(problems.filter(({ code }) => code !== 'object-conflict')).toEqual([]);
  const report = lint(cluster, { profile, today, intent: { ...NO_INTENT, ...intent } });
  return [...report.findings, ...report.acknowledged].map(({ rule }) => rule);
}
