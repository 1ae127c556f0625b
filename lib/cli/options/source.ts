import { type Command, InvalidArgumentError, Option } from 'commander';
import { type ManagedKind, POLICY_KINDS, policyKindNamed } from '../../model/policy-kinds';
import type { KubectlOptions } from '../live/kubectl';

/** What a verb that reads files can be told of them. */
export interface PathOptions {
  /** Kustomizations that are built and read. */
  readonly kustomize?: readonly string[];
  /** Files and folders that are left out. */
  readonly exclude?: readonly string[];
  /** Whether everything is named that is passed over. */
  readonly verbose?: true;
}

/** Where objects are read from: files, or a live cluster. */
export interface SourceOptions extends KubectlOptions, PathOptions {
  readonly cluster?: boolean;
}

/** Where a verb looks for what names no namespace. */
export interface NamespaceOptions extends SourceOptions {
  readonly namespace?: string;
}

/** The options that name a cluster, as kubectl has them. */
export function namingCluster(verb: Command): Command {
  return verb
    .option('--context <context>', "the cluster, as kubectl's --context; the current one when left out")
    .option('--kubeconfig <file>', "as kubectl's");
}

/** What a verb can be told that looks for policies. */
export interface KindOptions {
  readonly kind?: ManagedKind;
}

/** How a person may name a policy, for `--help`. */
export const POLICY_NAMES =
  'NAME, in the namespace of --namespace, or NAMESPACE/NAME; a kind may stand before it: netpol/NAME, cnp/NAMESPACE/NAME, ccnp/NAME';

/** @param what the option does */
export function kindOption(what: string): Option {
  const names = POLICY_KINDS.map(({ shortNames }) => shortNames[0]);
  return new Option('--kind <kind>', what).choices(names).argParser((text) => {
    const kind = policyKindNamed(text);
    if (kind === undefined) {
      throw new InvalidArgumentError(`Write one of ${names.join(', ')}.`);
    }
    return kind;
  });
}

/** The argument that names manifests. */
export const PATHS = 'files and folders with manifests, YAML or JSON; - is standard input';

/** The options of a verb that reads files or, with --cluster, a live cluster. */
export function readingSource(verb: Command): Command {
  return takingPaths(
    namingCluster(verb.option('--cluster', 'read the live cluster in place of files, through kubectl')),
  );
}

/** The options of a verb that reads files. */
export function takingPaths(
  verb: Command,
  kustomize = 'read what kubectl kustomize makes of this folder, beside the paths; may be repeated',
): Command {
  return verb
    .option('-k, --kustomize <dir>', kustomize, andBefore)
    .option(
      '--exclude <pattern>',
      'leave out files and folders, by a line of .gitignore; may be repeated; .git and node_modules never count',
      andBefore,
    )
    .option('--verbose', 'name everything that is passed over');
}

/** Takes the value of an option that may be repeated. */
export function andBefore(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}

/** Whether a command line names files, in one way or the other. */
export function namesFiles(paths: readonly string[], { kustomize = [] }: PathOptions): boolean {
  return paths.length + kustomize.length > 0;
}
