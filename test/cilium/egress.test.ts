import {
  BED,
  cnp,
  EVERYBODY,
  everybodyBut,
  HTTP,
  netpol,
  on,
  type Peer,
  type Row,
  WEB,
  whomDbReaches,
} from './bed';

const OPEN = [{ namespace: 'shop', name: 'out', selector: { app: 'web' } }];
const toService = (name: string, more: object = {}) =>
  cnp({ egress: [{ toServices: [{ k8sService: { serviceName: name, namespace: 'shop' } }], ...more }] });
const GROUP = { metadata: { name: 'partners' }, spec: { externalCIDRs: ['203.0.113.0/24'] } };
const pings = (type: number | string) => cnp({ egress: [{ icmps: [{ fields: [{ type }] }] }] });

test.each<Row & { to: Peer[] }>([
  { why: 'the own node is not exempt', policies: [cnp({ egress: [{}] })], to: [] },
  {
    why: 'the range of every address holds none of a pod or node',
    policies: [cnp({ egress: [{ toCIDR: ['0.0.0.0/0'] }] })],
    to: ['world', 'API server'],
  },
  {
    why: 'the range of the pods holds none either',
    policies: [cnp({ egress: [{ toCIDR: ['10.0.0.0/8'] }] })],
    to: [],
  },
  {
    why: 'nor does an ipBlock',
    policies: [netpol({ policyTypes: ['Egress'], egress: [{ to: [{ ipBlock: { cidr: '10.0.0.0/8' } }] }] })],
    to: [],
  },
  {
    why: 'bits behind the prefix are left out',
    policies: [cnp({ egress: [{ toCIDR: ['203.0.113.99/24'] }] })],
    to: ['world'],
  },
  {
    why: 'an exception is not a part of its range',
    policies: [cnp({ egress: [{ toCIDRSet: [{ cidr: '0.0.0.0/0', except: ['203.0.113.0/24'] }] }] })],
    to: ['API server'],
  },
  {
    why: 'a group has its addresses',
    groups: [GROUP],
    policies: [cnp({ egress: [{ toCIDRSet: [{ cidrGroupRef: 'partners' }] }] })],
    to: ['world'],
  },
  {
    why: 'a group of every address has none, because they are the rest of the world',
    groups: [{ ...GROUP, spec: { externalCIDRs: ['0.0.0.0/0'] } }],
    policies: [cnp({ egress: [{ toCIDRSet: [{ cidrGroupRef: 'partners' }] }] })],
    to: [],
  },
  {
    why: 'a group that is missing has none',
    policies: [cnp({ egress: [{ toCIDRSet: [{ cidrGroupRef: 'partners' }] }] })],
    to: [],
  },
  {
    why: 'a service with a selector has its pods',
    services: OPEN,
    policies: [toService('out', { toPorts: on('80') })],
    to: ['web'],
  },
  {
    why: 'a service without one has its addresses',
    services: [{ namespace: 'shop', name: 'out', addresses: ['203.0.113.7'] }],
    policies: [toService('out')],
    to: ['world'],
  },
  {
    why: 'a service that is missing is everybody on a port',
    services: OPEN,
    policies: [toService('ghost', { toPorts: on('80') })],
    to: EVERYBODY,
  },
  { why: 'a service that is missing is nobody else', policies: [toService('ghost')], to: [] },
  {
    why: 'an empty list of services is everybody on a port',
    policies: [cnp({ egress: [{ toServices: [], toPorts: on('80') }] })],
    to: EVERYBODY,
  },
  {
    why: 'a host name is nobody until it is looked up',
    policies: [cnp({ egress: [{ toFQDNs: [{ matchPattern: '*' }], toPorts: on('80') }] })],
    to: [],
  },
  {
    why: 'ports without ports are none',
    policies: [cnp({ egress: [{ toEntities: ['all'], toPorts: [{}] }] })],
    to: [],
  },
  {
    why: 'an empty list of ports is all',
    policies: [cnp({ egress: [{ toEntities: ['all'], toPorts: [] }] })],
    to: EVERYBODY,
  },
  {
    why: 'no protocol is each with ports',
    on: '80/SCTP',
    policies: [cnp({ egress: [{ toPorts: on('80') }] })],
    to: EVERYBODY,
  },
  {
    why: 'port 0 is every port',
    on: '9/UDP',
    policies: [cnp({ egress: [{ toPorts: on('0', 'UDP') }] })],
    to: EVERYBODY,
  },
  {
    why: 'port 0 is not ICMP',
    on: '8/ICMP',
    policies: [cnp({ egress: [{ toPorts: on('0') }] })],
    to: [],
  },
  {
    why: 'a last port before the first counts for nothing',
    policies: [cnp({ egress: [{ toPorts: on('80', 'TCP', { endPort: 70 }) }] })],
    to: EVERYBODY,
  },
  {
    why: 'a name of a port is one number, whoever has it and whoever is reached',
    policies: [cnp({ egress: [{ toPorts: on('admin', 'TCP') }] })],
    to: EVERYBODY,
  },
  {
    why: 'a name of two numbers is none',
    pods: [
      ...BED.pods,
      { namespace: 'far', name: 'x', ports: [{ name: 'admin', protocol: 'TCP', port: 81 }] },
    ],
    policies: [cnp({ egress: [{ toPorts: on('admin', 'TCP') }] })],
    to: [],
  },
  {
    why: 'peers without ports are reached by ICMP, too',
    on: '8/ICMP',
    policies: [cnp({ egress: [{ toEntities: ['world'] }] })],
    to: ['world', 'API server'],
  },
  {
    why: 'a type of ICMP is open to everybody',
    on: '8/ICMP',
    policies: [pings('EchoRequest')],
    to: EVERYBODY,
  },
  { why: 'another type of ICMP is not', on: '8/ICMP', policies: [pings(3)], to: [] },
  { why: 'a type of ICMP is no port', on: '8/TCP', policies: [pings(8)], to: [] },
  { why: 'the type 0 is every type', on: '8/ICMP', policies: [pings('EchoReply')], to: EVERYBODY },
  {
    why: 'rules that policyTypes leaves out are enforced',
    policies: [netpol({ policyTypes: ['Ingress'], egress: [{ to: [{ podSelector: WEB }] }] })],
    to: ['web'],
  },
  {
    why: 'a proxy filters what is allowed',
    policies: [cnp({ egress: [{ toEntities: ['world'], toPorts: HTTP }] })],
    to: ['world', 'API server'],
  },
  {
    why: 'a denial of requests denies connections',
    policies: [
      cnp({ enableDefaultDeny: { egress: false }, egressDeny: [{ toEntities: ['world'], toPorts: HTTP }] }),
    ],
    to: everybodyBut('world', 'API server'),
  },
  {
    why: 'a group of AWS leaves the whole policy out',
    policies: [cnp({ egress: [{ toGroups: [{ aws: { region: 'r' } }] }, { toCIDR: ['10.0.0.0/8'] }] })],
    to: EVERYBODY,
  },
])('$why', async ({ why: _, to, ...bed }) => {
  expect(await whomDbReaches(bed)).toEqual({ to, invalid: bed.policies.map(() => null) });
});
