import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { cached } from '../../tools/cache';
import { buildProgram, moduleSources, needGo } from '../../tools/go';
import { type Run, run, runAlone, succeed } from '../../tools/run';
import { AZURERM_VERSION, azurermMirror } from './azurerm';

const MODULE = 'github.com/hashicorp/terraform';
/** What is built where no terraform is installed. */
const BUILT_VERSION = 'v1.11.4';
/** The first release whose tests can mock a provider. */
const MINIMUM = [1, 7];

/** The terraform of the machine, or one that is built once from source. */
export function terraformProgram(): string {
  const installed = run('terraform', ['version', '-json'], { env: { TF_CLI_CONFIG_FILE: '' } });
  if (installed.status === 0) {
    const { terraform_version: version } = JSON.parse(installed.stdout) as { terraform_version: string };
    const [major = 0, minor = 0] = version.split('.').map(Number);
    if (major > (MINIMUM[0] as number) || (major === MINIMUM[0] && minor >= (MINIMUM[1] as number))) {
      return 'terraform';
    }
  }
  return cached(['terraform', BUILT_VERSION, 'terraform'], (output) => {
    needGo(
      `No terraform ${MINIMUM.join('.')} or later is in the PATH (https://developer.hashicorp.com/terraform/install), so it is built from source`,
    );
    process.stderr.write(`Building terraform ${BUILT_VERSION}: some minutes, once.\n`);
    mkdirSync(dirname(output), { recursive: true });
    buildProgram({
      sources: moduleSources(MODULE, BUILT_VERSION),
      workshop: `${output}.sources`,
      leaveOut: ['website', 'docs', 'tools.go', 'tools'],
      cut: withoutRemoteBackends,
      // Else it calls itself a development build.
      linkerFlags: [`-X ${MODULE}/version.dev=no`],
      output,
    });
  });
}

/** Backends for remote state are modules of their own, which the proxy does not serve beside this one. */
function withoutRemoteBackends(copy: string): void {
  const init = join(copy, 'internal/backend/init/init.go');
  const removed = ['Azure', 'Consul', 'Cos', 'GCS', 'Kubernetes', 'OSS', 'Pg', 'S3'];
  writeFileSync(
    init,
    withoutLines(init, (line) => removed.some((name) => line.includes(`backend${name}`))),
  );
  const mod = join(copy, 'go.mod');
  writeFileSync(
    mod,
    // Later releases of Go refuse settings that they no longer have.
    withoutLines(mod, (line) => line.includes(`${MODULE}/internal/`) || line.startsWith('godebug ')),
  );
}

function withoutLines(file: string, drop: (line: string) => boolean): string {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => !drop(line))
    .join('\n');
}

/** A folder with a stack in it, and terraform to run there. */
export interface Workspace {
  readonly folder: string;
  terraform(...args: readonly string[]): Run;
  /** `terraform plan` while this process goes on, because it answers for Azure. */
  planAlone(...args: readonly string[]): Promise<Run>;
  remove(): void;
}

/**
 * A folder with a synthesized stack, initialized from the mirror; nothing is fetched.
 *
 * @param stack what stands in `cdk.tf.json`; the provider's version becomes that of the mirror
 * @param environment what terraform and the provider see besides
 */
export function workspace(
  stack: object,
  files: Readonly<Record<string, string>> = {},
  environment: NodeJS.ProcessEnv = {},
): Workspace {
  const folder = mkdtempSync(join(tmpdir(), 'cdk8s-aks-network-policy-'));
  const config = join(folder, 'terraform.rc');
  writeFileSync(
    config,
    `disable_checkpoint = true
provider_installation {
  filesystem_mirror {
    path    = ${JSON.stringify(azurermMirror())}
    include = ["registry.terraform.io/*/*"]
  }
}
`,
  );
  writeFileSync(join(folder, 'cdk.tf.json'), JSON.stringify(withVersion(stack), undefined, 2));
  for (const [name, text] of Object.entries(files)) {
    writeFileSync(join(folder, name), text);
  }
  const program = terraformProgram();
  const env = { TF_CLI_CONFIG_FILE: config, TF_IN_AUTOMATION: '1', TF_PLUGIN_CACHE_DIR: '', ...environment };
  succeed(program, ['init', '-no-color', '-input=false'], { cwd: folder, env });
  return {
    folder,
    terraform: (...args) => run(program, args, { cwd: folder, env }),
    planAlone: (...args) => runAlone(program, ['plan', ...args], { cwd: folder, env }),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Stacks require a release that the proxy does not serve. */
function withVersion(stack: object): object {
  const { terraform = {}, ...rest } = stack as { terraform?: Record<string, unknown> };
  const azurerm = { source: 'hashicorp/azurerm', version: AZURERM_VERSION };
  return { ...rest, terraform: { ...terraform, required_providers: { azurerm } } };
}
