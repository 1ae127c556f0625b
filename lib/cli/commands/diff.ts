import { type Command, InvalidArgumentError, Option } from 'commander';
import type { EngineName } from '../../model/engine-profile';
import { GATES, type GateName, readGateName } from '../../model/gate-name';
import type { PortSet } from '../../model/port-set';
import { PICTURES, RENDERERS } from '../../render/outputs';
import { portOption } from '../options/ends';
import { formatOption, type PictureOptions, wideOption } from '../options/format';
import {
  engineOption,
  type JudgingOptions,
  judging,
  type KnownOptions,
  knownOnlyOption,
} from '../options/judging';
import { andBefore, type PathOptions, takingPaths } from '../options/source';
import type { Terminal } from '../terminal';
import { whenRun } from '../verb';

export interface DiffOptions extends JudgingOptions, KnownOptions, PictureOptions, PathOptions {
  readonly namespace?: string;
  readonly profileAfter?: string;
  readonly engineAfter?: EngineName;
  /** The commit whose files are the version before. */
  readonly git?: string;
  readonly exitCode?: true;
  /** Whether Markdown has a picture. */
  readonly picture?: true;
  /** What must not happen. */
  readonly failOn?: readonly GateName[];
  /** Files that accept changes. */
  readonly config?: readonly string[];
  /** The file that is to accept what the gates do not let pass today. */
  readonly writeBaseline?: string;
  /** Whether that file may hold anything. */
  readonly force?: true;
  /** @default every port */
  readonly port?: PortSet;
}

const EXAMPLES = `
Examples:
  aks-netpol diff --exit-code base/dist head/dist
  aks-netpol diff --fail-on internet --fail-on namespace:pay base/ head/
  aks-netpol diff --fail-on opened --config accepted.yaml base/ head/
  aks-netpol diff --format markdown base/dist head/dist
  aks-netpol diff --format mermaid base/dist head/dist
  aks-netpol diff --engine azure --engine-after cilium dist/ dist/
  aks-netpol diff --git origin/main deploy/
  kubectl get netpol,deploy,ns -A -o yaml | aks-netpol diff - dist/`;

/** `diff BEFORE AFTER`, `diff --git REF PATH…`: what a change opens and closes. */
export function add(program: Command, terminal: Terminal): void {
  takingPaths(
    judging(program.command('diff')).addOption(wideOption()).addOption(knownOnlyOption()),
    'in both versions, read what kubectl kustomize makes of this folder in them, too; may be repeated',
  )
    .description('tell which connections a change opens and closes, and because of which rules')
    .usage('[options] <before> <after> | --git <ref> <path...>')
    .argument(
      '<path...>',
      'a file or folder with manifests, YAML or JSON, before the change, and one after it; - is standard input; with --git, what is compared with itself',
    )
    .addOption(
      new Option(
        '--git <ref>',
        'the version before is what this commit has at the paths, such as origin/main; the work tree stays as it is',
      ).conflicts('kustomize'),
    )
    .option(
      '-n, --namespace <name>',
      'only what changes for pods of this namespace; and where objects are that name none',
    )
    .addOption(portOption('what changes'))
    .option('--profile-after <file>', "the cluster's profile after the change, where it is another one")
    .addOption(engineOption('--engine-after <name>', "the cluster's engine after the change"))
    .option('--exit-code', 'exit with 1 when something changes, as git diff does; with 0 otherwise')
    .addOption(gateOption())
    .option(
      '--config <file>',
      'what is accepted of what the gates do not let pass, YAML; may be repeated',
      andBefore,
    )
    .option(
      '--write-baseline <file>',
      'accept what the gates do not let pass today in a file for --config, with reasons and days to fill in',
    )
    .option('--force', 'overwrite the file of --write-baseline, whatever it holds')
    .addOption(formatOption({ ...RENDERERS, ...PICTURES }))
    .option('--picture', 'with --format markdown: a picture in Mermaid, which GitHub and GitLab draw')
    .addHelpText('after', EXAMPLES)
    .action(whenRun(terminal, () => require('../verbs/diff') as typeof import('../verbs/diff')));
}

/** `--fail-on GATE`, as often as wanted. */
function gateOption(): Option {
  const meanings = Object.entries(GATES).map(([name, meaning]) => `${name}: ${meaning}`);
  return new Option(
    '--fail-on <gate>',
    `exit with 1 when this happens, with 2 when nobody can tell; may be repeated; ${meanings.join('; ')}; namespace:NAME: something opens or closes for pods of this namespace`,
  ).argParser((text, before: readonly GateName[] = []) => {
    const gate = readGateName(text);
    if (gate === undefined) {
      throw new InvalidArgumentError(`Write one of ${Object.keys(GATES).join(', ')}, or namespace:NAME.`);
    }
    return [...before, gate];
  });
}
