import type { Source } from './fact-source';

/**
 * The ambient mode of Istio: between pods of the mesh traffic goes through a tunnel and arrives on one port, whatever
 * port the application has, and policies see that one, because they are enforced outside the pod. On AKS it comes with
 * Azure Kubernetes Application Network or an Istio of your own; the Istio add-on stays with sidecars (Azure/AKS#3803,
 * a maintainer's word of 2026-05-07).
 */
export const AMBIENT = {
  /** The port of the tunnel, TCP. */
  port: 15008,
  /** The label of namespaces and pods by which these join, with `ambient`, or stay out, with `none`. */
  modeLabel: 'istio.io/dataplane-mode',
  /** The label of namespaces, services and pods before which a proxy of the mesh stands that calls them. */
  waypointLabel: 'istio.io/use-waypoint',
  /** Labels of namespaces and pods that may bring a sidecar, with which a pod is not in ambient mode. */
  sidecarLabels: ['istio-injection', 'istio.io/rev', 'sidecar.istio.io/inject'],
  sources: [
    { from: 'istio.io, latest/docs/ambient/usage/networkpolicy', read: '2026-11-30' },
    { from: 'istio/istio, cni/pkg/util/podutil.go: PodRedirectionEnabled', read: '2026-11-30' },
    { from: 'Azure/AKS#3803', read: '2026-11-30' },
  ] satisfies readonly Source[],
} as const;
