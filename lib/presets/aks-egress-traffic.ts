import type { AksClusterProfile } from '../aks/cluster-profile';
import { IMDS, WIRESERVER } from '../aks/fixed-addresses';
import { ISTIOD } from '../aks/system-pods';
import { EgressRule } from '../policy/egress-rule';
import { checkOptions } from '../policy/options';
import { Peer } from '../policy/peer';
import { Port, type PortLike } from '../policy/port';
import { askingNames, toCoreDns, toDns, toNodeLocalDns } from './dns-traffic';
import { type AzureServiceTraffic, toHosts } from './host-traffic';
import { fixedAddresses, known, systemPods } from './traffic-rules';
import { anywhereButImds, outsideCluster } from './wide-traffic';

const API_SERVER_PORT = 443;

/** The traffic that pods may need to the cluster and to Azure. Use it through `AksTraffic.on(profile)`. */
export abstract class AksEgressTraffic {
  public constructor(
    /** The cluster that the rules are for. */
    public readonly profile: AksClusterProfile,
  ) {}

  /**
   * To the cluster's name servers, UDP and TCP 53; nearly every pod needs it. The servers are CoreDNS, and
   * LocalDNS if the profile says so. On azure, calico and on Cilium before Kubernetes 1.32, LocalDNS is a second
   * peer by its addresses; on later Cilium it is the node as well, so the rule is for a `CiliumNetworkPolicy`,
   * and an `AksNetworkPolicy` refuses it. On azure a pod's own node is open anyway; a Calico of your own must
   * allow pods to reach their node (Felix's `DefaultEndpointToHostAction`).
   *
   * @throws NetworkPolicyError `profile-field-missing` (`localDns`; with LocalDNS `engine` and, on cilium,
   *   `kubernetesVersion`)
   * @see MicrosoftDocs/azure-aks-docs, articles/aks/localdns-custom.md and azure-cni-powered-by-cilium.md, read
   *   2026-11-22; tried with calico on the same day
   */
  public toDns(): EgressRule {
    return toDns(this.profile, 'AksTraffic.toDns');
  }

  /**
   * To CoreDNS only, UDP and TCP 53: for pods that do not query LocalDNS, on any cluster.
   *
   * @see MicrosoftDocs/azure-aks-docs, articles/aks/best-practices-ml-ops.md, read 2026-11-22
   */
  public toCoreDns(): EgressRule {
    return toCoreDns();
  }

  /**
   * To a NodeLocal DNSCache that somebody installed, UDP and TCP 53; pods need it in addition to `toCoreDns`, or instead.
   * On cilium the peers are its pods, to which a local redirect policy sends the queries; elsewhere the addresses on which
   * it listens, because its pods have the network of their node.
   *
   * @param options.addresses addresses or CIDRs; as Kubernetes installs it, `169.254.20.10` and the address of the kube-dns
   *   service. Not used on cilium
   * @throws NetworkPolicyError `profile-field-missing` (`engine`), `node-local-dns-addresses-missing`,
   *   `addresses-missing`, `ipv6-not-for-engine`, and what `Peer.ipBlock` is refused for
   * @see MicrosoftDocs/azure-aks-docs, articles/aks/azure-cni-powered-by-cilium.md, read 2026-11-22;
   *   https://kubernetes.io/docs/tasks/administer-cluster/nodelocaldns/, read 2026-11-23. That the addresses match was
   *   tried on calico (with LocalDNS, which works alike); the engine azure never filters a pod's own node
   */
  public toNodeLocalDns(options: { readonly addresses?: readonly string[] } = {}): EgressRule {
    const at = 'AksTraffic.toNodeLocalDns';
    checkOptions(options, ['addresses'], at);
    return toNodeLocalDns(this.profile, options.addresses, at);
  }

  /**
   * To name servers of your own, UDP and TCP 53. Only pods that query them directly need it, such as those with
   * `dnsPolicy: Default`; for all others CoreDNS does.
   *
   * @param options.addresses addresses or CIDRs, one or more
   * @throws NetworkPolicyError `addresses-missing`, `ipv6-not-for-engine`, and what `Peer.ipBlock` is refused for
   * @see MicrosoftDocs/azure-aks-docs, articles/aks/outbound-rules-control-egress.md, read 2026-11-22
   */
  public toCustomDns(options: { readonly addresses: readonly string[] }): EgressRule {
    const at = 'AksTraffic.toCustomDns';
    checkOptions(options, ['addresses'], at);
    return askingNames([fixedAddresses(options.addresses, this.profile, `${at} addresses`)]);
  }

  /**
   * To Azure's name server, 168.63.129.16 on UDP and TCP 53. Only pods with `dnsPolicy: Default` need it, in a virtual
   * network without name servers of its own. The other ports of the address, 80 and 32526, are for the VM agents on the
   * nodes; no pod needs them, so they stay closed.
   *
   * @see learn.microsoft.com, what-is-ip-address-168-63-129-16, read 2026-11-22
   */
  public toWireserver(): EgressRule {
    return askingNames([Peer.fixedAddresses([WIRESERVER.cidr], 'AksTraffic.toWireserver')]);
  }

  /**
   * To the API server, TCP 443: for operators, and pods that use the token of their service account. `apiServerAddresses`
   * of the profile are the public address, that of the private endpoint, or with VNet integration that of the internal load
   * balancer. The address of the `kubernetes` service never matches, because it is translated first. A public address may
   * change in announced maintenance.
   *
   * @throws NetworkPolicyError `profile-field-missing` (`apiServerAddresses`), `addresses-missing`,
   *   `ipv6-not-for-engine`
   * @see MicrosoftDocs/azure-aks-docs, articles/aks/outbound-rules-control-egress.md, private-clusters.md and
   *   api-server-vnet-integration.md, read 2026-11-22
   */
  public toApiServer(): EgressRule {
    const at = 'AksTraffic.toApiServer';
    const addresses = known(
      this.profile,
      'apiServerAddresses',
      at,
      'where the API server answers',
      'resolve the name that az aks show --query "[fqdn, privateFqdn]" shows, and write apiServerAddresses in the profile',
    );
    const peer = fixedAddresses(addresses, this.profile, `${at} profile.apiServerAddresses`);
    return EgressRule.allow({ to: [peer], ports: [Port.tcp(API_SERVER_PORT)] });
  }

  /**
   * To Entra ID (such as `login.microsoftonline.com`), TCP 443: pods with workload identity exchange their tokens there.
   *
   * Where the profile says that policies can name hosts (Cilium, on AKS with `acns` of FQDN or L7, and the
   * cloud), the rule names them and is for a `CiliumNetworkPolicy` with this profile; an `AksNetworkPolicy`
   * refuses it.
   *
   * @throws NetworkPolicyError `host-names-not-expressible` without addresses elsewhere, which says what can name the hosts;
   *   `profile-field-missing`, `addresses-missing`, `ipv6-not-for-engine`
   * @see MicrosoftDocs/azure-aks-docs, articles/aks/outbound-rules-control-egress.md, read 2026-11-22
   */
  public toEntraId(options: AzureServiceTraffic = {}): EgressRule {
    return toHosts('entra-id', this.profile, options, 'AksTraffic.toEntraId');
  }

  /**
   * To Azure Resource Manager, TCP 443: pods that manage Azure need it, such as external-dns and autoscalers.
   *
   * @throws NetworkPolicyError as {@link toEntraId}
   * @see MicrosoftDocs/azure-aks-docs, articles/aks/outbound-rules-control-egress.md, read 2026-11-22
   */
  public toResourceManager(options: AzureServiceTraffic = {}): EgressRule {
    return toHosts('resource-manager', this.profile, options, 'AksTraffic.toResourceManager');
  }

  /**
   * To Key Vault, TCP 443: pods that read it with the SDK. The Secrets Store CSI driver uses pods of its own in
   * kube-system. The page on outbound rules has no hosts for China.
   *
   * @throws NetworkPolicyError as {@link toEntraId}
   * @see MicrosoftDocs/azure-aks-docs, articles/aks/outbound-rules-control-egress.md, read 2026-11-22
   */
  public toKeyVault(options: AzureServiceTraffic = {}): EgressRule {
    return toHosts('key-vault', this.profile, options, 'AksTraffic.toKeyVault');
  }

  /**
   * To a container registry, TCP 443: pods that pull or push images themselves, such as builds. The images of pods are
   * pulled by the node, whatever policies say. The hosts are those of Microsoft's registry; for one of your own
   * write `Peer.hostName('NAME.azurecr.io')` and `Peer.hostName('*.blob.core.windows.net')`.
   *
   * @throws NetworkPolicyError as {@link toEntraId}
   * @see MicrosoftDocs/azure-aks-docs, articles/aks/outbound-rules-control-egress.md, read 2026-11-22
   */
  public toContainerRegistry(options: AzureServiceTraffic = {}): EgressRule {
    return toHosts('container-registry', this.profile, options, 'AksTraffic.toContainerRegistry');
  }

  /**
   * To Azure Monitor, TCP 443: pods that Application Insights instruments. The agents for logs and Prometheus are AKS's own
   * pods in kube-system.
   *
   * @throws NetworkPolicyError as {@link toEntraId}
   * @see MicrosoftDocs/azure-aks-docs, articles/aks/outbound-rules-control-egress.md, read 2026-11-22
   */
  public toMonitor(options: AzureServiceTraffic = {}): EgressRule {
    return toHosts('monitor', this.profile, options, 'AksTraffic.toMonitor');
  }

  /**
   * To the instance metadata service, 169.254.169.254 on TCP 80: pods that use a managed identity of their node.
   * With workload identity they need `toEntraId` instead. The retired pod identity redirects the address on the node, so
   * this rule does not suffice for it (Azure/aad-pod-identity#1195).
   *
   * @see MicrosoftDocs/azure-aks-docs, articles/aks/imds-restriction.md, read 2026-11-22
   */
  public toImds(): EgressRule {
    const to = [Peer.fixedAddresses([IMDS.cidr], 'AksTraffic.toImds')];
    return EgressRule.allow({ to, ports: [Port.tcp(IMDS.port)] });
  }

  /**
   * To every IPv4 address and every pod, on every port, except the instance metadata service: for a namespace that stays
   * open and whose pods must not get credentials of their node. On azure and calico the IP block matches pods and nodes; on
   * cilium it never does, so pods are a second peer, and nodes stay closed. A NetworkPolicy does not apply to pods with the
   * network of their node; AKS's own IMDS restriction (preview) does.
   *
   * @see MicrosoftDocs/azure-aks-docs, articles/aks/operator-best-practices-cluster-security.md and
   *   azure-cni-powered-by-cilium.md, read 2026-11-22; Azure NPM failed to deny IMDS in 2020 (azure-docs#63362), and it was
   *   not tried since
   */
  public toAnywhereExceptImds(): EgressRule {
    return EgressRule.allow({ to: anywhereButImds() });
  }

  /**
   * To every IPv4 address outside the cluster, without pods, nodes, link-local addresses (such as IMDS and LocalDNS) and
   * the wireserver. On cilium an IP block never matches pods and nodes; elsewhere it does, so the profile must give their
   * ranges.
   *
   * @param options.ports default: every port of every protocol
   * @throws NetworkPolicyError `profile-field-missing` (`podCidrs`, `nodeCidrs`), `ports-empty`
   * @see MicrosoftDocs/azure-aks-docs, articles/aks/azure-cni-powered-by-cilium.md, read 2026-11-22; tried with azure and
   *   calico on the same day
   */
  public toOutsideCluster(options: { readonly ports?: readonly PortLike[] } = {}): EgressRule {
    const at = 'AksTraffic.toOutsideCluster';
    checkOptions(options, ['ports'], at);
    return EgressRule.allow({ ...options, to: [outsideCluster(this.profile, at)] });
  }

  /**
   * To the control plane of the Istio add-on, TCP 15012: every pod with a sidecar. The port is Istio's own; AKS's pages do
   * not name it.
   *
   * @see istio/istio, manifests/charts/istio-control/istio-discovery/templates/service.yaml, read 2026-11-23;
   *   MicrosoftDocs/azure-aks-docs, articles/aks/istio-deploy-ingress.md (the namespace), read 2026-11-22
   */
  public toIstiod(): EgressRule {
    return EgressRule.allow({ to: [systemPods(ISTIOD)], ports: [Port.tcp(ISTIOD.port)] });
  }
}
