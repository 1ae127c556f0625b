import type { Command } from 'commander';
import type { PolicyEntry } from '../../model/cluster';
import type { LabelSelectorRequirement } from '../../model/label-selector';
import type { Format } from '../../render/renderers';
import { EXIT_CODE } from '../exit-code';
import { countingKnown, formatOption, type KnownOptions } from '../judging-options';
import { printListing } from '../print-listing';
import { namesFiles, namingCluster, PATHS, type SourceOptions, takingPaths } from '../source-options';
import type { Terminal } from '../terminal';

interface ListOptions extends SourceOptions, Pick<KnownOptions, 'possible'> {
  readonly namespace?: string;
  readonly name?: string;
  readonly selector?: string;
  readonly format: Format;
}

const EXAMPLES = `
Examples:
  aks-netpol list
  aks-netpol list --namespace shop --selector tier=front
  aks-netpol list --format json | jq '.policies[] | select(.pods == 0)'
  aks-netpol list dist/`;

/** `list [PATH…]`: the policies of a cluster, or of manifests, in the portal's columns and some more. */
export function addList(program: Command, terminal: Terminal): void {
  takingPaths(
    namingCluster(
      countingKnown(
        program.command('list'),
        'of a cluster: none known in place of 0, because pods could be there',
      ),
    ),
  )
    .description('list network policies with the pods they select, their age and who owns them')
    .argument('[path...]', `${PATHS}; the live cluster when left out`)
    .option('-n, --namespace <name>', 'of this namespace only; in files, where objects are that name none')
    .option('--name <text>', 'whose names hold this text')
    .option('-l, --selector <labels>', 'that carry such labels themselves, as kubectl has it: app=web,tier')
    .addOption(formatOption('table', 'json', 'csv', 'markdown'))
    .addHelpText('after', EXAMPLES)
    .action(async (paths: readonly string[], options: ListOptions) => {
      const {
        clusterMeant,
        readingOfPaths: readingOf,
        readSource,
      } = require('../read-source') as typeof import('../read-source');
      const { Reachability } =
        require('../../reachability/reachability') as typeof import('../../reachability/reachability');
      const { PolicyFacts } =
        require('../../reachability/answers/policy-facts') as typeof import('../../reachability/answers/policy-facts');
      const { policyListing, policyRows } =
        require('../../render/policy-listing') as typeof import('../../render/policy-listing');
      const { readSelector } =
        require('../../model/selector-text') as typeof import('../../model/selector-text');
      const { KINDS_OF_SELECTION } = require('../live/live-cluster') as typeof import('../live/live-cluster');
      const { checkNamespace } = require('../namespace') as typeof import('../namespace');
      const selector = readSelector(options.selector ?? '', '--selector');
      const { namespace, format } = options;
      const isCluster = !namesFiles(paths, options);
      checkNamespace(namespace);
      const { cluster, problems } = await readSource(
        paths,
        clusterMeant({ ...options, cluster: isCluster }, terminal),
        terminal,
        // A policy selects no pod of another namespace.
        {
          ...readingOf(options),
          ...(namespace === undefined
            ? { scope: { kinds: KINDS_OF_SELECTION } }
            : { scope: { kinds: KINDS_OF_SELECTION, namespace }, defaultNamespace: namespace }),
        },
      );
      const wanted = cluster.policies.filter((policy) => isWanted(policy, options, selector));
      const facts = new PolicyFacts(Reachability.of(cluster, { knownOnly: isCluster }).judged);
      const knownOnly = isCluster && options.possible !== true;
      await printListing(
        terminal,
        format,
        policyListing(policyRows(wanted, facts), { now: Date.now(), knownOnly }),
      );
      terminal.exitCode = problems.length === 0 ? EXIT_CODE.yes : EXIT_CODE.cannotJudge;
    });
}

function isWanted(
  { namespace, name, written }: PolicyEntry,
  options: ListOptions,
  selector: readonly LabelSelectorRequirement[],
): boolean {
  const { meets } = require('../../model/selector-match') as typeof import('../../model/selector-match');
  const labels = written.metadata.labels ?? {};
  return (
    (options.namespace === undefined || namespace === options.namespace) &&
    (options.name === undefined || name.includes(options.name)) &&
    selector.every((requirement) => meets(requirement, labels[requirement.key]))
  );
}
