import type { FactSource } from './fact-source';

/**
 * The ambient mode of Istio: between pods of the mesh, traffic goes through a tunnel to one port of the pod. Policies are
 * enforced outside the pod, so they see that port instead of the application's. On AKS, ambient mode comes with Azure
 * Kubernetes Application Network or an Istio of your own; the Istio add-on only has sidecars (Azure/AKS#3803, a
 * maintainer on 2026-05-07).
 */
export const AMBIENT = {
  /** The port of the tunnel, TCP. */
  port: 15008,
  /** The label of namespaces and pods: `ambient` joins the mesh, `none` stays out. */
  modeLabel: 'istio.io/dataplane-mode',
  /** The label of namespaces, services and pods that are called through a waypoint proxy. */
  waypointLabel: 'istio.io/use-waypoint',
  /** Labels of namespaces and pods that may add a sidecar; a pod with a sidecar is not in ambient mode. */
  sidecarLabels: ['istio-injection', 'istio.io/rev', 'sidecar.istio.io/inject'],
  sources: [
    { from: 'istio.io, latest/docs/ambient/usage/networkpolicy', read: '2026-11-30' },
    { from: 'istio/istio, cni/pkg/util/podutil.go: PodRedirectionEnabled', read: '2026-11-30' },
    { from: 'Azure/AKS#3803', read: '2026-11-30' },
  ] satisfies readonly FactSource[],
} as const;
