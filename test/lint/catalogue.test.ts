import { readdirSync, readFileSync } from 'node:fs';
import { APPLICATION_GATEWAYS } from '../../lib/aks/application-gateways';
import { ENGINE_DEPARTURES } from '../../lib/aks/engine-departures';
import type { FactSource } from '../../lib/aks/fact-source';
import { LOCAL_DNS } from '../../lib/aks/fixed-addresses';
import { INJECTED_PORT_SOURCES } from '../../lib/aks/injected-ports';
import { AMBIENT } from '../../lib/aks/istio-ambient';
import { MANAGED_NAMESPACES_SOURCE } from '../../lib/aks/managed-policies';
import { ENDS_OF_SUPPORT } from '../../lib/aks/support-dates';
import { SYSTEM_NAMESPACES_SOURCES } from '../../lib/aks/system-namespaces';
import {
  APPLICATION_ROUTING,
  ISTIO_INGRESS_GATEWAYS,
  KONNECTIVITY_AGENTS,
  METRICS_SCRAPERS,
} from '../../lib/aks/system-pods';
import { RULES } from '../../lib/lint/catalogue';
import { bothWords } from '../../lib/lint/fix';
import { lint } from '../../lib/lint/lint-cluster';
import { readManifests } from '../../lib/manifests/read-manifests';
import { FINDING_CODES, type FindingCode, NO_INTENT } from '../../lib/model/finding';
import { pages, RULE_PAGES, RULES_FOLDER } from './pages';
import type { Example } from './read-rule-page';

const ids = RULES.map(({ id }) => id);

test('every name of a finding has a rule, in the same order, and the other way round', () => {
  expect(ids).toEqual(FINDING_CODES);
});

test('every rule has a file and a page of its name, and nothing else stands beside them', () => {
  const files = readdirSync(RULES_FOLDER).sort();
  expect(files).toEqual(ids.flatMap((id) => [`${id}.md`, `${id}.ts`]).sort());
});

test.each([...pages()])('%s says what the rules and pages say (npm run pages writes it)', (file, text) => {
  expect(readFileSync(file, 'utf8')).toBe(text);
});

describe.each(RULES)('$id', (rule) => {
  test('speaks on its bad example', () => {
    expect(rulesThatSpeak(RULE_PAGES[rule.id].bad)).toContain(rule.id);
  });

  test('is silent on its good example', () => {
    expect(rulesThatSpeak(RULE_PAGES[rule.id].good)).not.toContain(rule.id);
  });

  test('is worded as a rule should be', () => {
    expect(rule.summary).toMatch(/^[^A-Z].*[^.]$/);
    expect(bothWords(rule.fix)).not.toMatch(/\.$/);
  });
});

/** The facts that rules are about; who reads a fact anew names the source on the page, too. */
const FACTS: Partial<Record<FindingCode, readonly FactSource[]>> = {
  'ambient-mesh-cut-off': AMBIENT.sources,
  'egress-cannot-resolve-names': LOCAL_DNS.sources,
  'end-of-support': ENDS_OF_SUPPORT.map(({ source }) => source),
  'engine-changes-connections': ENGINE_DEPARTURES.map(({ source }) => ({ from: source, read: '2026-11-22' })),
  'ingress-controller-cut-off': [
    APPLICATION_ROUTING.source,
    ISTIO_INGRESS_GATEWAYS.external.source,
    ...APPLICATION_GATEWAYS.flatMap(({ sources }) => sources),
  ],
  'managed-namespace-policy': [MANAGED_NAMESPACES_SOURCE],
  'metrics-scraper-cut-off': [METRICS_SCRAPERS.source],
  'system-namespace-policy': SYSTEM_NAMESPACES_SOURCES,
  'undeclared-port-name': INJECTED_PORT_SOURCES,
  'webhook-cut-off': [KONNECTIVITY_AGENTS.source],
};

test.each(Object.entries(FACTS))('the page of %s names the sources of its facts', (id, sources) => {
  const lines = RULE_PAGES[id as FindingCode].below.split('\n');
  expect(lines).toEqual(expect.arrayContaining(sources.map(({ from, read }) => `- ${from}, read ${read}`)));
});

/** The rules that find something in an example, accepted or not. */
function rulesThatSpeak({ manifests, profile = {}, today = '2026-11-22', intent = {} }: Example): string[] {
  const { cluster, problems } = readManifests([{ text: manifests, file: 'example.yaml' }], profile);
  // Two objects of one name are a problem of the manifests and a finding.
  expect(problems.filter(({ code }) => code !== 'object-conflict')).toEqual([]);
  const report = lint(cluster, { profile, today, intent: { ...NO_INTENT, ...intent } });
  return [...report.findings, ...report.acknowledged].map(({ rule }) => rule);
}
