import { diffConnections } from '../../lib/diff/diff-connections';
import type { Party } from '../../lib/reachability/answers/parties';
import type { Reachability } from '../../lib/reachability/reachability';
import { cilium, dns, hosts, judgeNamed, netpol, plainDns, tcp } from '../reachability/named';

/** What changes with hosts that rules name. */

const nameOf = ({ workloads, addresses, names, possible }: Party) =>
  workloads !== undefined
    ? workloads.map(({ workload }) => `${workload.namespace}/${workload.name}`).join()
    : (names?.join() ?? addresses?.ranges().join() ?? `any ${possible?.set.namespace ?? ''}`);
const told = (before: Reachability, after: Reachability) =>
  diffConnections(before, after).map(({ change, from, to, opened, closed, unknown }) => {
    const ports = [opened, closed, unknown].filter((each) => !each.isEmpty).join(' ');
    return `${change} ${nameOf(from)} to ${nameOf(to)}: ${ports}`;
  });

const web = (...egress: readonly object[]) => cilium('web', { egress });
const A = 'a.example.com';

test.each<{ why: string; before: readonly object[]; after: readonly object[]; changes: readonly string[] }>([
  {
    why: 'a name that is added',
    before: [web(dns('*'), hosts('b.example.com'))],
    after: [web(dns('*'), hosts('b.example.com', A))],
    changes: [`opened shop/web to ${A}: 443/TCP`],
  },
  {
    why: 'a name that is removed',
    before: [web(dns('*'), hosts('b.example.com', A))],
    after: [web(dns('*'), hosts('b.example.com'))],
    changes: [`closed shop/web to ${A}: 443/TCP`],
  },
  {
    why: 'a name in the place of another',
    before: [web(dns('*'), hosts('b.example.com'))],
    after: [web(dns('*'), hosts(A))],
    changes: [`opened shop/web to ${A}: 443/TCP`, 'closed shop/web to b.example.com: 443/TCP'],
  },
  {
    why: 'the first rule by name',
    before: [web(dns('*'))],
    after: [web(dns('*'), hosts('*.example.com'))],
    changes: ['opened shop/web to *.example.com: 443/TCP'],
  },
  {
    why: 'a pattern in the place of a name',
    before: [web(dns('*'), hosts(A))],
    after: [web(dns('*'), hosts('*.example.com'))],
    changes: ['unknown shop/web to *.example.com: 443/TCP'],
  },
  {
    why: 'a rule by name that nobody looks up, as far as is told',
    before: [web(tcp('80'))],
    after: [web(tcp('80'), hosts(A))],
    changes: [`unknown shop/web to ${A}: 443/TCP`],
  },
  {
    why: 'the same rule in both versions',
    before: [web(tcp('80'), hosts(A))],
    after: [web(tcp('80'), tcp('81'), hosts(A))],
    changes: [
      'widened shop/web to other/web,shop/api: 81/TCP',
      'widened shop/web to 0.0.0.0/0: 81/TCP',
      `widened shop/web to ${A}: 81/TCP`,
    ],
  },
  {
    why: 'a rule for DNS, by which a name is looked up',
    before: [web(hosts(A), plainDns)],
    after: [web(hosts(A), dns('*'))],
    changes: [`opened shop/web to ${A}: 443/TCP`],
  },
  {
    why: 'a rule for DNS of another pod, which may look a name up on the same node',
    before: [web(hosts(A)), cilium('api', { egress: [dns('*.org')] })],
    after: [web(hosts(A)), cilium('api', { egress: [dns('*.example.com')] })],
    changes: [`unknown shop/web to ${A}: 443/TCP`],
  },
  {
    why: 'a name that every address has included before',
    before: [web({ toEntities: ['world'], ...tcp('443') })],
    after: [web({ toEntities: ['world'], ...tcp('443') }, dns('*'), hosts(A))],
    changes: [],
  },
  {
    why: 'a denial of some addresses, which a name may have',
    before: [web(dns('*'), hosts(A))],
    after: [web(dns('*'), hosts(A)), cilium('web', { egressDeny: [{ toCIDR: ['20.0.0.0/8'] }] })].map(
      (each, i) => ({ ...each, metadata: { ...each.metadata, name: `p${i}` } }),
    ),
    changes: [`unknown shop/web to ${A}: 443/TCP`],
  },
  {
    why: 'doubts about a name for another reason',
    before: [web({ toCIDR: ['20.0.0.0/8'] }, hosts(A))],
    after: [web({ toCIDR: ['20.0.0.0/7'] }, hosts(A))],
    changes: ['opened shop/web to 21.0.0.0/8: *', `unknown shop/web to ${A}: *`],
  },
  {
    why: 'a NetworkPolicy that its twin replaces, beside a name in doubt',
    before: [
      web({ toCIDR: ['20.0.0.0/8'] }, dns('*'), hosts(A)),
      netpol({ policyTypes: ['Egress'], egress: [{ to: [{ ipBlock: { cidr: '30.0.0.0/8' } }] }] }),
    ],
    after: [
      web({ toCIDR: ['20.0.0.0/8'] }, dns('*'), hosts(A)),
      { ...web({ toCIDR: ['30.0.0.0/8'] }), metadata: { name: 'twin', namespace: 'shop' } },
    ],
    changes: [],
  },
  {
    why: 'a policy about pods that nobody declares',
    before: [cilium('ghost', { egress: [{}] })],
    after: [cilium('ghost', { egress: [dns('*'), hosts(A)] })],
    changes: [`opened any shop to ${A}: 443/TCP`],
  },
  {
    why: 'a rule for DNS of another pod, beside a policy about pods that nobody declares',
    before: [cilium('ghost', { egress: [hosts(A)] }), cilium('api', { egress: [dns('*.org')] })],
    after: [cilium('ghost', { egress: [hosts(A)] }), cilium('api', { egress: [dns('*.example.com')] })],
    changes: [`unknown any shop to ${A}: 443/TCP`],
  },
])('$why', ({ before, after, changes }) => {
  const rows = told(judgeNamed(before), judgeNamed(after));
  // Of pods that nobody declares only those of a policy without any other are looked at.
  const isTold = (row: string) => changes.some((each) => each.includes('any ')) || !row.includes(' any ');
  expect(rows.filter((each) => isTold(each) && !each.includes('coredns'))).toEqual(changes);
});

test('the rules that open and close a host are told', () => {
  const [change] = diffConnections(
    judgeNamed([web(dns('*'), hosts('b.example.com'))]),
    judgeNamed([web(dns('*'), hosts('b.example.com', A))]),
  );
  expect(change?.by).toMatchObject([
    { version: 'after', does: 'allows', rule: { policy: 'shop/web', rule: 1, peer: 1 } },
  ]);
});
