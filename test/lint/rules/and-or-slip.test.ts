import { app, namespace, ofName, testRule, workload } from '../judge';
import { from, ofOps, to, web } from './hygiene';

const ops = namespace('ops', { team: 'ops' });

const monitoring = [ops, workload('ops/prometheus'), workload('ops/grafana')];

testRule('and-or-slip', [
  {
    why: 'pods of the namespaces beside them, in an entry of their own',
    manifests: [web, ...monitoring, from({ namespaceSelector: ofOps }, { podSelector: app('prometheus') })],
    finds: [
      'shop/p spec.ingress[0].from[1]: no workload of namespace shop has these labels: apart, this entry and spec.ingress[0].from[0] mean 2 workloads, as one entry 1 workload (ops/prometheus)',
    ],
  },
  {
    why: 'the same the other way round, and in egress',
    manifests: [web, ...monitoring, to({ podSelector: app('prometheus') }, { namespaceSelector: ofOps })],
    finds: [
      'shop/p spec.egress[0].to[0]: no workload of namespace shop has these labels: apart, this entry and spec.egress[0].to[1] mean 2 workloads, as one entry 1 workload (ops/prometheus)',
    ],
  },
  {
    // kubectl-np-viewer 6 shows two selectors of one entry as if either sufficed.
    why: 'both selectors in one entry',
    manifests: [web, ...monitoring, from({ namespaceSelector: ofOps, podSelector: app('prometheus') })],
  },
  {
    why: 'two entries, each of which means somebody',
    manifests: [web, ...monitoring, from({ namespaceSelector: ofOps }, { podSelector: app('web') })],
  },
  {
    why: 'pods that neither the own namespace nor the others have',
    manifests: [web, ...monitoring, from({ namespaceSelector: ofOps }, { podSelector: app('api') })],
  },
  {
    why: 'an own namespace of which no workload is given',
    manifests: [...monitoring, from({ namespaceSelector: ofOps }, { podSelector: app('prometheus') })],
  },
  {
    why: 'a namespace and every pod of the own one',
    manifests: [web, ...monitoring, from({ namespaceSelector: ofOps }, { podSelector: {} })],
  },
  {
    why: 'pods that are asked for in other namespaces, which have none such',
    manifests: [
      web,
      ...monitoring,
      namespace('lab'),
      workload('lab/api'),
      from(
        { namespaceSelector: ofOps },
        { namespaceSelector: ofName('lab'), podSelector: app('prometheus') },
      ),
    ],
  },
  {
    why: 'an entry that has both selectors already beside pods of the own namespace',
    manifests: [
      web,
      ...monitoring,
      from({ namespaceSelector: ofOps, podSelector: app('grafana') }, { podSelector: app('prometheus') }),
    ],
  },
  {
    why: 'everybody but those of the own namespace that there are: it waits for others',
    manifests: [
      web,
      ...monitoring,
      from(
        { namespaceSelector: ofOps },
        { podSelector: { matchExpressions: [{ key: 'app', operator: 'NotIn', values: ['web'] }] } },
      ),
    ],
  },
  {
    why: 'such pods in the own namespace, on their node’s network',
    manifests: [
      web,
      workload('shop/prometheus', {}, [], { hostNetwork: true }),
      ...monitoring,
      from({ namespaceSelector: ofOps }, { podSelector: app('prometheus') }),
    ],
  },
  {
    why: 'two entries of namespaces that have such pods, once',
    manifests: [
      web,
      ...monitoring,
      from(
        { namespaceSelector: ofOps },
        { namespaceSelector: ofName('ops') },
        { podSelector: app('prometheus') },
      ),
    ],
    finds: [
      'shop/p spec.ingress[0].from[2]: no workload of namespace shop has these labels: apart, this entry and spec.ingress[0].from[0] mean 2 workloads, as one entry 1 workload (ops/prometheus)',
    ],
  },
]);
