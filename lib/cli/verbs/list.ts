import type { PolicyEntry } from '../../model/cluster';
import { defined } from '../../model/defined';
import type { LabelSelectorRequirement } from '../../model/label-selector';
import { meets } from '../../model/selector-match';
import { readSelector } from '../../model/selector-text';
import { PolicyFacts } from '../../reachability/answers/policy-facts';
import { Reachability } from '../../reachability/reachability';
import { policyListing, policyRows } from '../../render/policy-listing';
import type { ListOptions } from '../commands/list';
import { EXIT_CODE } from '../exit-code';
import { KINDS_OF_SELECTION } from '../live/live-cluster';
import { checkNamespace } from '../namespace';
import { namesFiles } from '../options/source';
import { printListing } from '../print-listing';
import { clusterMeant, readingFor, readSource } from '../read-source';
import type { Terminal } from '../terminal';

export async function run(terminal: Terminal, paths: readonly string[], options: ListOptions): Promise<void> {
  const selector = readSelector(options.selector ?? '', '--selector');
  const { namespace, format } = options;
  const isCluster = !namesFiles(paths, options);
  checkNamespace(namespace);
  const kubectl = clusterMeant({ ...options, cluster: isCluster }, terminal);
  const { cluster, problems } = await readSource(paths, kubectl, terminal, {
    ...readingFor({}, options),
    // A policy selects no pod of another namespace.
    scope: { kinds: KINDS_OF_SELECTION, ...defined({ namespace }) },
  });
  const wanted = cluster.policies.filter((policy) => isWanted(policy, options, selector));
  const facts = new PolicyFacts(Reachability.of(cluster, { knownOnly: isCluster }).judged);
  const knownOnly = isCluster && options.possible !== true;
  await printListing(
    terminal,
    format,
    policyListing(policyRows(wanted, facts), { now: Date.now(), knownOnly }),
  );
  terminal.exitCode = problems.length === 0 ? EXIT_CODE.yes : EXIT_CODE.cannotJudge;
}

function isWanted(
  { namespace, name, written }: PolicyEntry,
  options: ListOptions,
  selector: readonly LabelSelectorRequirement[],
): boolean {
  const labels = written.metadata.labels ?? {};
  return (
    (options.namespace === undefined || namespace === options.namespace) &&
    (options.name === undefined || name.includes(options.name)) &&
    selector.every((requirement) => meets(requirement, labels[requirement.key]))
  );
}
