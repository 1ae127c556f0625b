import { NamespaceSelector, Peer, PodSelector } from 'cdk8s-aks-network-policy';
import { expectRefusal } from '../support/synth';

const web = { matchLabels: { app: 'web' } };
const named = (name: string) => ({ matchLabels: { 'kubernetes.io/metadata.name': name } });

test.each([
  { why: 'same namespace, all pods', peer: Peer.sameNamespace(), is: [{ podSelector: {} }] },
  {
    why: 'same namespace, some pods',
    peer: Peer.sameNamespace(PodSelector.labels({ app: 'web' })),
    is: [{ podSelector: web }],
  },
  { why: 'same namespace, a plain selector', peer: Peer.sameNamespace(web), is: [{ podSelector: web }] },
  { why: 'every namespace', peer: Peer.otherNamespaces(), is: [{ namespaceSelector: {} }] },
  {
    why: 'one namespace, all pods',
    peer: Peer.otherNamespaces({ namespaces: NamespaceSelector.named('a') }),
    is: [{ namespaceSelector: named('a') }],
  },
  {
    why: 'one namespace, some pods: both selectors in one peer',
    peer: Peer.otherNamespaces({
      namespaces: NamespaceSelector.named('a'),
      pods: PodSelector.labels({ app: 'web' }),
    }),
    is: [{ namespaceSelector: named('a'), podSelector: web }],
  },
  {
    why: 'some pods of every namespace',
    peer: Peer.otherNamespaces({ pods: web }),
    is: [{ namespaceSelector: {}, podSelector: web }],
  },
  {
    why: 'the own namespace named as another stays as written',
    peer: Peer.otherNamespaces({ namespaces: NamespaceSelector.named('shop') }),
    is: [{ namespaceSelector: named('shop') }],
  },
  { why: 'an IP block', peer: Peer.ipBlock('203.0.113.0/24'), is: [{ ipBlock: { cidr: '203.0.113.0/24' } }] },
  {
    why: 'an IP block with exceptions',
    peer: Peer.ipBlock('10.0.0.0/16', { except: ['10.0.9.0/24', '10.0.0.1/32'] }),
    is: [{ ipBlock: { cidr: '10.0.0.0/16', except: ['10.0.9.0/24', '10.0.0.1/32'] } }],
  },
  {
    why: 'no exception is no list',
    peer: Peer.ipBlock('10.0.0.0/16', { except: [] }),
    is: [{ ipBlock: { cidr: '10.0.0.0/16' } }],
  },
  { why: 'every IP block is IPv4 only', peer: Peer.allIpBlocks(), is: [{ ipBlock: { cidr: '0.0.0.0/0' } }] },
  {
    why: 'every IP block of both families',
    peer: Peer.allIpBlocks({ ipv6: true }),
    is: [{ ipBlock: { cidr: '0.0.0.0/0' } }, { ipBlock: { cidr: '::/0' } }],
  },
  { why: 'anywhere has no entry', peer: Peer.anywhere(), is: [] },
])('$why', ({ peer, is }) => {
  expect(peer.toSpec('shop')).toEqual(is);
});

test.each([
  {
    why: 'an address without a prefix',
    call: () => Peer.ipBlock('10.0.0.1'),
    code: 'cidr-invalid',
    word: '"10.0.0.1/32"',
  },
  {
    why: 'a prefix that is too long',
    call: () => Peer.ipBlock('10.0.0.0/33'),
    code: 'cidr-invalid',
    word: 'Peer.ipBlock.cidr',
  },
  {
    why: 'an octet that is too large',
    call: () => Peer.ipBlock('999.1.1.1/99'),
    code: 'cidr-invalid',
    word: '999',
  },
  { why: 'nothing', call: () => Peer.ipBlock(''), code: 'cidr-missing', word: '0.0.0.0/0' },
  {
    why: 'host bits',
    call: () => Peer.ipBlock('10.1.2.3/8'),
    code: 'cidr-host-bits',
    word: 'write "10.0.0.0/8"',
  },
  {
    why: 'leading zeros',
    call: () => Peer.ipBlock('010.0.0.0/8'),
    code: 'cidr-leading-zeros',
    word: 'write "10.0.0.0/8"',
  },
  {
    why: 'IPv4 written as IPv6',
    call: () => Peer.ipBlock('::ffff:10.0.0.0/104'),
    code: 'cidr-ipv4-mapped',
    word: 'write "10.0.0.0/8"',
  },
  {
    why: 'an exception outside',
    call: () => Peer.ipBlock('10.0.0.0/8', { except: ['10.1.0.0/16', '11.0.0.0/16'] }),
    code: 'except-outside-cidr',
    word: 'Peer.ipBlock.except[1]',
  },
  {
    why: 'an exception of everything',
    call: () => Peer.ipBlock('10.0.0.0/8', { except: ['10.0.0.0/8'] }),
    code: 'except-outside-cidr',
    word: '10.0.0.0/8',
  },
  {
    why: 'an exception of the other family',
    call: () => Peer.ipBlock('::/0', { except: ['10.0.0.0/8'] }),
    code: 'except-outside-cidr',
    word: 'same IP family',
  },
  {
    why: 'a string as a peer',
    call: () => Peer.of('web' as never),
    code: 'peer-unreadable',
    word: 'Peer.of',
  },
  {
    why: 'namespaces in capitals',
    call: () => Peer.otherNamespaces({ namespaces: { matchLabel: {} } as never }),
    code: 'field-unknown',
    word: 'matchLabel',
  },
] as const)('$why is refused', ({ call, code, word }) => {
  expectRefusal(call, code, word);
});
