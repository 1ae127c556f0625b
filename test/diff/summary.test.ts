import { countConnections } from '../../lib/diff/connection-change';
import { diffConnections } from '../../lib/diff/diff-connections';
import { describeSummary, type SummaryOptions, summarizeChanges } from '../../lib/diff/summary';
import type { NetworkPolicySpec } from '../../lib/model/network-policy';
import { deployment, policy, SHOP } from '../support/shop';
import { db, fromWeb, judged, listedBut, onDb, web } from './judged';

describe('a summary', () => {
  const coreDns = {
    ...deployment('coredns'),
    metadata: { name: 'coredns', namespace: 'kube-system' },
    spec: {
      selector: { matchLabels: { 'k8s-app': 'kube-dns' } },
      template: {
        metadata: { labels: { 'k8s-app': 'kube-dns' } },
        spec: { containers: [{ name: 'dns', image: 'dns' }] },
      },
    },
  };
  const denyEgress = policy('deny-egress', { podSelector: {}, policyTypes: ['Egress'] });
  const summary = (before: readonly object[], after: readonly object[], options: SummaryOptions = {}) => {
    const [was, is] = [judged(before), judged(after)];
    return describeSummary(summarizeChanges(diffConnections(was, is), was, is, options));
  };

  test('says that nothing changes', () => {
    expect(summary(SHOP, [...SHOP].reverse())).toEqual(['no connection changes']);
  });

  test('counts pairs, and those that carry DNS', () => {
    expect(summary([web, coreDns], [web, coreDns, denyEgress])).toEqual([
      'opens 0; closes 8, of which 4 carry DNS',
      'shop gets its first default deny for egress',
    ]);
  });

  test('knows LocalDNS where the cluster has it', () => {
    expect(summary([web], [web, denyEgress], { localDns: true })[0]).toBe(
      'opens 0; closes 6, of which 4 carry DNS',
    );
    expect(summary([web], [web, denyEgress])[0]).toBe('opens 0; closes 6, of which 2 carry DNS');
    const toNameServer = policy('dns', {
      podSelector: {},
      policyTypes: ['Egress'],
      egress: [{ to: [{ ipBlock: { cidr: '203.0.113.53/32' } }], ports: [{ port: 53, protocol: 'UDP' }] }],
    });
    expect(summary([web, denyEgress], [web, toNameServer], { localDns: true })[0]).toBe('opens 2; closes 0');
  });

  const allows = (spec: NetworkPolicySpec) => policy('allows', { podSelector: {}, ...spec });
  const unreadable = policy('broken', { podSelector: { matchLabels: { app: 5 } } } as never);

  test.each([
    {
      why: 'though another policy still isolates some pods',
      before: [denyEgress, onDb({ egress: [] })],
      after: [onDb({ egress: [], policyTypes: ['Egress'] })],
      says: ['shop loses its last default deny for egress'],
    },
    {
      why: 'where it lets some peers in as well',
      before: [allows({ ingress: [fromWeb] })],
      after: [],
      says: ['shop loses its last default deny for ingress'],
    },
    {
      why: 'and one that comes',
      before: [onDb({ ingress: [] })],
      after: [onDb({ ingress: [] }), denyEgress],
      says: ['shop gets its first default deny for egress'],
    },
    {
      why: 'not a second one',
      before: [denyEgress],
      after: [denyEgress, allows({ policyTypes: ['Egress'] })],
      says: [],
    },
    { why: 'not a policy for some pods', before: [onDb({ ingress: [] })], after: [], says: [] },
    {
      why: 'also one that lets everybody in on some ports',
      before: [allows({ ingress: [{ ports: [{ port: 80 }] }] })],
      after: [],
      says: ['shop loses its last default deny for ingress'],
    },
    { why: 'not a policy that allows everybody', before: [allows({ ingress: [{}] })], after: [], says: [] },
    {
      why: 'nothing where a policy that cannot be read may be one',
      before: [denyEgress],
      after: [unreadable],
      says: [],
    },
    {
      why: 'whatever cannot be read after it',
      before: [denyEgress, { ...unreadable, metadata: { name: 'zone', namespace: 'shop' } }],
      after: [],
      says: ['shop loses its last default deny for egress'],
    },
    {
      why: 'whatever cannot be read before it',
      before: [unreadable, denyEgress],
      after: [],
      says: ['shop loses its last default deny for egress'],
    },
  ])('tells the last default deny that goes, $why', ({ before, after, says }) => {
    expect(summary([web, db, ...before], [web, db, ...after]).slice(1)).toEqual(says);
  });

  test.each([
    { why: 'is known where only other namespaces are hidden', except: ['shop'], says: 'shop loses' },
    { why: 'is not known where a hidden policy may deny, too', except: ['bank'], says: undefined },
  ])('whether the last default deny goes $why', ({ except, says }) => {
    const hidden = (objects: readonly object[]) => listedBut('NetworkPolicy', except, objects);
    const [before, after] = [hidden([web, denyEgress]), hidden([web])];
    const told = summarizeChanges(diffConnections(before, after), before, after);
    expect(describeSummary(told)[1]).toEqual(says && `${says} its last default deny for egress`);
  });

  test('says of how many it is not known', () => {
    const broken = { ...web, spec: { ...web.spec, template: 5 } };
    expect(summary([web, db], [broken, db])).toEqual(['leaves 7 unknown']);
  });

  test('has no default deny where nothing enforces one', () => {
    const [before, after] = [
      judged([web, denyEgress], { engine: 'none' }),
      judged([web], { engine: 'none' }),
    ];
    const told = summarizeChanges(diffConnections(before, after), before, after);
    expect(describeSummary(told)).toEqual(['no connection changes']);
  });

  test('keeps what new and gone workloads bring apart', () => {
    expect(summary([web], [web, db])).toEqual(['7 more with workloads that are new']);
    expect(summary([web, db], [web])).toEqual(['7 fewer with workloads that are gone']);
  });

  test('counts a pod that is at both ends once less', () => {
    const pod = {
      kind: 'Pod' as const,
      namespace: 'shop',
      name: 'one',
      labels: {},
      ports: [],
      hostNetwork: false,
      pods: [],
    };
    const party = { workloads: [{ workload: pod }, { workload: { ...pod, name: 'two' } }] };
    expect(countConnections({ from: party, to: party })).toBe(2);
  });
});
