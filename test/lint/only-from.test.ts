import fc from 'fast-check';
import { LintContext } from '../../lib/lint/context';
import { onlyFrom } from '../../lib/lint/rules/only-from';
import { type Cluster, qualifiedName, type Workload } from '../../lib/model/cluster';
import { NO_INTENT } from '../../lib/model/finding';
import { PROTOCOLS } from '../../lib/model/ports';
import { cluster, DUAL_STACK } from '../reachability/arbitrary';
import { isAllowed, podsOf } from '../reachability/reference';

/** `npm run test:reference` sets 100,000. */
const CLUSTERS = Math.max(300, Number(process.env.REFERENCE_CLUSTERS ?? 0) / 20);
/** At and beside the ports where ranges begin and end. */
const PORTS = [1, 80, 81, 443, 65535];

/** A whole cluster, of which manifests hold the first workload and some others, and who is said to reach that one. */
const known = cluster
  .filter(({ workloads: [first] }) => first !== undefined && !first.hostNetwork)
  .chain((whole) =>
    fc.record({
      whole: fc.constant(whole),
      isKnown: fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }),
      isListed: fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }),
      /** Whose namespace manifests declare with its labels. */
      declared: fc.subarray(['default', 'x', 'y']),
      everyPodOf: fc.subarray(['default', 'x', 'y'], { maxLength: 1 }),
    }),
  );

function manifestsOf(whole: Cluster, workloads: readonly Workload[], declared: readonly string[]): Cluster {
  const namespaces = whole.namespaces
    .filter(({ name }) => declared.includes(name) || workloads.some(({ namespace }) => namespace === name))
    .map((each) => (declared.includes(each.name) ? each : { ...each, labels: {}, declared: false }));
  return { ...whole, namespaces, workloads };
}

test('only-from passes nothing that the reference refutes, whatever pods are not in the manifests', () => {
  fc.assert(
    fc.property(known, ({ whole, isKnown, isListed, declared, everyPodOf }) => {
      const [target, ...others] = whole.workloads as [Workload, ...Workload[]];
      const workloads = [target, ...others.filter((_, i) => isKnown[i] === true)];
      const from = [
        ...others.filter((_, i) => isKnown[i] === true && isListed[i] === true).map(qualifiedName),
        ...everyPodOf.map((namespace) => `${namespace}/*`),
      ];
      const expectation = { kind: 'only-from', from, to: qualifiedName(target) } as const;
      const context = new LintContext(manifestsOf(whole, workloads, declared), {
        ...DUAL_STACK,
        intent: { ...NO_INTENT, expectations: [expectation] },
      });
      if ([...onlyFrom.check(context)].length > 0) {
        return true;
      }
      const own = podsOf({ ...whole, workloads: [target] });
      return podsOf({ ...whole, workloads: others })
        .filter(({ name, pod }) => {
          const workload = others.find(({ pods }) => pods.some((each) => name.endsWith(`/${each.name}`)));
          const isNamed = workload !== undefined && from.includes(qualifiedName(workload));
          return !isNamed && pod?.hostNetwork === false && !everyPodOf.includes(pod.namespace);
        })
        .every((sender) =>
          own.every((to) =>
            PORTS.every((port) =>
              PROTOCOLS.every((protocol) => !isAllowed(whole, { from: sender, to, port, protocol })),
            ),
          ),
        );
    }),
    { numRuns: CLUSTERS },
  );
}, 3_600_000);
