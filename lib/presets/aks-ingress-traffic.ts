import {
  APPLICATION_ROUTING,
  GATEWAY_NAME_LABEL,
  ISTIO_INGRESS_GATEWAYS,
  METRICS_SCRAPERS,
} from '../aks/system-pods';
import { checkNamespaceName } from '../model/names';
import { isString, NetworkPolicyError, refuseIf, show } from '../model/problem';
import { IngressRule } from '../policy/ingress-rule';
import { NamespaceSelector } from '../policy/namespace-selector';
import { checkList, checkOptions } from '../policy/options';
import { Peer } from '../policy/peer';
import { PodSelector } from '../policy/pod-selector';
import type { PortLike } from '../policy/port';
import { listedPorts } from '../policy/port-list';
import { AksEgressTraffic } from './aks-egress-traffic';
import { systemPods } from './traffic-rules';
import { webhookCallers } from './webhook-callers';

/** The ports that an ingress preset allows. They are required, so that no preset allows every port by default. */
export interface ReachedPorts {
  /** The pods' ports (a Service's `targetPort`), one or more. */
  readonly ports: readonly PortLike[];
}

/** The part of `AksTraffic` about traffic to pods; the base class has the part about traffic from pods. */
export class AksIngressTraffic extends AksEgressTraffic {
  /**
   * From application routing's nginx controllers: pods behind an Ingress of class
   * `webapprouting.kubernetes.azure.com`. With the Gateway API, see {@link fromGateway}.
   *
   * @throws NetworkPolicyError `ports-empty`, `type-mismatch`
   * @see MicrosoftDocs/azure-aks-docs, articles/aks/app-routing.md (the namespace), read 2026-11-22;
   *   Azure/aks-app-routing-operator, pkg/manifests/fixtures (the labels), read 2026-11-23
   */
  public fromApplicationRouting(options: ReachedPorts): IngressRule {
    return fromPeers([systemPods(APPLICATION_ROUTING)], options, 'AksTraffic.fromApplicationRouting');
  }

  /**
   * From the pods of a Gateway: of application routing with the Gateway API, or of the Istio add-on. They run in the
   * Gateway's namespace and have a label with its name.
   *
   * @param options.gateway the name of the Gateway
   * @param options.namespace the Gateway's; default: the policy's own
   * @throws NetworkPolicyError `label-value-invalid`, `namespace-invalid`, `ports-empty`, `type-mismatch`
   * @see MicrosoftDocs/azure-aks-docs, articles/aks/app-routing-nginx-to-gateway-api-migration.md, read 2026-11-22;
   *   https://istio.io/latest/docs/reference/config/labels (the label), read 2026-11-23
   */
  public fromGateway(
    options: ReachedPorts & { readonly gateway: string; readonly namespace?: string },
  ): IngressRule {
    const at = 'AksTraffic.fromGateway';
    checkOptions(options, ['gateway', 'namespace', 'ports'], at);
    const { gateway, namespace, ports } = options;
    refuseIf((problems) => isString(gateway, `${at} gateway`, problems));
    const pods = PodSelector.labels({ [GATEWAY_NAME_LABEL]: gateway });
    if (namespace === undefined) {
      return fromPeers([Peer.sameNamespace(pods)], { ports }, at);
    }
    refuseIf((problems) => checkNamespaceName(namespace, `${at} namespace`, problems));
    const namespaces = NamespaceSelector.named(namespace);
    return fromPeers([Peer.otherNamespaces({ namespaces, pods })], { ports }, at);
  }

  /**
   * From an ingress gateway of the Istio add-on: pods behind it.
   *
   * @param options.gateway which of the two
   * @throws NetworkPolicyError `value-unknown`, `ports-empty`, `type-mismatch`
   * @see MicrosoftDocs/azure-aks-docs, articles/aks/istio-deploy-ingress.md, read 2026-11-22
   */
  public fromIstioIngress(
    options: ReachedPorts & { readonly gateway: keyof typeof ISTIO_INGRESS_GATEWAYS },
  ): IngressRule {
    const at = 'AksTraffic.fromIstioIngress';
    checkOptions(options, ['gateway', 'ports'], at);
    const { gateway, ports } = options;
    if (!Object.hasOwn(ISTIO_INGRESS_GATEWAYS, gateway)) {
      throw new NetworkPolicyError({
        code: 'value-unknown',
        at: `${at} gateway`,
        got: show(gateway),
        problem: 'the add-on has no such ingress gateway',
        fix: `write ${Object.keys(ISTIO_INGRESS_GATEWAYS).join(' or ')}`,
      });
    }
    return fromPeers([systemPods(ISTIO_INGRESS_GATEWAYS[gateway])], { ports }, at);
  }

  /**
   * From Azure Monitor's managed Prometheus: pods that it scrapes. Its agents on nodes only scrape their node.
   *
   * @throws NetworkPolicyError `ports-empty`, `type-mismatch`
   * @see Azure/prometheus-collector, otelcollector/deploy/addon-chart/azure-monitor-metrics-addon, read 2026-11-23
   */
  public fromMetricsScraper(options: ReachedPorts): IngressRule {
    return fromPeers([systemPods(METRICS_SCRAPERS)], options, 'AksTraffic.fromMetricsScraper');
  }

  /**
   * From the API server: pods that serve admission or conversion webhooks, or an aggregated API. Its traffic comes through
   * the agents of its tunnel, which are pods in kube-system with Azure CNI and have the addresses of their nodes on
   * kubenet. With VNet integration it comes from the API server's subnet, and with Azure CNI overlay perhaps through the
   * tunnel as well, so both are allowed. All of this is from documentation; it was not tried on a cluster.
   *
   * @param options.apiServerSubnets the subnets of an API server with VNet integration; default: none, it has the
   *   tunnel
   * @throws NetworkPolicyError `profile-field-missing` (`networkPlugin`; on kubenet `nodeCidrs`; with subnets
   *   `networkPluginMode`), `webhook-callers-unknown` where the cluster brings its own CNI, `addresses-missing`,
   *   `ipv6-not-for-engine`, `ports-empty`, `type-mismatch`, and what `Peer.ipBlock` is refused for
   * @see MicrosoftDocs/azure-aks-docs, articles/aks/configure-kubenet.md, api-server-vnet-integration.md and
   *   plan-control-plane-networking.md, read 2026-11-22; MicrosoftDocs/SupportArticles-docs,
   *   troubleshoot-connection-pods-services-same-cluster.md (the agents' label), read 2026-11-23
   */
  public fromWebhookCallers(
    options: ReachedPorts & { readonly apiServerSubnets?: readonly string[] },
  ): IngressRule {
    const at = 'AksTraffic.fromWebhookCallers';
    checkOptions(options, ['apiServerSubnets', 'ports'], at);
    const { apiServerSubnets, ports } = options;
    return fromPeers(webhookCallers(this.profile, apiServerSubnets, at), { ports }, at);
  }
}

function fromPeers(from: readonly Peer[], options: ReachedPorts, at: string): IngressRule {
  checkOptions(options, ['ports'], at);
  const { ports } = options;
  // In a rule, missing ports mean every port, which nobody needs here.
  checkList(ports, `${at} ports`);
  listedPorts(ports, `${at} ports`);
  return IngressRule.allow({ from, ports });
}
