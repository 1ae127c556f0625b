import { readManifests } from '../../lib/manifests/read-manifests';
import type { EngineProfile } from '../../lib/model/engine-profile';
import { Reachability } from '../../lib/reachability/reachability';

/** Clusters with Cilium whose policies name hosts and filter requests. */

export const CILIUM: EngineProfile = {
  engine: 'cilium',
  acns: 'L7',
  kubernetesVersion: '1.35',
  apiServerAddresses: ['20.50.1.2'],
  nodeCidrs: ['10.224.0.0/16'],
  podCidrs: ['10.244.0.0/16'],
};

export const pod = (name: string, namespace = 'shop') => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { namespace, name, labels: { app: name } },
  spec: { containers: [{ name: 'main', ports: [{ name: 'http', containerPort: 8080 }] }] },
});

const DNS_SERVER = {
  'k8s:io.kubernetes.pod.namespace': 'kube-system',
  'k8s-app': 'kube-dns',
};

/** An entry of `egress` by which the pods ask for names. */
export const dns = (...patterns: readonly string[]) => ({
  toEndpoints: [{ matchLabels: DNS_SERVER }],
  toPorts: [
    {
      ports: [{ port: '53', protocol: 'ANY' }],
      rules: { dns: patterns.map((matchPattern) => ({ matchPattern })) },
    },
  ],
});
/** The same without a filter. */
export const plainDns = {
  toEndpoints: [{ matchLabels: DNS_SERVER }],
  toPorts: [{ ports: [{ port: '53', protocol: 'ANY' }] }],
};

export const tcp = (port: string, http?: readonly object[]) => ({
  toPorts: [{ ports: [{ port, protocol: 'TCP' }], ...(http === undefined ? {} : { rules: { http } }) }],
});

/** An entry of `egress` for hosts on 443. */
export const hosts = (...patterns: readonly string[]) => ({
  toFQDNs: patterns.map((each) => (each.includes('*') ? { matchPattern: each } : { matchName: each })),
  ...tcp('443'),
});

/** A policy about the pods of an app. */
export const cilium = (app: string, spec: object, namespace = 'shop') => ({
  apiVersion: 'cilium.io/v2',
  kind: 'CiliumNetworkPolicy',
  metadata: { name: app, namespace },
  spec: { endpointSelector: { matchLabels: { app } }, ...spec },
});

/** A NetworkPolicy about `shop/web`. */
export const netpol = (spec: object) => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: 'n', namespace: 'shop' },
  spec: { podSelector: { matchLabels: { app: 'web' } }, ...spec },
});

export function judgeNamed(objects: readonly object[], profile: EngineProfile = CILIUM): Reachability {
  const namespaces = ['shop', 'other'].map((name) => ({
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name },
  }));
  const { cluster, problems } = readManifests([
    ...namespaces,
    pod('web'),
    pod('api'),
    pod('web', 'other'),
    ...objects,
  ] as object[]);
  expect(problems).toEqual([]);
  return Reachability.of(cluster, { profile });
}
