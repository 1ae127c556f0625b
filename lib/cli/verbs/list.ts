import type { ReadManifests } from '../../manifests/read-manifests';
import { defined } from '../../model/defined';
import { isBlankSelector, type LabelSelectorRequirement } from '../../model/label-selector';
import { POLICY_KIND_NAMES } from '../../model/policy-kinds';
import { meets } from '../../model/selector-match';
import { readSelector } from '../../model/selector-text';
import { type ManagedPolicy, managedPoliciesIn, rulesSaidBy } from '../../plan/any-policy';
import { PolicyFacts } from '../../reachability/answers/policy-facts';
import { Reachability } from '../../reachability/reachability';
import { policyListing, policyRows } from '../../render/policy-listing';
import type { ListOptions } from '../commands/list';
import { EXIT_CODE } from '../exit-code';
import { KINDS_OF_SELECTION, readLiveCluster } from '../live/live-cluster';
import { checkNamespace } from '../namespace';
import { namesFiles } from '../options/source';
import { printListing } from '../print-listing';
import { clusterMeant, complainOf, readingFor, readQuietly } from '../read-source';
import type { Terminal } from '../terminal';

export async function run(terminal: Terminal, paths: readonly string[], options: ListOptions): Promise<void> {
  const selector = readSelector(options.selector ?? '', '--selector');
  const { namespace, format } = options;
  const isCluster = !namesFiles(paths, options);
  checkNamespace(namespace);
  const kubectl = clusterMeant({ ...options, cluster: isCluster }, terminal);
  const reading = {
    ...readingFor({}, options),
    // A policy of a namespace selects no pod of another.
    scope: { kinds: KINDS_OF_SELECTION, ...defined({ namespace }) },
  };
  const policiesAlone = await readQuietly(paths, kubectl, terminal, reading);
  const read =
    kubectl !== undefined && managedPoliciesIn(policiesAlone.cluster).some(asksForNamespaces)
      ? withNamespaces(policiesAlone, await readLiveCluster(kubectl, undefined, { kinds: ['Namespace'] }))
      : policiesAlone;
  const { cluster, problems } = read;
  const others = cluster.unjudged?.filter(({ name, written }) => name === undefined || written === undefined);
  await complainOf(
    { ...read, cluster: { ...cluster, ...defined({ unjudged: others }) } },
    problems,
    terminal,
    reading,
  );
  const wanted = managedPoliciesIn(cluster).filter((policy) => isWanted(policy, options, selector));
  const facts = new PolicyFacts(Reachability.of(cluster, { knownOnly: isCluster }).judged);
  const knownOnly = isCluster && options.possible !== true;
  await printListing(
    terminal,
    options,
    policyListing(policyRows(wanted, facts), { now: Date.now(), knownOnly, isBrief: format === 'table' }),
  );
  const isHidden = others?.some(({ kind, name }) => name === undefined && POLICY_KIND_NAMES.includes(kind));
  terminal.exitCode = problems.length === 0 && isHidden !== true ? EXIT_CODE.yes : EXIT_CODE.cannotJudge;
}

function isWanted(
  { kind, namespace, name, written }: ManagedPolicy,
  options: ListOptions,
  selector: readonly LabelSelectorRequirement[],
): boolean {
  const labels = written.metadata.labels ?? {};
  return (
    (options.kind === undefined || kind === options.kind.kind) &&
    (options.namespace === undefined || namespace === options.namespace) &&
    (options.name === undefined || name.includes(options.name)) &&
    selector.every((requirement) => meets(requirement, labels[requirement.key]))
  );
}

/** Whether it takes the labels of namespaces to tell which pods a policy selects. */
function asksForNamespaces(policy: ManagedPolicy): boolean {
  return (
    rulesSaidBy(policy)?.some(
      ({ subject: { namespaces } }) => typeof namespaces !== 'string' && !isBlankSelector(namespaces),
    ) === true
  );
}

function withNamespaces(
  read: ReadManifests,
  { cluster: { namespaces }, problems }: ReadManifests,
): ReadManifests {
  const names = new Set(namespaces.map(({ name }) => name));
  const others = read.cluster.namespaces.filter(({ name }) => !names.has(name));
  return {
    ...read,
    problems: [...read.problems, ...problems],
    cluster: { ...read.cluster, namespaces: [...namespaces, ...others] },
  };
}
