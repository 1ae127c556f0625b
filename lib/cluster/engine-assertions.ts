import { ENGINE_CHANGE_COST, ENGINE_STARTS, startCommand } from '../aks/engine-changes';
import { ENGINES, isManagedEngine, type ManagedEngine } from '../aks/engines';
import { describeEnd } from '../aks/judgements';
import { ENDS_OF_SUPPORT } from '../aks/support-dates';
import { dayAfter } from '../model/day';
import type { EngineName } from '../model/engine-profile';
import { type Assertion, hclLiteral, interpolate } from './hcl';

// The conditions on a cluster that Terraform reads, as text. This file knows Terraform's language and AKS but no bindings,
// so that other bindings can use it.

export interface ClusterName {
  readonly clusterName: string;
  readonly resourceGroupName: string;
}

/** The engines to suggest for a cluster without one, the best first. */
const OFFERED: readonly ManagedEngine[] = ['cilium', 'calico', 'azure'];

/**
 * The engine that ARM shows, as an expression: `none` if the provider reads null, "" or "none".
 *
 * @param cluster the address of the data source, or `self` inside it
 */
function shownEngine(cluster: string): string {
  return `coalesce(try(${cluster}.network_profile[0].network_policy, null), "none")`;
}

/** The engine that counts: the one that ARM shows, or the accepted one of your own, for which ARM shows `none`. */
export function effectiveEngine(cluster: string, accept: readonly EngineName[]): string {
  const [own] = accept.filter((engine) => !isManagedEngine(engine));
  return own === undefined
    ? shownEngine(cluster)
    : `(${shownEngine(cluster)} == "none" && ${canRunOwn(cluster, accept)} ? ${hclLiteral(own)} : ${shownEngine(cluster)})`;
}

/** The cluster must have an accepted engine. */
export function engineAssertions(
  cluster: string,
  name: ClusterName,
  accept: readonly EngineName[],
): readonly Assertion[] {
  const engine = effectiveEngine(cluster, accept);
  return [
    { condition: `${engine} != "none"`, errorMessage: missingEngine(name, accept) },
    {
      condition: `contains(${hclLiteral(['none', ...accept])}, ${engine})`,
      errorMessage: `${describeCluster(name)} runs the network policy engine \${${engine}}, and only ${accept.join(', ')} ${
        accept.length === 1 ? 'is' : 'are'
      } accepted here: policies can mean something else on another engine. Accept it, or change the cluster's engine (${ENGINE_CHANGE_COST}).`,
    },
  ];
}

/** The message for a cluster without an engine: what happens to policies, and how to turn an engine on. */
function missingEngine(name: ClusterName, accept: readonly EngineName[]): string {
  const problem = `${describeCluster(name)} has no network policy engine: it stores network policies and enforces none of them, so every pod stays open to every other.`;
  const [best, ...others] = OFFERED.filter((engine) => accept.includes(engine));
  if (best === undefined) {
    const own = accept.map((engine) => ENGINES[engine].label).join(' or ');
    return `${problem} ${own} cannot run on its network plugin; make a cluster with the network plugin none.`;
  }
  const alternatives = others
    .filter((engine) => engine !== 'azure')
    .map((engine) => `, or with ${ENGINE_STARTS[engine].options} (needs ${ENGINE_STARTS[engine].needs})`);
  const command = startCommand(best, name.resourceGroupName, name.clusterName);
  return `${problem} Turn one on with: ${command} (needs ${ENGINE_STARTS[best].needs})${alternatives.join('')}; ${ENGINE_CHANGE_COST}.`;
}

/** A warning with the name of its `check` block. */
export interface NamedAssertion extends Assertion {
  readonly name: string;
}

/** Warnings for parts of the cluster whose support has ended or ends soon. */
export function supportAssertions(
  cluster: string,
  name: ClusterName,
  noticeDays: number,
): readonly NamedAssertion[] {
  return ENDS_OF_SUPPORT.map((part) => {
    const has =
      part.networkPlugin === undefined
        ? `${shownEngine(cluster)} == ${hclLiteral(part.engine)}`
        : `try(${cluster}.network_profile[0].network_plugin, null) == ${hclLiteral(part.networkPlugin)}`;
    const onPools = part.windows === true ? ` && length(${windowsPools(cluster)}) > 0` : '';
    const day = `${dayAfter(part.ends, -noticeDays)}T00:00:00Z`;
    const endsOrEnded = `timecmp(plantimestamp(), ${hclLiteral(`${dayAfter(part.ends, 1)}T00:00:00Z`)}) >= 0 ? "ended" : "ends"`;
    return {
      name: [
        part.engine ?? part.networkPlugin,
        ...(part.windows === true ? ['windows'] : []),
        'support',
      ].join('_'),
      condition: `!(${has}${onPools} && timecmp(plantimestamp(), ${hclLiteral(day)}) >= 0)`,
      errorMessage: `${describeCluster(name)}: ${describeEnd(part, interpolate(endsOrEnded))}.`,
    };
  });
}

/** The profile of the cluster, as an object that `AksClusterProfile.fromJson` reads; null means not known. */
export function profileExpression(cluster: string, accept: readonly EngineName[]): string {
  const network = `${cluster}.network_profile[0]`;
  const range = (field: string) =>
    `try(length(${network}.${field}) > 0 ? [${network}.${field}] : null, null)`;
  const engine = effectiveEngine(cluster, accept);
  return `{ ${[
    // If a cluster brings its own CNI, ARM's value says nothing.
    `engine = ${engine} == "none" && try(${network}.network_plugin, null) == "none" ? null : ${engine}`,
    `networkPlugin = try(${network}.network_plugin, null)`,
    `kubernetesVersion = try(${cluster}.kubernetes_version, null)`,
    `windowsNodePools = ${windowsPools(cluster)}`,
    `podCidrs = ${range('pod_cidr')}`,
    `serviceCidrs = ${range('service_cidr')}`,
  ].join(', ')} }`;
}

function describeCluster({ clusterName, resourceGroupName }: ClusterName): string {
  return `The cluster ${clusterName} (resource group ${resourceGroupName})`;
}

/** The condition for applying policies: the cluster enforces them. */
export function policyGate(condition: string, policies: number, objects: number, reason: string): Assertion {
  const what = policies === 1 ? '1 network policy is' : `${policies} network policies are`;
  const others = objects - policies;
  const rest = others === 0 ? '' : `, and ${others} other object${others === 1 ? '' : 's'} with them`;
  return { condition, errorMessage: `${what} refused${rest}: ${reason}` };
}

function canRunOwn(cluster: string, accept: readonly EngineName[]): string {
  const plugins = accept
    .filter((engine) => !isManagedEngine(engine))
    .flatMap((engine) => ENGINES[engine].networkPlugins);
  return `contains(${hclLiteral([...new Set(plugins)])}, try(${cluster}.network_profile[0].network_plugin, ""))`;
}

function windowsPools(cluster: string): string {
  return `[for pool in ${cluster}.agent_pool_profile : pool.name if pool.os_type == "Windows"]`;
}
