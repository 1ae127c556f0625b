import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { arch, platform } from 'node:os';
import { dirname, join } from 'node:path';
import { cached } from '../../tools/cache';
import { buildProgram, moduleSources, needGo } from '../../tools/go';

/**
 * The provider as the Go module proxy serves it: a commit just after 5.2.0, under the pseudo-version that
 * Go gives to it. Releases 2.x and later cannot be asked for by their names, because the module's path
 * lacks the major version that Go wants there.
 */
const MODULE = 'github.com/hashicorp/terraform-provider-azurerm';
const MODULE_VERSION = 'v1.44.1-0.20260824201233-fae580791926';

/** The version that Terraform knows it by. */
export const AZURERM_VERSION = '5.2.1-dev.20260824';

// Whole, the provider takes half an hour to build. These are the services that the stacks use, and the
// clients that those services ask for; the files of AKS are untouched.
const SERVICES = ['containers', 'resource'];
const CLIENTS = ['Containers', 'ContainerService', 'KeyVault', 'Network', 'Resource', 'Storage'];
const CLIENT_CORE = ['Account', 'Features', 'Preflight', 'StopContext'];

/** The folder of a filesystem mirror that holds the provider; the first call of a machine builds it. */
export function azurermMirror(): string {
  const system = `${platform()}_${{ x64: 'amd64' }[arch() as string] ?? arch()}`;
  const path = ['registry.terraform.io', 'hashicorp', 'azurerm', AZURERM_VERSION, system];
  const mirror = ['mirror', MODULE_VERSION];
  const binary = cached([...mirror, ...path, `terraform-provider-azurerm_v${AZURERM_VERSION}`], (output) => {
    needGo('The azurerm provider is built from source');
    process.stderr.write('Building the azurerm provider, cut to AKS: some minutes, once.\n');
    mkdirSync(dirname(output), { recursive: true });
    buildProgram({
      sources: moduleSources(MODULE, MODULE_VERSION),
      workshop: `${output}.sources`,
      leaveOut: ['website', 'examples', 'contributing', 'scripts'],
      cut: cutToAks,
      output,
    });
  });
  return join(dirname(binary), ...path.map(() => '..'));
}

function cutToAks(copy: string): void {
  for (const file of ['services.go', 'services_gen.go']) {
    change(join(copy, 'internal/provider', file), (source) =>
      source.replace(/^\t+(\w+)\.Registration\{\},\n/gm, keepIf(SERVICES)),
    );
  }
  for (const file of ['client.go', 'client_gen.go']) {
    change(join(copy, 'internal/clients', file), (source) =>
      source
        // The fields of the client, and the statements that fill them.
        .replace(/^\t(\w+) +\*\w+\.\w+\n/gm, keepIf([...CLIENTS, ...CLIENT_CORE]))
        .replace(/^\tif client\.(\w+), err = [\s\S]*?^\t}\n/gm, keepIf([...CLIENTS, ...CLIENT_CORE]))
        .replace(/^\tclient\.(\w+) = \w+\.NewClient\(o\)\n/gm, keepIf(CLIENTS)),
    );
  }
}

function keepIf(names: readonly string[]): (line: string, name: string) => string {
  return (line, name) => (names.includes(name) ? line : '');
}

function change(file: string, edit: (source: string) => string): void {
  writeFileSync(file, withoutUnusedImports(edit(readFileSync(file, 'utf8'))));
}

/** Go refuses imports that nothing uses. */
function withoutUnusedImports(source: string): string {
  const block = /^import \(\n[\s\S]*?^\)/m;
  const code = source.replace(block, '');
  return source.replace(block, (imports) =>
    imports.replace(/^\t(?:(\w+) )?"([^"]+)"\n/gm, (line, alias: string | undefined, path: string) => {
      const name = alias ?? path.slice(path.lastIndexOf('/') + 1);
      return new RegExp(`\\b${name}\\.`).test(code) ? line : '';
    }),
  );
}
