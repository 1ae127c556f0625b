import { readCiliumPolicy } from '../../lib/cilium-kinds/cilium-rules';
import { schemaProblems } from '../../lib/cilium-kinds/cilium-schema';
import { readManifests } from '../../lib/manifests/read-manifests';
import { fieldText } from '../../lib/model/field-path';
import { describePlace } from '../../lib/model/place';
import { db, policy } from './policy';

/** What the API server refuses of Cilium's own kinds, and what Cilium's agent refuses although it is stored. */

const ports = (...list: object[]) => ({ toPorts: [{ ports: list }] });
const filtered = (rules: object, port: object = { port: '80', protocol: 'TCP' }) => ({
  toPorts: [{ ports: [port], rules }],
});
function read(spec: object) {
  const whole = JSON.parse(JSON.stringify(policy({ ...db, ...spec }, 'CiliumNetworkPolicy'))) as Record<
    string,
    unknown
  >;
  return { problems: schemaProblems(whole), ...readCiliumPolicy(whole, 'shop') };
}

test.each<{ why: string; spec: object; is: string }>([
  { why: 'no section', spec: {}, is: 'field-missing spec' },
  {
    why: 'nobody whom it is about',
    spec: { endpointSelector: undefined, ingress: [{}] },
    is: 'field-missing spec',
  },
  { why: 'pods and nodes', spec: { nodeSelector: {}, ingress: [{}] }, is: 'fields-exclusive spec' },
  { why: 'a text that is none', spec: { description: 1, ingress: [] }, is: 'type-mismatch spec.description' },
  {
    why: 'a label without a key',
    spec: { labels: [{ value: 'a' }], ingress: [] },
    is: 'field-missing spec.labels[0]',
  },
  {
    why: 'an isolation that is no truth value',
    spec: { enableDefaultDeny: { ingress: 'no' }, ingress: [] },
    is: 'type-mismatch spec.enableDefaultDeny.ingress',
  },
  {
    why: 'an operator that there is not',
    spec: { endpointSelector: { matchExpressions: [{ key: 'a', operator: 'Has' }] }, ingress: [] },
    is: 'value-unknown spec.endpointSelector.matchExpressions[0].operator',
  },
  {
    why: 'a label value with a blank',
    spec: { ingress: [{ fromEndpoints: [{ matchLabels: { a: 'b c' } }] }] },
    is: 'value-unknown spec.ingress[0].fromEndpoints[0].matchLabels.a',
  },
  { why: 'a null in a list', spec: { ingress: [null] }, is: 'type-mismatch spec.ingress[0]' },
  {
    why: 'an entity nobody knows',
    spec: { egress: [{ toEntities: ['mars'] }] },
    is: 'value-unknown spec.egress[0].toEntities[0]',
  },
  {
    why: 'an entity that the schema leaves out',
    spec: { egress: [{ toEntities: ['world-ipv4'] }] },
    is: 'value-unknown spec.egress[0].toEntities[0]',
  },
  {
    why: 'a bare address',
    spec: { egress: [{ toCIDR: ['10.0.0.1'] }] },
    is: 'value-unknown spec.egress[0].toCIDR[0]',
  },
  {
    why: 'a block and a group',
    spec: { egress: [{ toCIDRSet: [{ cidr: '10.0.0.0/8', cidrGroupRef: 'g' }] }] },
    is: 'fields-exclusive spec.egress[0].toCIDRSet[0]',
  },
  {
    why: 'a name that is both',
    spec: { egress: [{ toFQDNs: [{ matchName: 'a', matchPattern: 'b' }] }] },
    is: 'fields-exclusive spec.egress[0].toFQDNs[0]',
  },
  {
    why: 'a name with two dots in a row',
    spec: { egress: [{ toFQDNs: [{ matchName: 'a..b' }] }] },
    is: 'value-unknown spec.egress[0].toFQDNs[0].matchName',
  },
  {
    why: 'a name that is too long',
    spec: { egress: [{ toFQDNs: [{ matchName: 'a'.repeat(256) }] }] },
    is: 'value-unknown spec.egress[0].toFQDNs[0].matchName',
  },
  {
    why: 'a port that is a number',
    spec: { ingress: [ports({ port: 80 })] },
    is: 'type-mismatch spec.ingress[0].toPorts[0].ports[0].port',
  },
  {
    why: 'a port without a sign',
    spec: { ingress: [ports({ port: '' })] },
    is: 'value-unknown spec.ingress[0].toPorts[0].ports[0].port',
  },
  {
    why: 'a last port that is a text',
    spec: { ingress: [ports({ port: '80', endPort: '90' })] },
    is: 'type-mismatch spec.ingress[0].toPorts[0].ports[0].endPort',
  },
  {
    why: 'a protocol in lower case',
    spec: { ingress: [ports({ port: '80', protocol: 'tcp' })] },
    is: 'value-unknown spec.ingress[0].toPorts[0].ports[0].protocol',
  },
  {
    why: 'too many ports',
    spec: { ingress: [ports(...Array.from({ length: 41 }, (_, i) => ({ port: `${i + 1}` })))] },
    is: 'list-too-long spec.ingress[0].toPorts[0].ports',
  },
  {
    why: 'a type of messages that there is not',
    spec: { ingress: [{ icmps: [{ fields: [{ type: 'Ping' }] }] }] },
    is: 'value-unknown spec.ingress[0].icmps[0].fields[0].type',
  },
  {
    why: 'two filters',
    spec: { egress: [filtered({ http: [{}], dns: [{ matchName: 'a' }] })] },
    is: 'fields-exclusive spec.egress[0].toPorts[0].rules',
  },
])('the API server refuses $why', ({ spec, is }) => {
  const { problems, refusals, rules } = read(spec);
  expect(problems.map(({ code, at }) => `${code} ${describePlace(at)}`)).toEqual([is]);
  expect([refusals, rules]).toEqual([[], undefined]);
});

test('what the API server refuses is a problem with its line, and what hangs on the policy is not known', () => {
  const { problems, cluster } = readManifests([
    {
      file: 'a.yaml',
      text: 'apiVersion: cilium.io/v2\nkind: CiliumNetworkPolicy\nmetadata: { name: a, namespace: shop }\nspec:\n  endpointSelector: {}\n  ingress:\n  - toPorts: [{ ports: [{ port: 80 }] }]\n',
    } as never,
  ]);
  expect(problems).toMatchObject([
    {
      code: 'type-mismatch',
      object: 'CiliumNetworkPolicy shop/a',
      source: { file: 'a.yaml', line: 7, column: 33 },
      fix: 'quote it: "80"',
    },
  ]);
  expect(cluster.unjudged).toMatchObject([{ name: 'a', unread: problems[0]?.at }]);
  expect(cluster.unjudged?.[0]).not.toHaveProperty('says');
});

const NAMES = { dns: [{ matchName: 'a.example.com' }] };
const DNS = { port: '53', protocol: 'UDP' };

/** Whatever their versions and options, agents refuse it. */
test.each<{ why: string; spec: object; says: string; at: string }>([
  {
    why: 'two ways to name the other end',
    spec: { egress: [{ toEntities: ['world'], toCIDR: ['10.0.0.0/8'] }] },
    says: 'combining ToCIDR and ToEntities is not supported yet',
    at: 'spec.egress[0]',
  },
  {
    why: 'names beside another way',
    spec: { egress: [{ toFQDNs: [{ matchName: 'a' }], toServices: [{}] }] },
    says: 'combining ToServices and ToFQDNs is not supported yet',
    at: 'spec.egress[0]',
  },
  {
    why: 'a key that is too long with the source of its label',
    spec: { ingress: [{ fromEndpoints: [{ matchLabels: { ['a'.repeat(60)]: '' } }] }] },
    says: 'invalid label selector',
    at: 'spec.ingress[0].fromEndpoints[0]',
  },
  {
    why: 'a requirement without a value',
    spec: { endpointSelector: { matchExpressions: [{ key: 'a', operator: 'In' }] }, ingress: [{}] },
    says: 'invalid label selector',
    at: 'spec.endpointSelector',
  },
  {
    why: 'a block with leading zeros',
    spec: { egress: [{ toCIDR: ['010.0.0.0/8'] }] },
    says: 'unable to parse CIDR',
    at: 'spec.egress[0].toCIDR[0]',
  },
  {
    why: 'an exception outside of its block',
    spec: { egress: [{ toCIDRSet: [{ cidr: '10.0.0.0/8', except: ['10.1.0.0/16', '11.0.0.0/16'] }] }] },
    says: 'allow CIDR prefix 10.0.0.0/8 does not contain exclude CIDR prefix 11.0.0.0/16',
    at: 'spec.egress[0].toCIDRSet[0].except[1]',
  },
  {
    why: 'a port that is too large',
    spec: { ingress: [ports({ port: '80' }, { port: '70000' })] },
    says: 'unable to parse port: strconv.ParseUint: parsing "70000": value out of range',
    at: 'spec.ingress[0].toPorts[0].ports[1].port',
  },
  {
    why: 'a port with a leading zero that is no octal number',
    spec: { ingress: [ports({ port: '080' })] },
    says: 'unable to parse port: strconv.ParseUint: parsing "080":',
    at: 'spec.ingress[0].toPorts[0].ports[0].port',
  },
  {
    why: 'a port with its protocol',
    spec: { ingress: [ports({ port: '80/TCP' })] },
    says: 'unable to parse port: strconv.ParseUint: parsing "80/TCP":',
    at: 'spec.ingress[0].toPorts[0].ports[0].port',
  },
  {
    why: 'too many ports to deny',
    spec: { ingressDeny: [ports(...Array.from({ length: 41 }, (_, i) => ({ port: `${i + 1}` })))] },
    says: 'too many ports, the max is 40',
    at: 'spec.ingressDeny[0].toPorts[0].ports',
  },
  {
    why: 'ports beside messages',
    spec: { ingress: [{ icmps: [{ fields: [] }], ...ports({ port: '80' }) }] },
    says: 'the ICMPs block may only be present without ToPorts. Define a separate rule to use ToPorts',
    at: 'spec.ingress[0].icmps',
  },
  {
    why: 'a filter of requests on every protocol',
    spec: { ingress: [filtered({ http: [{}] }, { port: '80' })] },
    says: 'L7 rules can only apply to TCP (not ANY) except for DNS rules',
    at: 'spec.ingress[0].toPorts[0].ports[0].protocol',
  },
  {
    why: 'a filter on every port',
    spec: { ingress: [filtered({ http: [{}] }, { port: '0', protocol: 'TCP' })] },
    says: 'L7 rules can not be used when a port is 0',
    at: 'spec.ingress[0].toPorts[0].rules',
  },
  {
    why: 'a filter of names that come in',
    spec: { ingress: [filtered(NAMES, DNS)] },
    says: 'L7 protocol DNS is not supported on ingress yet',
    at: 'spec.ingress[0].toPorts[0].rules',
  },
  {
    why: 'a filter of names without a port',
    spec: { egress: [{ toPorts: [{ rules: NAMES }] }] },
    says: 'port 53 must be specified for DNS rules',
    at: 'spec.egress[0].toPorts[0].rules.dns',
  },
  {
    why: 'a listener for what comes in',
    spec: { ingress: [{ toPorts: [{ listener: { name: 'l', envoyConfig: { name: 'e' } } }] }] },
    says: 'Listener is not allowed on ingress (l)',
    at: 'spec.ingress[0].toPorts[0].listener',
  },
  {
    why: 'a wildcard as in a shell',
    spec: { ingress: [filtered({ http: [{ path: '/api/**' }] })] },
    says: 'error parsing regexp: invalid nested repetition operator',
    at: 'spec.ingress[0].toPorts[0].rules.http[0].path',
  },
  {
    why: 'a wildcard alone',
    spec: { ingress: [filtered({ http: [{ method: '*' }] })] },
    says: 'error parsing regexp: missing argument to repetition operator',
    at: 'spec.ingress[0].toPorts[0].rules.http[0].method',
  },
  {
    why: 'what Perl has',
    spec: { ingress: [filtered({ http: [{ path: '/(?!admin).*' }] })] },
    says: 'error parsing regexp: invalid or unsupported Perl syntax',
    at: 'spec.ingress[0].toPorts[0].rules.http[0].path',
  },
  {
    why: 'a brace that nothing closes',
    spec: { ingress: [filtered({ http: [{ path: '/a(' }] })] },
    says: 'error parsing regexp: missing closing )',
    at: 'spec.ingress[0].toPorts[0].rules.http[0].path',
  },
])('the agent refuses $why', ({ spec, says, at }) => {
  const { problems, refusals, rules, unread } = read(spec);
  expect(problems).toEqual([]);
  const last = refusals.at(-1);
  expect([last?.message, fieldText(last?.at ?? [])]).toEqual([says, at]);
  expect(last).not.toHaveProperty('from');
  expect(last).not.toHaveProperty('unless');
  expect([rules, unread]).toEqual([undefined, undefined]);
});

test.each<{ why: string; spec: object; refusal: object }>([
  {
    why: 'no rule',
    spec: { ingress: [], egress: [] },
    refusal: { from: '1.17', at: ['spec', 'ingress'] },
  },
  {
    why: 'services with ports',
    spec: { egress: [{ toServices: [{}], ...ports({ port: '80' }) }] },
    refusal: { to: '1.16' },
  },
  { why: 'no port', spec: { ingress: [ports({})] }, refusal: { from: '1.19', unless: 'extended-protocols' } },
  {
    why: 'a port of a protocol that has none',
    spec: { ingress: [ports({ port: '1', protocol: 'VRRP' })] },
    refusal: { from: '1.19', message: 'port must be empty or 0' },
  },
  {
    why: 'peers that are nodes',
    spec: { ingress: [{ fromNodes: [{}] }] },
    refusal: { unless: 'node-selectors' },
  },
  {
    why: 'a filter of requests',
    spec: { ingress: [filtered({ http: [{}] })] },
    refusal: { unless: 'http-proxy' },
  },
  { why: 'a filter of names', spec: { egress: [filtered(NAMES, DNS)] }, refusal: { unless: 'dns-proxy' } },
  {
    why: 'a filter of a range',
    spec: { ingress: [filtered({ http: [] }, { port: '80', endPort: 90 }), filtered({ http: [{}] })] },
    refusal: { unless: 'http-proxy' },
  },
])('some agents refuse $why', ({ spec, refusal }) => {
  expect(read(spec)).toMatchObject({ problems: [], refusals: [refusal] });
});

test('of refusals by the same agents the first is told, and none behind one that concerns them all', () => {
  const { refusals } = read({
    ingress: [
      filtered({ http: [{}] }),
      filtered({ http: [{}] }),
      ports({ port: '70000' }, { port: '80000' }),
    ],
  });
  expect(refusals.map(({ unless, at }) => [unless, fieldText(at)])).toEqual([
    ['http-proxy', 'spec.ingress[0].toPorts[0].rules'],
    [undefined, 'spec.ingress[2].toPorts[0].ports[0].port'],
  ]);
});

test.each([
  { why: 'in a namespace', kind: 'CiliumNetworkPolicy' as const, says: ['rule cannot have NodeSelector'] },
  { why: 'in the whole cluster', kind: 'CiliumClusterwideNetworkPolicy' as const, says: [] },
])('a policy about nodes $why', ({ kind, says }) => {
  const whole = policy({ nodeSelector: {}, ingress: [{}] }, kind);
  const { refusals } = readCiliumPolicy(whole, kind === 'CiliumNetworkPolicy' ? 'shop' : undefined);
  expect(refusals.map(({ message }) => message)).toEqual(says);
});

test('a policy without a spec is refused, and one that is broken off is not', () => {
  const { spec: _, ...whole } = policy({}, 'CiliumNetworkPolicy');
  expect(readCiliumPolicy(whole, 'shop').refusals).toMatchObject([{ message: 'empty policy' }]);
  const text =
    'apiVersion: cilium.io/v2\nkind: CiliumNetworkPolicy\nmetadata: {name: a, namespace: shop}\nspec: {ingress: [], ingress: []}\n';
  const { unjudged = [] } = readManifests([{ text, file: 'a.yaml' } as never]).cluster;
  expect(unjudged.map(({ refusals }) => refusals)).toEqual([undefined]);
});

test('of two policies of one name nobody knows which one is refused', () => {
  const one = policy({ ...db, ingress: [ports({ port: '70000' })] }, 'CiliumNetworkPolicy');
  const other = policy({ ...db, ingress: [{}] }, 'CiliumNetworkPolicy');
  const { unjudged = [] } = readManifests([one, other]).cluster;
  expect(unjudged.map(({ refusals, unread }) => [refusals, unread])).toEqual([
    [undefined, ['metadata', 'name']],
    [undefined, ['metadata', 'name']],
  ]);
});
