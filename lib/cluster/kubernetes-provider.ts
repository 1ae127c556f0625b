import { TerraformProvider } from 'cdktf';
import type { Construct } from 'constructs';
import { interpolate } from './hcl';
import type { NetworkPolicyEngineCheck } from './network-policy-engine-check';

/** The application ID for which Entra issues tokens for AKS clusters. */
const AKS_SERVER_APPLICATION = '6dae42f8-4368-4678-94ff-3960e28e3630';

export interface KubernetesProviderProps {
  /**
   * The provider's own arguments, such as `{ config_path: '~/.kube/config' }`.
   *
   * @see https://registry.terraform.io/providers/hashicorp/kubernetes/latest/docs
   */
  readonly config?: Readonly<Record<string, unknown>>;
  /** @default ~> 2.38 */
  readonly version?: string;
}

/** The kubernetes provider, with only what `PolicyManifests` needs: the complete bindings are much larger. */
export class KubernetesProvider extends TerraformProvider {
  readonly #config: Readonly<Record<string, unknown>>;

  public constructor(scope: Construct, id: string, props: KubernetesProviderProps = {}) {
    super(scope, id, {
      terraformResourceType: 'kubernetes',
      terraformProviderSource: 'hashicorp/kubernetes',
      terraformGeneratorMetadata: {
        providerName: 'kubernetes',
        providerVersionConstraint: props.version ?? '~> 2.38',
      },
    });
    this.#config = props.config ?? {};
  }

  /**
   * The provider for the cluster that a check has read.
   *
   * @param login `certificate`: the local account of the cluster; `kubelogin`: the Entra identity of the person who runs
   *   Terraform, through the program kubelogin
   */
  public static forCluster(
    scope: Construct,
    id: string,
    check: NetworkPolicyEngineCheck,
    login: 'certificate' | 'kubelogin' = 'certificate',
  ): KubernetesProvider {
    const access = `data.azurerm_kubernetes_cluster.${check.cluster.friendlyUniqueId}.kube_config[0]`;
    const decoded = (field: string) => interpolate(`base64decode(${access}.${field})`);
    return new KubernetesProvider(scope, id, {
      config: {
        host: interpolate(`${access}.host`),
        cluster_ca_certificate: decoded('cluster_ca_certificate'),
        ...(login === 'certificate'
          ? { client_certificate: decoded('client_certificate'), client_key: decoded('client_key') }
          : {
              exec: {
                api_version: 'client.authentication.k8s.io/v1beta1',
                command: 'kubelogin',
                args: ['get-token', '--login', 'azurecli', '--server-id', AKS_SERVER_APPLICATION],
              },
            }),
      },
    });
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    return { ...this.#config };
  }
}
