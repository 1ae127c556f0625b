import type { Cluster, Workload } from '../../lib/model/cluster';
import { Reachability } from '../../lib/reachability/reachability';
import { read } from '../support/shop-cluster';

const open = read();
const named = (ports: Workload['ports']): Cluster => ({
  ...open,
  workloads: open.workloads.map((each) => (each.name === 'db' ? { ...each, ports } : each)),
});
const sql = [{ name: 'sql', port: 5432, protocol: 'TCP' as const }];

test.each([
  { why: 'that the destination declares', ports: sql, to: 'shop/db', verdict: 'allowed', opens: '5432/TCP' },
  { why: 'that it does not declare', ports: [], to: 'shop/db', verdict: 'unknown', opens: 'none' },
  { why: 'of an address', ports: sql, to: 'internet', verdict: 'unknown', opens: 'none' },
])('a port name $why is $verdict', ({ ports, to, verdict, opens }) => {
  // That the engine may not carry SCTP is no departure here, because no SCTP port is asked for.
  const judged = Reachability.of(named(ports), { profile: { engine: 'cilium' } });
  const answer = judged.verdict({ from: 'shop/web', to, port: 'sql' });
  expect({ verdict: answer.verdict, opens: String(answer.ports), departures: answer.departures }).toEqual({
    verdict,
    opens,
    departures: [],
  });
  expect(answer.doubts).toEqual(
    verdict === 'unknown' ? [{ code: 'port-name-undefined', text: `${to} declares no port named sql` }] : [],
  );
});
