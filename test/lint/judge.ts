import { RULES } from '../../lib/lint/catalogue';
import { lint } from '../../lib/lint/lint-cluster';
import { readManifests } from '../../lib/manifests/read-manifests';
import { type FindingCode, type LintFinding, NO_INTENT } from '../../lib/model/finding';
import type { Labels } from '../../lib/model/labels';
import type { NetworkPolicySpec } from '../../lib/model/network-policy';
import { describeFinding } from './engine-cases/case';
import type { Example } from './read-rule-page';

/** Manifests, what is known beside them, and what a rule is to say: nothing where `finds` is left out. */
export interface Case extends Omit<Example, 'manifests'> {
  readonly why: string;
  readonly manifests: readonly object[];
  /** `shop/db spec.podSelector: message` */
  readonly finds?: readonly string[];
}

/** The findings of one rule, accepted or not. */
export function findingsOf(
  rule: FindingCode,
  { manifests, profile = {}, today = '2026-11-22', intent = {} }: Omit<Case, 'why' | 'finds'>,
): LintFinding[] {
  const { cluster } = readManifests(manifests, profile);
  const report = lint(cluster, { profile, today, intent: { ...NO_INTENT, ...intent } });
  return [...report.findings, ...report.acknowledged].filter((finding) => finding.rule === rule);
}

/** What every rule but some says, as `error egress-cannot-resolve-names shop/web spec.egress`. */
export function toldBy(
  { manifests, profile = {} }: Pick<Case, 'manifests' | 'profile'>,
  except: readonly FindingCode[],
): string[] {
  const { cluster } = readManifests(manifests, profile);
  return lint(cluster, { profile, today: '2026-11-22' })
    .findings.filter(({ rule }) => !except.includes(rule))
    .map(({ severity, rule, object: { namespace = '', name }, field = '' }) =>
      [severity, rule, `${namespace}/${name}`, field].join(' ').trim(),
    );
}

/** Runs a table of cases of one rule. */
export function testRule(rule: FindingCode, cases: readonly Case[]): void {
  test(`${rule} is a rule`, () => expect(RULES.map(({ id }) => id)).toContain(rule));
  test.each(cases.map((each) => ({ rule, ...each })))('$rule: $why', ({ finds = [], ...given }) => {
    const told = findingsOf(rule, given).map(
      ({ object, field, message }) =>
        `${object.namespace ?? ''}/${object.name}${field === undefined ? '' : ` ${field}`}: ${message}`,
    );
    expect(told).toEqual(finds);
  });
}

/** The same, where `finds` tells all of a finding: `severity object field: message (witness)`. */
export function testFindings(rule: FindingCode, cases: readonly Case[]): void {
  test(`${rule} is a rule`, () => expect(RULES.map(({ id }) => id)).toContain(rule));
  test.each(cases.map((each) => ({ rule, ...each })))('$rule: $why', ({ finds = [], ...given }) => {
    const told = findingsOf(rule, given).map(describeFinding);
    expect(told).toEqual(finds);
  });
}

const named = (path: string) => {
  const [namespace, name] = path.split('/');
  return { namespace, name };
};

export function namespace(name: string, labels: Labels = {}) {
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } };
}

/** A deployment; its pods carry `app` with its name and the labels given. */
export function workload(
  path: string,
  labels: Labels = {},
  ports: readonly object[] = [],
  spec: object = {},
) {
  const metadata = named(path);
  const containers = [{ name: 'main', ports }];
  const template = {
    metadata: { labels: { app: metadata.name, ...labels } },
    spec: { containers, ...spec },
  };
  const selector = { matchLabels: { app: metadata.name } };
  return { apiVersion: 'apps/v1', kind: 'Deployment', metadata, spec: { selector, template } };
}

export function pod(path: string, podIP: string, spec: object = {}, status: object = {}) {
  const metadata = { ...named(path), labels: { app: 'web' } };
  return { apiVersion: 'v1', kind: 'Pod', metadata, spec, status: { podIP, ...status } };
}

export function service(path: string, spec: object) {
  return { apiVersion: 'v1', kind: 'Service', metadata: named(path), spec };
}

export function policy(path: string, spec: NetworkPolicySpec) {
  return { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: named(path), spec };
}

export const labels = (matchLabels: Labels) => ({ matchLabels });
export const app = (name: string) => labels({ app: name });
export const ofName = (name: string) => labels({ 'kubernetes.io/metadata.name': name });

/** A policy of Cilium's own: in a namespace where the path has one. */
export function cilium(path: string, spec: object) {
  const isClusterwide = !path.includes('/');
  return {
    apiVersion: 'cilium.io/v2',
    kind: isClusterwide ? 'CiliumClusterwideNetworkPolicy' : 'CiliumNetworkPolicy',
    metadata: isClusterwide ? { name: path } : named(path),
    spec,
  };
}

/** The same with several specs. */
export function ofSpecs(path: string, specs: readonly object[]) {
  const { spec: _, ...policy } = cilium(path, {});
  return { ...policy, specs };
}
