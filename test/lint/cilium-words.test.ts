import fc from 'fast-check';
import type { AksClusterProfile } from '../../lib/aks/cluster-profile';
import { readCiliumPolicy } from '../../lib/cilium-kinds/cilium-rules';
import { RULES } from '../../lib/lint/catalogue';
import { LintContext } from '../../lib/lint/context';
import { usualFix, wordsFor } from '../../lib/lint/fix';
import { mayConcern, missingFor } from '../../lib/lint/rule-engines';
import { readManifests } from '../../lib/manifests/read-manifests';
import { isCiliumKind } from '../../lib/model/cilium-kind';
import type { PolicyObject } from '../../lib/model/cluster';
import { edited } from '../../lib/model/edit';
import { NAMESPACES, PODS, policies } from '../cilium/arbitrary';
import { runs } from '../support/runs';
import { namespace, service, workload } from './judge';

/** Whatever policies of Cilium's own kinds say, each rule tells of them in their words. */

const PROFILE: AksClusterProfile = {
  engine: 'cilium',
  acns: 'L7',
  podCidrs: ['10.244.0.0/16'],
  nodeCidrs: ['10.224.0.0/16'],
  serviceCidrs: ['10.0.0.0/16'],
  apiServerAddresses: ['20.50.1.2'],
};

const OBJECTS = [
  ...NAMESPACES.map(({ name, labels }) => namespace(name, labels)),
  ...PODS.map(({ namespace: of, name, labels, ports }) =>
    workload(
      `${of}/${name}`,
      { ...labels },
      ports.map(({ name: portName, port }) => ({ name: portName, containerPort: port })),
    ),
  ),
  service('x/a', { selector: { app: 'a' }, ports: [{ port: 443, targetPort: 80 }] }),
  workload('x/agent', {}, [], { hostNetwork: true }),
];

/** What a NetworkPolicy has, and constructs that write one. */
const FOREIGN =
  /podSelector|namespaceSelector|ipBlock|policyTypes|\b(?:NetworkPolicy|Peer|IngressRule|EgressRule|PodSelector)\b/;

interface Told {
  readonly rule: string;
  readonly text: string;
  readonly unread: readonly unknown[];
}

function toldOf(drawn: readonly object[]): readonly Told[] {
  const { cluster } = readManifests([...OBJECTS, ...drawn], PROFILE);
  const context = new LintContext(cluster, { profile: PROFILE, today: '2026-11-22' });
  const rules = RULES.filter((each) => mayConcern(each, context) && missingFor(each, context) === undefined);
  return rules.flatMap((rule) =>
    [...rule.check(context)]
      .filter(({ object }) => isCiliumKind(object))
      .map(({ message, object, fix = usualFix(rule.fix, object) }) => {
        const edits = typeof fix === 'object' ? (fix.edits ?? []) : [];
        // What is open to be added in a NetworkPolicy of its own adds up with the others.
        const isBeside = edits.some((edit) => edit.kind === 'create' || edit.of?.kind === 'NetworkPolicy');
        const unread = edits.flatMap((edit) => {
          const before = drawn.find((each) => isThe(each as PolicyObject, edit)) as PolicyObject | undefined;
          if (before === undefined || edit.kind === 'create' || edit.kind === 'delete') {
            return [];
          }
          const after = edited(before, edit);
          return isRead(before) && !isRead(after) ? [JSON.stringify(edit)] : [];
        });
        return {
          rule: rule.id,
          text: isBeside ? message : `${message}; ${wordsFor(fix, undefined)}`,
          unread,
        };
      }),
  );
}

function isThe({ kind, metadata }: PolicyObject, edit: object): boolean {
  const { of } = edit as { readonly of?: { readonly kind: string; readonly name: string } };
  return of?.kind === kind && of.name === metadata.name && isCiliumKind({ kind });
}

function isRead(policy: PolicyObject): boolean {
  return readCiliumPolicy({ ...policy }, policy.metadata.namespace).rules !== undefined;
}

/** The same with denials in the place of what some of the policies allow. */
const withDenials = fc
  .tuple(policies, fc.constantFrom('none', 'ingress', 'egress'))
  .map(([drawn, key]): readonly object[] =>
    drawn.map((policy) => {
      const own = 'spec' in policy ? policy.spec : {};
      const { [key]: rules, ...spec } = own as Readonly<Record<string, unknown>>;
      return rules === undefined || !isCiliumKind(policy)
        ? policy
        : { ...policy, spec: { ...spec, [`${key}Deny`]: rules } };
    }),
  );

test('no rule speaks of them as of NetworkPolicies, and what a fix writes can be read', () => {
  const spoke = new Set<string>();
  fc.assert(
    fc.property(withDenials, (drawn) => {
      for (const { rule, text, unread } of toldOf(drawn)) {
        spoke.add(rule);
        expect({ rule, foreign: FOREIGN.exec(text)?.[0], text }).toEqual({ rule, foreign: undefined, text });
        expect({ rule, unread }).toEqual({ rule, unread: [] });
      }
    }),
    { numRuns: runs(200, 1000) },
  );
  // So much of what can be told of them came up.
  expect([...spoke]).toEqual(
    expect.arrayContaining([
      'cilium-deny-isolates',
      'cilium-empty-section',
      'cilium-ip-block-misses-pods',
      'cilium-name-without-dns-rule',
      'egress-cannot-resolve-names',
      'peer-matches-nothing',
      'reachable-from-everywhere',
      'selects-no-workload',
    ]),
  );
});
