import type { ConnectionChange } from '../../lib/diff/connection-change';
import { diffConnections } from '../../lib/diff/diff-connections';
import { readManifests } from '../../lib/manifests/read-manifests';
import { NAMESPACE_NAME_LABEL } from '../../lib/model/labels';
import type { NetworkPolicyPort, NetworkPolicySpec } from '../../lib/model/network-policy';
import { workloadNameOf } from '../../lib/reachability/answers/crowd';
import { describePossible, type Party } from '../../lib/reachability/answers/parties';
import { Reachability } from '../../lib/reachability/reachability';
import { deployment, policy } from '../support/shop';

const OPEN = [{}];
const egressOn = (protocol: 'TCP' | 'SCTP') => [{ to: [{ podSelector: {} }], ports: [{ protocol }] }];

/** A policy about every pod of namespace `shop`, where `web` is. */
const version = (spec: Omit<NetworkPolicySpec, 'podSelector'>) =>
  Reachability.of(
    readManifests([
      deployment('web'),
      policy('all', { podSelector: {}, policyTypes: ['Ingress', 'Egress'], ...spec }),
    ]).cluster,
  );

const nameOfParty = ({ workloads, possible }: Party) =>
  workloads?.map(({ workload }) => workloadNameOf(workload)).join() ??
  (possible === undefined ? 'addresses' : describePossible(possible));

const told = (before: Reachability, after: Reachability) =>
  diffConnections(before, after)
    .filter(({ from, to }) => nameOfParty(from) === 'shop/web' && nameOfParty(to) === POD)
    .map(({ change, before: was, after: is }) => `${change}: ${was.allowed} to ${is.allowed}`);

const POD = 'any pod of namespace shop';

test.each([
  {
    why: 'lets nothing in before',
    ingress: [undefined, OPEN],
    there: ['opened: none to */TCP'],
    back: ['closed: */TCP to none'],
  },
  {
    why: 'lets nothing in after',
    ingress: [OPEN, undefined],
    there: ['closed: */SCTP to none'],
    back: ['opened: none to */SCTP'],
  },
  {
    why: 'lets everything in before and after',
    ingress: [OPEN, OPEN],
    there: ['changed: */SCTP to */TCP'],
    back: ['changed: */TCP to */SCTP'],
  },
  { why: 'lets nothing in before and after', ingress: [undefined, undefined], there: [], back: [] },
])(
  'of a rule that opens ports and closes others that is told which comes through, where the other side $why',
  ({ ingress: [was, is], there, back }) => {
    const before = version({ egress: egressOn('SCTP'), ...(was === undefined ? {} : { ingress: was }) });
    const after = version({ egress: egressOn('TCP'), ...(is === undefined ? {} : { ingress: is }) });
    expect(told(before, after)).toEqual(there);
    expect(told(after, before)).toEqual(back);
  },
);

test('pods of a policy with which the same changes share a row, there and back, whatever another policy lets in', () => {
  const version = (ofNamespace: readonly NetworkPolicyPort[], ofEverybody: readonly NetworkPolicyPort[]) =>
    Reachability.of(
      readManifests([
        policy('a', {
          podSelector: { matchLabels: { env: 'b' } },
          ingress: [{ ports: [{ protocol: 'UDP' }] }],
        }),
        policy('b', {
          podSelector: { matchExpressions: [{ key: 'env', operator: 'In', values: ['a', 'b'] }] },
          ingress: [
            {
              from: [{ namespaceSelector: { matchLabels: { [NAMESPACE_NAME_LABEL]: 'x' } } }],
              ports: ofNamespace,
            },
            { from: [{ namespaceSelector: {} }], ports: ofEverybody },
          ],
        }),
      ]).cluster,
    );
  const before = version([], []);
  const after = version([{ protocol: 'UDP', port: 80 }, { port: 81 }], [{ protocol: 'UDP' }]);
  const parties = (rows: readonly ConnectionChange[]) => new Set(rows.map(({ to }) => nameOfParty(to)));
  const shared = new Set(['pods with env in (a, b) in namespace shop (none known)']);
  expect(parties(diffConnections(before, after))).toEqual(shared);
  expect(parties(diffConnections(after, before))).toEqual(shared);
});
