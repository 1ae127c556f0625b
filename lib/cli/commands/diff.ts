import { type Command, Option } from 'commander';
import { ENGINE_NAMES } from '../../aks/engines';
import type { EngineName } from '../../model/engine-profile';
import { PICTURES, RENDERERS } from '../../render/outputs';
import { formatOption, type PictureOptions, wideOption } from '../options/format';
import { type JudgingOptions, judging, type KnownOptions, knownOnlyOption } from '../options/judging';
import { type PathOptions, takingPaths } from '../options/source';
import type { Terminal } from '../terminal';
import { whenRun } from '../verb';

export interface DiffOptions extends JudgingOptions, KnownOptions, PictureOptions, PathOptions {
  readonly namespace?: string;
  readonly profileAfter?: string;
  readonly engineAfter?: EngineName;
  readonly exitCode?: true;
}

const EXAMPLES = `
Examples:
  aks-netpol diff --exit-code base/dist head/dist
  aks-netpol diff --format markdown base/dist head/dist
  aks-netpol diff --format mermaid base/dist head/dist
  aks-netpol diff --engine azure --engine-after cilium dist/ dist/
  kubectl get netpol,deploy,ns -A -o yaml | aks-netpol diff - dist/`;

/** `diff BEFORE AFTER`: what a change opens and closes. */
export function add(program: Command, terminal: Terminal): void {
  takingPaths(
    judging(program.command('diff')).addOption(wideOption()).addOption(knownOnlyOption()),
    'in both versions, read what kubectl kustomize makes of this folder in them, too; may be repeated',
  )
    .description('tell which connections a change opens and closes, and because of which rules')
    .argument('<before>', 'a file or folder with manifests, YAML or JSON; - is standard input')
    .argument('<after>', 'the same after the change')
    .option(
      '-n, --namespace <name>',
      'only what changes for pods of this namespace; and where objects are that name none',
    )
    .option('--profile-after <file>', "the cluster's profile after the change, where it is another one")
    .addOption(
      new Option('--engine-after <name>', "the cluster's engine after the change").choices(ENGINE_NAMES),
    )
    .option('--exit-code', 'exit with 1 when something changes, as git diff does; with 0 otherwise')
    .addOption(formatOption({ ...RENDERERS, ...PICTURES }))
    .addHelpText('after', EXAMPLES)
    .action(whenRun(terminal, () => require('../verbs/diff') as typeof import('../verbs/diff')));
}
