import { networkPolicy } from '../example-manifests';
import {
  block,
  CALICO,
  CILIUM,
  DB,
  DENY,
  type EngineCases,
  egressTo,
  ingressFrom,
  NPM,
  namespace,
  namespaces,
  node,
  onWeb,
  pods,
  WEB,
} from './case';

export const NPM_CASES: EngineCases = {
  'npm-policy-skipped': [
    {
      why: 'an IPv6 CIDR opens what only this policy isolates',
      profile: NPM,
      manifests: [WEB, DB, ingressFrom(block('10.0.0.0/8'), block('2001:db8::/32'))],
      finds: [
        'error NetworkPolicy shop/web spec.ingress[0].from[1].ipBlock.cidr: Azure NPM ignores a whole policy with an IPv6 CIDR, in both directions, which leaves shop/web open; on an update to this form the old rules stay until NPM restarts, and then are gone (internet → shop/web 8080/TCP is allowed, where the specification says denied)',
      ],
    },
    {
      why: 'a deny beside it holds',
      profile: NPM,
      manifests: [WEB, ingressFrom(block('2001:db8::/32')), DENY],
      finds: [
        'error NetworkPolicy shop/web spec.ingress[0].from[0].ipBlock.cidr: Azure NPM ignores a whole policy with an IPv6 CIDR, in both directions; on an update to this form the old rules stay until NPM restarts, and then are gone',
      ],
    },
    {
      why: 'the sample of the documentation, on servers that take it',
      profile: { ...NPM, kubernetesVersion: '1.34' },
      manifests: [WEB, egressTo(block('10.10.0.0/0', '169.254.169.254/32'))],
      finds: [
        'error NetworkPolicy shop/web spec.egress[0].to[0].ipBlock.cidr: Azure NPM ignores a whole policy with "/0" after an address other than 0.0.0.0, or with a leading zero in a prefix length, which leaves shop/web open; on an update to this form the old rules stay until NPM restarts, and then are gone',
      ],
    },
    {
      why: 'a prefix with leading zeros',
      profile: NPM,
      manifests: [WEB, ingressFrom(block('10.244.0.0/016'))],
      finds: [
        'error NetworkPolicy shop/web spec.ingress[0].from[0].ipBlock.cidr: Azure NPM ignores a whole policy with the CIDR 10.244.0.0/016, so the pods that only it isolates are open; on an update to this form the old rules stay until NPM restarts, and then are gone',
      ],
    },
    {
      why: 'servers from 1.36 refuse it themselves',
      profile: { ...NPM, kubernetesVersion: '1.36' },
      manifests: [WEB, ingressFrom(block('10.244.0.0/016'))],
      finds: [],
    },
    {
      why: 'host bits that NPM masks',
      profile: NPM,
      manifests: [WEB, ingressFrom(block('10.244.0.21/24'))],
      finds: [],
    },
    { why: 'every IPv4 address', profile: NPM, manifests: [WEB, ingressFrom(block('0.0.0.0/0'))], finds: [] },
  ],
  'npm-windows-policy-skipped': [
    {
      why: 'all reasons of a policy are one finding',
      profile: { ...NPM, windowsNodePools: ['win'] },
      manifests: [
        WEB,
        onWeb({
          ingress: [
            {
              from: [block('10.0.0.0/8', '10.1.0.0/16')],
              ports: [{ port: 'http' }, { protocol: 'SCTP', port: 1 }],
            },
          ],
        }),
      ],
      finds: [
        'error NetworkPolicy shop/web spec.ingress[0].ports[0].port: Azure NPM skips the whole policy on Windows nodes (win) because of the port name http, SCTP and except',
      ],
    },
    {
      why: 'a negative selector of the policy',
      profile: { ...NPM, windowsNodePools: ['win'] },
      manifests: [
        WEB,
        networkPolicy('not-db', {
          podSelector: { matchExpressions: [{ key: 'app', operator: 'NotIn', values: ['db'] }] },
        }),
      ],
      finds: [
        'error NetworkPolicy shop/not-db spec.podSelector: Azure NPM skips the whole policy on Windows nodes (win) because of NotIn',
      ],
    },
    {
      why: 'no Windows nodes',
      profile: { ...NPM, windowsNodePools: [] },
      manifests: [WEB, onWeb({ ingress: [{ ports: [{ port: 'http' }] }] })],
      finds: [],
    },
  ],
  'npm-negative-namespace-selector': [
    {
      why: 'the obvious way to leave the own namespace out',
      profile: NPM,
      manifests: [
        WEB,
        namespace('shop'),
        ingressFrom(namespaces('kubernetes.io/metadata.name', 'NotIn', 'shop')),
      ],
      finds: [
        'error NetworkPolicy shop/web spec.ingress[0].from[0].namespaceSelector: Azure NPM lets it match everything outside the cluster and other nodes (internet → shop/web 8080/TCP is allowed, where the specification says denied)',
      ],
    },
    {
      why: 'a label that must not be there, for egress',
      profile: NPM,
      manifests: [WEB, namespace('shop'), egressTo(namespaces('team', 'DoesNotExist'))],
      finds: [
        'error NetworkPolicy shop/web spec.egress[0].to[0].namespaceSelector: Azure NPM lets it match everything outside the cluster and other nodes (shop/web → internet is allowed, where the specification says denied)',
      ],
    },
    {
      why: 'several values with a label that must be there',
      profile: NPM,
      manifests: [
        WEB,
        DB,
        namespace('shop'),
        ingressFrom({
          namespaceSelector: {
            matchExpressions: [
              { key: 'kubernetes.io/metadata.name', operator: 'Exists' },
              { key: 'kubernetes.io/metadata.name', operator: 'NotIn', values: ['shop', 'pay'] },
            ],
          },
        }),
      ],
      finds: [
        'error NetworkPolicy shop/web spec.ingress[0].from[0].namespaceSelector: Azure NPM lets a NotIn of several values match every namespace (shop/db → shop/web 8080/TCP is allowed, where the specification says denied)',
      ],
    },
    {
      why: 'a pod label beside it',
      profile: NPM,
      manifests: [
        WEB,
        namespace('shop'),
        ingressFrom({ ...namespaces('kubernetes.io/metadata.name', 'NotIn', 'pay'), ...pods('db') }),
      ],
      finds: [],
    },
    {
      why: 'another engine',
      profile: CALICO,
      manifests: [
        WEB,
        namespace('shop'),
        ingressFrom(namespaces('kubernetes.io/metadata.name', 'NotIn', 'shop')),
      ],
      finds: [],
    },
  ],
  'npm-many-ip-blocks': [
    {
      why: 'both directions count',
      profile: NPM,
      manifests: [
        onWeb({
          ingress: [{ from: ['1', '2', '3'].map((n) => block(`203.0.113.${n}/32`)) }],
          egress: [{ to: ['4', '5'].map((n) => block(`203.0.113.${n}/32`)) }],
        }),
      ],
      finds: ['warning NetworkPolicy shop/web: it has 5 IP blocks, and more than 4 are risky'],
    },
    {
      why: 'selectors do not count',
      profile: NPM,
      manifests: [ingressFrom(block('203.0.113.1/32'), ...['a', 'b', 'c', 'd', 'e'].map(pods))],
      finds: [],
    },
  ],
  'npm-scale-limits': [
    {
      why: '250 nodes are fine',
      profile: NPM,
      manifests: Array.from({ length: 250 }, (_, i) => node(`n${i}`, '10.224.0.4')),
      finds: [],
    },
    {
      why: 'other engines bear more',
      profile: CALICO,
      manifests: Array.from({ length: 251 }, (_, i) => node(`n${i}`, '10.224.0.4')),
      finds: [],
    },
  ],
  'npm-update-gap': [
    {
      why: 'one finding for a namespace',
      profile: NPM,
      manifests: [
        WEB,
        DB,
        onWeb({ ingress: [{ ports: [{ port: 8080 }] }] }),
        networkPolicy('db', {
          podSelector: { matchLabels: { app: 'db' } },
          ingress: [{ from: [pods('web')] }],
          egress: [{ ports: [{ port: 53 }] }],
        }),
      ],
      finds: [
        'warning Namespace shop: every update of db and web opens every workload for 29 to 418 ms (ingress and egress)',
      ],
    },
    {
      why: 'a default deny beside it',
      profile: NPM,
      manifests: [WEB, DB, onWeb({ ingress: [{ ports: [{ port: 8080 }] }] }), DENY],
      finds: [],
    },
    { why: 'a deny alone, which does not change', profile: NPM, manifests: [WEB, DENY], finds: [] },
    {
      why: 'two policies hold it, and one of them stays',
      profile: NPM,
      manifests: [
        WEB,
        onWeb({ ingress: [{ ports: [{ port: 8080 }] }] }),
        onWeb({ ingress: [{ ports: [{ port: 8080 }] }] }, 'web-2'),
      ],
      finds: [],
    },
    {
      why: 'another engine',
      profile: CALICO,
      manifests: [WEB, onWeb({ ingress: [{ ports: [{ port: 8080 }] }] })],
      finds: [],
    },
  ],
  'npm-ipv6-not-filtered': [
    {
      why: 'a node with an IPv6 address',
      profile: NPM,
      manifests: [WEB, node('n1', '"fd00::4"'), DENY],
      finds: [
        'error Cluster profile: it has IPv6 addresses, and Azure NPM lets everything through on them whatever the policies say (any IPv6 address → shop/web is allowed)',
      ],
    },
    { why: 'no IPv6 is known', profile: NPM, manifests: [WEB, node('n1', '10.224.0.4'), DENY], finds: [] },
    { why: 'cilium filters it', profile: CILIUM, manifests: [WEB, node('n1', '"fd00::4"'), DENY], finds: [] },
  ],
};
