import { app, labels, namespace, ofName, testRule, workload } from '../judge';
import { from, start, to, web } from './hygiene';

const AUTOMATIC = 'of itself it carries only kubernetes.io/metadata.name';

testRule('namespace-label-missing', [
  {
    // Kyverno's add-networkpolicy-dns selects so.
    why: 'name: kube-system',
    manifests: [web, to({ namespaceSelector: labels({ name: 'kube-system' }) })],
    finds: [
      `shop/p spec.egress[0].to[0].namespaceSelector: no manifest gives namespace kube-system the label name: kube-system; ${AUTOMATIC}`,
    ],
  },
  {
    why: 'the name in another label, with a pod selector beside it: one finding for the one slip',
    manifests: [
      namespace('ops', { team: 'ops' }),
      workload('ops/prometheus'),
      from({ namespaceSelector: labels({ 'kubernetes.io/name': 'ops' }), podSelector: app('prometheus') }),
    ],
    finds: [
      `shop/p spec.ingress[0].from[0].namespaceSelector: no manifest gives namespace ops the label kubernetes.io/name: ops; ${AUTOMATIC}`,
    ],
  },
  {
    why: 'a label of pods beside the name of a declared namespace',
    manifests: [
      namespace('ops', { team: 'ops' }),
      from({
        namespaceSelector: labels({ 'kubernetes.io/metadata.name': 'ops', app: 'prometheus' }),
      }),
    ],
    finds: [
      'shop/p spec.ingress[0].from[0].namespaceSelector: no namespace carries kubernetes.io/metadata.name=ops and app=prometheus',
    ],
  },
  {
    why: 'a misspelt label, where every namespace of the cluster is given',
    manifests: [
      ...start,
      namespace('shop'),
      namespace('ops', { team: 'platform' }),
      from({ namespaceSelector: labels({ team: 'platfrom' }) }),
    ],
    finds: [
      'shop/p spec.ingress[0].from[0].namespaceSelector: no namespace carries team=platfrom; did you mean team=platform (ops carries it)?',
    ],
  },
  {
    why: 'a label name that somebody sets',
    manifests: [namespace('ops', { name: 'ops' }), from({ namespaceSelector: labels({ name: 'ops' }) })],
  },
  { why: 'the automatic label', manifests: [from({ namespaceSelector: ofName('kube-system') })] },
  { why: 'every namespace', manifests: [namespace('ops'), from({ namespaceSelector: {} })] },
  {
    why: 'a label that a namespace which is not given may carry',
    manifests: [namespace('ops', { team: 'ops' }), from({ namespaceSelector: labels({ team: 'data' }) })],
  },
  {
    why: 'name with a value that is no namespace’s name',
    manifests: [namespace('ops'), from({ namespaceSelector: labels({ name: 'monitoring' }) })],
  },
  {
    why: 'a namespace that is named and not given',
    manifests: [namespace('ops'), from({ namespaceSelector: ofName('monitoring') })],
  },
  {
    why: 'a selector that only excludes',
    manifests: [
      namespace('ops'),
      from({
        namespaceSelector: { matchExpressions: [{ key: 'name', operator: 'NotIn', values: ['ops'] }] },
      }),
    ],
  },
]);
