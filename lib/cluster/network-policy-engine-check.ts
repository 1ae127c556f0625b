import { DataAzurermKubernetesCluster } from '@cdktf/provider-azurerm/lib/data-azurerm-kubernetes-cluster';
import { TerraformElement, TerraformOutput, type TerraformProvider, TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import { ENGINE_NAMES, MANAGED_ENGINES } from '../aks/engines';
import { defined } from '../model/defined';
import type { EngineName } from '../model/engine-profile';
import { inside, type Place, placeOf } from '../model/place';
import { isList, NetworkPolicyError, refuseIf, show } from '../model/problem';
import { effectiveEngine, engineAssertions, profileExpression, supportAssertions } from './engine-assertions';
import { type Assertion, interpolate, interpolated } from './hcl';
import { requireAzurerm } from './provider-version';

/** Ten years. */
const MOST_NOTICE = 3650;

export interface NetworkPolicyEngineCheckProps {
  readonly clusterName: string;
  readonly resourceGroupName: string;
  /**
   * The accepted engines. ARM shows `none` for `byo-calico` and `byo-cilium`, so accepting one of these means that it is
   * installed.
   *
   * @default azure, calico and cilium
   */
  readonly accept?: readonly Exclude<EngineName, 'none'>[];
  /**
   * What happens to a plan if the cluster has no accepted engine: `fail` stops it, `warn` only warns.
   *
   * @default fail
   */
  readonly onMissing?: 'fail' | 'warn';
  /**
   * From how many days before the end of support of a part of the cluster a plan warns: 0 to 3650.
   *
   * @default 180
   */
  readonly supportNoticeDays?: number;
  /**
   * The releases of the azurerm provider, such as `~> 4.60`.
   *
   * @default 4.x from 4.59.0 on
   */
  readonly providerVersion?: string;
  /** The provider to use, if the stack has several. */
  readonly provider?: TerraformProvider;
}

/**
 * Reads a cluster and stops the plan if it has no network policy engine: such a cluster accepts network policies and
 * enforces none of them. It also warns if support of the engine or the plugin has ended or ends soon.
 *
 * Writes the outputs `network_policy_engine` and `network_policy_profile`. The profile contains no secrets, and
 * `AksClusterProfile.fromJson` reads it. For a second check in a stack, the names begin with its id.
 */
export class NetworkPolicyEngineCheck extends Construct {
  /** The data source of the cluster. */
  public readonly cluster: DataAzurermKubernetesCluster;
  /** The engine, as an expression: `azure`, `calico`, `cilium`, an accepted engine of your own, or `none`. */
  public readonly engine: string;
  /** The conditions on the cluster, for resources that depend on it. */
  public readonly assertions: readonly Assertion[];

  /** @throws NetworkPolicyError `engines-missing`, `value-unknown`, `type-mismatch`, `provider-version-conflict` */
  public constructor(scope: Construct, id: string, props: NetworkPolicyEngineCheckProps) {
    super(scope, id);
    const { clusterName, resourceGroupName, accept = MANAGED_ENGINES, onMissing = 'fail' } = props;
    const { supportNoticeDays = 180 } = props;
    refuseIf((problems) => isList(accept, inside(this.node.path, 'accept'), problems));
    checkAccepted(accept, placeOf(this.node.path, 'accept'));
    if (onMissing !== 'fail' && onMissing !== 'warn') {
      throw unknownValue(`${this.node.path}.onMissing`, onMissing, 'write fail or warn');
    }
    if (!Number.isInteger(supportNoticeDays) || supportNoticeDays < 0 || supportNoticeDays > MOST_NOTICE) {
      const fix = `write a whole number of days from 0 to ${MOST_NOTICE}`;
      throw unknownValue(`${this.node.path}.supportNoticeDays`, supportNoticeDays, fix);
    }
    const stack = TerraformStack.of(this);
    requireAzurerm(stack, props.providerVersion);

    const assertionsOf = (address: string) => engineAssertions(address, props, accept);
    this.cluster = new DataAzurermKubernetesCluster(this, 'cluster', {
      name: clusterName,
      resourceGroupName,
      ...defined({ provider: props.provider }),
      ...(onMissing === 'fail'
        ? { lifecycle: { postcondition: assertionsOf('self').map(interpolated) } }
        : {}),
    });
    const address = `data.${this.cluster.terraformResourceType}.${this.cluster.friendlyUniqueId}`;
    this.assertions = assertionsOf(address);
    this.engine = interpolate(effectiveEngine(address, accept));

    if (onMissing === 'warn') {
      this.addCheck(stack, 'engine', this.assertions);
    }
    for (const { name, ...assertion } of supportAssertions(address, props, supportNoticeDays)) {
      this.addCheck(stack, name, [assertion]);
    }
    this.addOutput(stack, 'network_policy_engine', this.engine);
    this.addOutput(stack, 'network_policy_profile', interpolate(profileExpression(address, accept)));
  }

  /** Uses an override, because the bindings have no class for a `check` block. */
  private addCheck(stack: TerraformStack, name: string, assertions: readonly Assertion[]): void {
    const block = new CheckName(this, name).friendlyUniqueId;
    stack.addOverride(`check.${block}`, {
      assert: assertions.map(({ condition, errorMessage }) => ({
        condition: interpolate(condition),
        error_message: errorMessage,
      })),
    });
  }

  /** Outputs belong to the stack itself, so that their names are not changed. */
  private addOutput(stack: TerraformStack, name: string, value: string): void {
    const taken = stack.node.tryFindChild(name) !== undefined;
    new TerraformOutput(stack, taken ? `${this.node.id}_${name}` : name, { value });
  }
}

function unknownValue(at: string, got: unknown, fix: string): NetworkPolicyError {
  return new NetworkPolicyError({
    code: 'value-unknown',
    at,
    got: show(got),
    problem: 'there is no such value',
    fix,
  });
}

/** An element that writes nothing; its unique name is used for a `check` block. */
class CheckName extends TerraformElement {}

function checkAccepted(accept: readonly string[], at: Place): void {
  const offered = ENGINE_NAMES.filter((engine) => engine !== 'none');
  if (accept.length === 0) {
    throw new NetworkPolicyError({
      code: 'engines-missing',
      at,
      got: show(accept),
      problem: 'a check that accepts no engine fails for every cluster',
      fix: `name one or more of ${offered.join(', ')}`,
    });
  }
  for (const engine of accept) {
    if (!(offered as readonly string[]).includes(engine)) {
      throw new NetworkPolicyError({
        code: 'value-unknown',
        at,
        got: show(engine),
        problem:
          engine === 'none' ? 'a cluster without an engine enforces nothing' : 'there is no such engine',
        fix:
          engine === 'none'
            ? 'write onMissing: warn for a plan that continues nevertheless'
            : `name one or more of ${offered.join(', ')}`,
      });
    }
  }
}
