import { expectValid, validatorOf } from '../render/schemas';
import { AKS_BLOCK, other } from '../support/other-policies';
import { cli } from '../support/run-cli';
import { policy, SHOP } from '../support/shop';
import { useShopFiles } from './shop-files';

const { write } = useShopFiles();

const list = (name: string, ...items: readonly object[]) =>
  write(`${name}.json`, JSON.stringify({ apiVersion: 'v1', kind: 'List', items }));
const is = (app: string) => ({ matchLabels: { app } });
const CNP = (name: string, spec: object) => other('CiliumNetworkPolicy', 'cilium.io/v2', name, spec);
const CCNP = (name: string, spec: object) =>
  other('CiliumClusterwideNetworkPolicy', 'cilium.io/v2', name, spec);

/** Every way in which rules are told. */
const WEB = CNP('web', {
  endpointSelector: { matchLabels: { 'k8s:app': 'web' } },
  ingress: [
    {
      fromEndpoints: [is('db')],
      toPorts: [
        {
          ports: [{ port: '8080', protocol: 'TCP' }],
          rules: {
            http: [
              { method: 'GET', path: '/orders' },
              { path: '/x', headers: ['X-Team: a'] },
            ],
          },
        },
        { ports: [{ port: '9090', protocol: 'TCP' }] },
      ],
    },
    { fromEntities: ['world'], icmps: [{ fields: [{ type: 'EchoRequest' }] }] },
  ],
  egress: [
    {
      toFQDNs: [{ matchName: 'login.microsoftonline.com' }],
      toPorts: [{ ports: [{ port: '443', protocol: 'TCP' }] }],
    },
    {
      toEndpoints: [
        { matchLabels: { 'k8s:io.kubernetes.pod.namespace': 'kube-system', 'k8s-app': 'kube-dns' } },
      ],
      toPorts: [{ ports: [{ port: '53', protocol: 'UDP' }], rules: { dns: [{ matchPattern: '*.com' }] } }],
    },
  ],
  egressDeny: [{ toCIDR: ['168.63.129.16/32'] }],
});
const ODD = CNP('odd', { endpointSelector: is('db'), ingress: [{ fromRequires: [is('web')] }] });
const SEVERAL = {
  ...CCNP('several', {}),
  spec: undefined,
  specs: [
    { nodeSelector: {}, ingress: [{ fromEntities: ['cluster'] }] },
    { endpointSelector: is('db'), ingressDeny: [{ fromEntities: ['world'] }] },
    { endpointSelector: is('web'), ingress: [] },
  ],
};
const several = JSON.parse(JSON.stringify(SEVERAL));
const all = list('all', ...SHOP, WEB, ODD, several, AKS_BLOCK, policy('web', { podSelector: {} }));

test('list has a row for each policy, of whatever kind', async () => {
  const { out, err, exitCode } = await cli('list', '--format', 'csv', all);
  expect({ err, exitCode }).toEqual({ err: '', exitCode: 0 });
  expect(out.replaceAll('\r', '').replace(/"2, kube-system[^"]*"/, '2 and AKS’s own')).toMatchInlineSnapshot(`
"namespace,kind,name,pod-selector,policy-types,rules,pods,age,owner,remark
-,ccnp,block-azure-destinations,-,-,1 deny,2 and AKS’s own,-,AKS,
-,ccnp,several,nodes or app=db or app=web,Ingress,1 deny,2,-,-,
shop,netpol,db-ingress,app=db,Ingress,1 allow,1,-,-,
shop,cnp,odd,app=db,Ingress,cannot tell,at most 1,-,-,spec.ingress[0].fromRequires is not understood
shop,netpol,web,-,Ingress,-,2,-,-,
shop,cnp,web,k8s:app=web,"Ingress, Egress","4 allow, 1 deny",1,-,-,
"
`);
});

test('list in JSON fits the schema, and leaves out the namespace of a policy of the whole cluster', async () => {
  const { out } = await cli('list', '--format', 'json', all);
  expectValid(validatorOf('policies'), out);
  expect(JSON.parse(out).policies[0]).toMatchObject({ ofAks: true, rules: { allow: 0, deny: 1 } });
  expect(JSON.parse(out).policies[0]).not.toHaveProperty('namespace');
});

describe('a policy that every agent refuses', () => {
  const broken = CNP('broken', {
    endpointSelector: is('db'),
    ingress: [{ toPorts: [{ ports: [{ port: '70000' }] }] }],
  });
  const file = list('broken', ...SHOP, broken);
  const message = 'unable to parse port: strconv.ParseUint: parsing "70000": value out of range';

  test('is told as such by list', async () => {
    const { out } = await cli('list', '--kind', 'cnp', '--format', 'json', file);
    expectValid(validatorOf('policies'), out);
    const [row] = JSON.parse(out).policies;
    expect(row).toMatchObject({ name: 'broken', refused: message });
    expect(row).not.toHaveProperty('unread');
    expect((await cli('list', '--kind', 'cnp', file)).out).toContain(`Cilium refuses it: ${message}`);
  });

  test('is told as such by show', async () => {
    const { out } = await cli('show', '--engine', 'cilium', 'cnp/shop/broken', file);
    expect(out).toContain(
      `Cilium refuses CiliumNetworkPolicy shop/broken: ${message}.\n` +
        'So it does nothing, except that rules of an earlier form stay until the agents restart.\n',
    );
  });
});

test.each([
  { kind: 'cnp', names: ['odd', 'web'] },
  { kind: 'CiliumClusterwideNetworkPolicy', names: ['block-azure-destinations', 'several'] },
  { kind: 'netpol', names: ['db-ingress', 'web'] },
])('list --kind $kind has those of the kind', async ({ kind, names }) => {
  const { out } = await cli('list', '--kind', kind, '--format', 'json', all);
  expect(JSON.parse(out).policies.map(({ name }: { name: string }) => name)).toEqual(names);
});

test('list refuses a kind that it does not know', async () => {
  const { err, exitCode } = await cli('list', '--kind', 'pod', all);
  expect(err).toContain('Write one of netpol, cnp, ccnp.');
  expect(exitCode).toBe(2);
});

describe('show', () => {
  const show = (...words: string[]) => cli('show', '--engine', 'cilium', ...words, all);

  test('tells entities, names, denials, ICMP and what a proxy lets through in words', async () => {
    const { out } = await show('cnp/shop/web');
    expect(out).toMatchInlineSnapshot(`
"CiliumNetworkPolicy shop/web applies to pods with app=web in namespace shop.
It isolates them for ingress and allows, from:
  pods with app=db in namespace shop on 8080/TCP filtered: GET /orders, /x with X-Team: a; 9090/TCP
  every address outside the cluster with ICMP alone: EchoRequest (IPv4)
It isolates them for egress and allows, to:
  login.microsoftonline.com on 443/TCP
  pods with k8s-app=kube-dns in namespace kube-system on 53/UDP filtered: DNS for *.com
It denies for egress, to:
  168.63.129.16/32 on every port

It selects today:
  shop/web

spec.ingress[0] means today:
  shop/db

spec.egress[1] means today:
  kube-system/coredns (AKS)

Managed by: not known

Found about it:
  error  cilium-name-without-dns-rule  spec.egress[0].toFQDNs: no rules.dns of these pods has it, so Cilium never learns the addresses of login.microsoftonline.com, and this rule opens nothing for it
    fix: add to spec.egress[1].toPorts[0].rules.dns of shop/web: { matchName: login.microsoftonline.com }
  info  cilium-http-path  spec.ingress[0].toPorts[0].rules.http[0].path: /orders is the whole path: neither /orders/1 nor /orders?q=1 matches
    fix: write path: "/orders(/.*)?"
  info  cilium-http-path  spec.ingress[0].toPorts[0].rules.http[1].path: /x is the whole path: neither /x/1 nor /x?q=1 matches
    fix: write path: "/x(/.*)?"
"
`);
  });

  test('tells each part of a policy', async () => {
    const { out } = await show('ccnp/several');
    expect(out).toMatchInlineSnapshot(`
"specs[0] of CiliumClusterwideNetworkPolicy several is not about pods, and changes nothing for them.
specs[1] of CiliumClusterwideNetworkPolicy several applies to pods with app=db in all namespaces.
It isolates them for ingress and allows nobody by itself.
It denies for ingress, from:
  every address outside the cluster on every port
specs[2] of CiliumClusterwideNetworkPolicy several applies to pods with app=web in all namespaces.
It isolates them for nothing, and neither allows nor denies anything.

It selects today:
  shop/db
  shop/web

Managed by: not known

Found about it:
  error  refused-by-cilium  specs[2].ingress: Cilium refuses the whole policy: rule must have at least one of Ingress, IngressDeny, Egress, EgressDeny; the pods that it alone isolates are open, and on an update to this form the old rules stay until the agent restarts
    fix: write ingress: [{}] to deny everything in this direction, or leave the policy out
"
`);
  });

  test('tells what it does not understand', async () => {
    const { out } = await show('cnp/odd', '-n', 'shop');
    expect(out).toContain(
      'CiliumNetworkPolicy shop/odd may apply to pods with app=db in namespace shop.\n' +
        'What it says is not told, because spec.ingress[0].fromRequires is not understood.\n',
    );
  });

  test('knows AKS’s own', async () => {
    expect((await show('block-azure-destinations')).out).toContain('Managed by: AKS\n');
  });

  test('in JSON fits the schema, and in YAML is the object', async () => {
    expectValid(validatorOf('policy'), (await show('cnp/shop/web', '--format', 'json')).out);
    expectValid(validatorOf('policy'), (await show('ccnp/several', '--format', 'json')).out);
    expect((await show('cnp/shop/web', '--format', 'yaml')).out).toContain('kind: CiliumNetworkPolicy\n');
  });

  test.each([
    {
      words: ['shop/web'],
      says: 'several policies have this name; got web; write one of netpol/shop/web, cnp/shop/web [',
    },
    { words: ['netpol/shop/web'], says: '' },
    { words: ['shop/web', '--kind', 'cnp'], says: '' },
    { words: ['odd', '-n', 'shop'], says: '' },
    { words: ['several', '-n', 'shop'], says: '' },
    {
      words: ['shop/several'],
      says: 'there is no network policy of this name in this namespace; got shop/several; ',
    },
    {
      words: ['ccnp/shop/several'],
      says: 'a CiliumClusterwideNetworkPolicy is in no namespace; got ccnp/shop/several; write ccnp/several [',
    },
    {
      words: ['cnp/shop/none'],
      says: 'there is no CiliumNetworkPolicy of this name in this namespace; got CiliumNetworkPolicy shop/none; namespace shop has odd, web [',
    },
    { words: ['cnp/web', '-n', 'bank'], says: 'there is one in shop: name it with --namespace [' },
    {
      words: ['ccnp/none'],
      says: 'there is no CiliumClusterwideNetworkPolicy of this name; got CiliumClusterwideNetworkPolicy none; see aks-netpol list [',
    },
  ])('of $words says: $says', async ({ words, says }) => {
    const { err, exitCode } = await show(...words);
    const error = /^error: .*$/m.exec(err)?.[0] ?? '';
    expect(error).toContain(says);
    expect([error === '', exitCode]).toEqual(says === '' ? [true, 0] : [false, 2]);
  });
});
