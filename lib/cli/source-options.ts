import type { Command } from 'commander';
import type { KubectlOptions } from './kubectl';

/** Where objects are read from: files, or a live cluster. */
export interface SourceOptions extends KubectlOptions {
  readonly cluster?: boolean;
}

/** The options that name a cluster, as kubectl has them. */
export function namingCluster(verb: Command): Command {
  return verb
    .option('--context <context>', "the cluster, as kubectl's --context; the current one when left out")
    .option('--kubeconfig <file>', "as kubectl's");
}

/** What can be an end of a connection. */
export const END = 'ns/workload, ns/pod, with -n their name alone, an address, a CIDR';

/** The argument that names manifests. */
export const PATHS = 'files and folders with manifests, YAML or JSON; - is standard input';

/** The option of a verb that is told ends of connections. */
export function namingEnds(verb: Command): Command {
  return verb.option(
    '-n, --namespace <name>',
    "where a name alone is sought, and in files where objects are that name none; with --cluster the context's when left out",
  );
}

/** The options of a verb that reads files or, with --cluster, a live cluster. */
export function readingSource(verb: Command): Command {
  return namingCluster(verb.option('--cluster', 'read the live cluster in place of files, through kubectl'));
}
