import { testRule } from '../judge';
import { blockTo, from, IN_TO, to } from './hygiene';

const OLD = { kubernetesVersion: '1.35.4' };

testRule('cidr-not-canonical', [
  {
    why: 'host bits, leading zeros and an IPv4 address written as IPv6',
    manifests: [
      to(
        { ipBlock: { cidr: '10.1.2.3/8', except: ['10.9.9.9/16'] } },
        { ipBlock: { cidr: '010.0.0.0/8' } },
        { ipBlock: { cidr: '::ffff:10.0.0.0/104' } },
      ),
    ],
    profile: OLD,
    finds: [
      `${IN_TO} 10.1.2.3/8: Kubernetes 1.36 and later refuse address bits beyond the prefix length`,
      'shop/p spec.egress[0].to[0].ipBlock.except[0]: 10.9.9.9/16: Kubernetes 1.36 and later refuse address bits beyond the prefix length',
      'shop/p spec.egress[0].to[1].ipBlock.cidr: 010.0.0.0/8: Kubernetes 1.36 and later refuse leading zeros, which some engines read as octal',
      'shop/p spec.egress[0].to[2].ipBlock.cidr: ::ffff:10.0.0.0/104: Kubernetes 1.36 and later refuse an IPv4 address written as IPv6',
    ],
  },
  {
    why: 'canonical forms',
    manifests: [blockTo('10.0.0.0/8'), from({ ipBlock: { cidr: '2001:db8::/32' } })],
    profile: OLD,
  },
  { why: 'a version unknown: the reader refuses it, and says so', manifests: [blockTo('10.1.2.3/8')] },
]);
