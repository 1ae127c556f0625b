import type { Command } from 'commander';
import type { Cluster, NetworkPolicyEntry } from '../../model/cluster';
import { NetworkPolicyError } from '../../model/problem';
import { EXIT_CODE } from '../exit-code';
import { formatOption, type JudgingOptions, judging } from '../judging-options';
import { namesFiles, namingCluster, PATHS, type SourceOptions, takingPaths } from '../source-options';
import { print, type Terminal, tell } from '../terminal';

interface ShowOptions extends SourceOptions, JudgingOptions {
  readonly namespace?: string;
  readonly format: 'text' | 'json' | 'yaml';
}

const EXAMPLES = `
Examples:
  aks-netpol show db-ingress --namespace shop
  aks-netpol show db-ingress -n shop --format yaml > db-ingress.yaml
  aks-netpol show db-ingress -n shop --engine cilium dist/`;

/** `show NAME [PATH…]`: one policy in sentences, whom it selects and means today, and what was found about it. */
export function addShow(program: Command, terminal: Terminal): void {
  takingPaths(judging(namingCluster(program.command('show'))))
    .description('tell what a network policy says, whom it means today and what was found about it')
    .argument('<name>', 'NAME, in the namespace of --namespace, or NAMESPACE/NAME')
    .argument('[path...]', `${PATHS}; the live cluster when left out`)
    .option(
      '-n, --namespace <name>',
      "where it is sought; in files, where objects are that name none; the context's, or default for files, when left out",
    )
    .addOption(formatOption('text', 'json', 'yaml'))
    .addHelpText('after', EXAMPLES)
    .action(async (text: string, paths: readonly string[], options: ShowOptions) => {
      const { clusterMeant, readingFor, readSource } =
        require('../read-source') as typeof import('../read-source');
      const { namespaceOf, policyNamed } = require('../namespace') as typeof import('../namespace');
      const { readProfile } = require('../../aks/read-profile') as typeof import('../../aks/read-profile');
      const { Reachability } =
        require('../../reachability/reachability') as typeof import('../../reachability/reachability');
      const { lint } = require('../../lint/lint-cluster') as typeof import('../../lint/lint-cluster');
      const { portraitOf } =
        require('../../render/policy-portrait') as typeof import('../../render/policy-portrait');
      const { PORTRAIT_RENDERERS } =
        require('../../render/portrait-renderers') as typeof import('../../render/portrait-renderers');
      const profile = readProfile(options);
      const kubectl = clusterMeant({ ...options, cluster: !namesFiles(paths, options) }, terminal);
      const { namespace, name } = policyNamed(text, await namespaceOf(options.namespace, kubectl));
      const { cluster, problems } = await readSource(paths, kubectl, terminal, {
        ...readingFor(profile, options),
        scope: { orIn: [namespace] },
      });
      const policy = find(cluster, name, namespace);
      const reachability = Reachability.of(cluster, { profile });
      const { findings } = lint(cluster, { profile, reachability });
      const portrait = portraitOf(policy, reachability.judged, findings);
      const answer = PORTRAIT_RENDERERS[options.format](portrait);
      await (options.format === 'text' ? tell(terminal, answer) : print(terminal.stdout, answer));
      terminal.exitCode = problems.length === 0 ? EXIT_CODE.yes : EXIT_CODE.cannotJudge;
    });
}

function find(cluster: Cluster, name: string, namespace: string): NetworkPolicyEntry {
  const { networkPoliciesIn } =
    require('../../model/network-policy-entry') as typeof import('../../model/network-policy-entry');
  const { unreadable } = cluster;
  const policies = networkPoliciesIn(cluster);
  const found = policies.find((each) => each.name === name && each.namespace === namespace);
  if (found !== undefined) {
    return found;
  }
  const elsewhere = policies.filter((each) => each.name === name).map((each) => each.namespace);
  const beside = policies.filter((each) => each.namespace === namespace).map((each) => each.name);
  throw new NetworkPolicyError({
    code: 'object-missing',
    at: 'show',
    got: `${namespace}/${name}`,
    problem: unreadable.some(({ kind = 'NetworkPolicy' }) => kind === 'NetworkPolicy')
      ? 'no network policy of this name could be read in this namespace; there may be one'
      : 'there is no network policy of this name in this namespace',
    fix:
      elsewhere.length > 0
        ? `there is one in ${elsewhere.join(', ')}: name it with --namespace`
        : beside.length > 0
          ? `namespace ${namespace} has ${beside.join(', ')}`
          : 'see aks-netpol list',
  });
}
