import { pod, policy, testRule } from '../judge';
import { blockTo, IN_TO, to } from './hygiene';

const PODS = { podCidrs: ['10.244.0.0/16'] };

const CHANGES = 'and whose they are changes all the time';

const podsOf = (number: number) =>
  Array.from({ length: number }, (_, at) => pod(`shop/p${at}`, `10.1.${at >> 8}.${at & 255}`));

testRule('pod-range-in-ip-block', [
  {
    why: 'a part of the range of pods',
    manifests: [blockTo('10.244.3.0/24')],
    profile: PODS,
    finds: [`${IN_TO} 10.244.3.0/24 lies in the range of pods, ${CHANGES}`],
  },
  {
    // cilium-ip-block-misses-pods speaks of it, once.
    why: 'all of it, on cilium',
    manifests: [blockTo('10.244.0.0/16')],
    profile: { ...PODS, engine: 'cilium' },
  },
  {
    why: 'on cilium, addresses of pods whom another rule lets in',
    manifests: [
      pod('shop/a', '10.1.0.6'),
      pod('shop/b', '10.1.0.7'),
      policy('shop/p', {
        podSelector: {},
        ingress: [{ from: [{ ipBlock: { cidr: '10.1.0.6/31' } }, { podSelector: {} }] }],
      }),
    ],
    profile: { engine: 'cilium' },
    finds: [
      'shop/p spec.ingress[0].from[0].ipBlock.cidr: 10.1.0.6/31 holds only addresses of known pods, and Cilium never matches a pod by address',
    ],
  },
  {
    why: 'addresses of known pods only',
    manifests: [pod('shop/a', '10.1.0.6'), pod('shop/b', '10.1.0.7'), blockTo('10.1.0.6/31')],
    finds: [`${IN_TO} 10.1.0.6/31 holds only addresses of known pods, ${CHANGES}`],
  },
  {
    why: 'one address, which is another rule’s matter',
    manifests: [blockTo('10.244.3.7/32')],
    profile: PODS,
  },
  { why: 'a range that holds more', manifests: [blockTo('10.0.0.0/8')], profile: PODS },
  {
    why: 'everything but pods: that is how one says “outside”',
    manifests: [to({ ipBlock: { cidr: '0.0.0.0/0', except: ['10.244.0.0/16'] } })],
    profile: PODS,
  },
  {
    why: 'a range that pods share with nodes',
    manifests: [blockTo('10.244.3.0/24')],
    profile: { ...PODS, nodeCidrs: ['10.244.0.0/16'] },
  },
  { why: 'some addresses of known pods', manifests: [pod('shop/a', '10.1.0.6'), blockTo('10.1.0.6/31')] },
  {
    why: 'some addresses of known pods, but the first',
    manifests: [pod('shop/a', '10.1.0.7'), blockTo('10.1.0.6/31')],
  },
  {
    why: 'as many known pods as are looked at one by one',
    manifests: [...podsOf(256), blockTo('10.1.0.0/24')],
    finds: [`${IN_TO} 10.1.0.0/24 holds only addresses of known pods, ${CHANGES}`],
  },
  { why: 'more known pods than that', manifests: [...podsOf(512), blockTo('10.1.0.0/23')] },
]);
