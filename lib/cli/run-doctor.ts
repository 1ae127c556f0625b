import { readFileSync, writeFileSync } from 'node:fs';
import { AksClusterProfile } from '../aks/cluster-profile';
import {
  type Diagnosis,
  diagnose,
  type SeenCluster,
  type SeenDaemonSet,
  type SeenNode,
} from '../aks/diagnosis';
import { NetworkPolicyError } from '../model/problem';
import { diagnosisListing } from '../render/diagnosis-listing';
import { RENDERERS } from '../render/renderers';
import type { DoctorOptions } from './commands/doctor';
import { EXIT_CODE, type ExitCode } from './exit-code';
import { Kubectl } from './kubectl';
import { layoutOf, print, type Terminal } from './terminal';

/** Looks at a cluster and says whether anything enforces its policies. */
export async function runDoctor(options: DoctorOptions, terminal: Terminal): Promise<void> {
  const { azAksShow, writeProfile, format } = options;
  const outside = azAksShow === undefined ? {} : AksClusterProfile.fromAzAksShow(textOf(azAksShow));
  const diagnosis = diagnose(await look(new Kubectl(options)), outside);
  if (writeProfile !== undefined) {
    write(writeProfile, AksClusterProfile.toYaml(diagnosis.profile));
  }
  await print(terminal.stdout, RENDERERS[format](diagnosisListing(diagnosis), layoutOf(terminal)));
  terminal.exitCode = exitCodeOf(diagnosis);
}

function exitCodeOf({ enforced, policies }: Diagnosis): ExitCode {
  if (enforced === 'unknown' || policies === undefined) {
    return EXIT_CODE.cannotJudge;
  }
  return enforced === 'no' && policies > 0 ? EXIT_CODE.no : EXIT_CODE.yes;
}

async function look(kubectl: Kubectl): Promise<SeenCluster> {
  const daemonSets = await listed(kubectl, '/apis/apps/v1/daemonsets', daemonSetOf);
  const nodes = await listed(kubectl, '/api/v1/nodes', nodeOf);
  const policies = await listed(kubectl, '/apis/networking.k8s.io/v1/networkpolicies', () => 1);
  const gitVersion = await versionOf(kubectl);
  return {
    ...(daemonSets === undefined ? {} : { daemonSets }),
    ...(nodes === undefined ? {} : { nodes }),
    ...(policies === undefined ? {} : { policies: policies.length }),
    ...(gitVersion === undefined ? {} : { version: gitVersion }),
  };
}

/** `undefined` when the account may not ask for it. */
async function versionOf(kubectl: Kubectl): Promise<string | undefined> {
  const text = await unlessForbidden(() => kubectl.run(['get', '--raw', '/version']));
  return text === undefined ? undefined : (JSON.parse(text) as { readonly gitVersion?: string }).gitVersion;
}

/** `undefined` when the account may not list them. */
function listed<T>(kubectl: Kubectl, path: string, read: (object: never) => T): Promise<T[] | undefined> {
  return unlessForbidden(async () => {
    const found: T[] = [];
    for await (const objects of kubectl.objects(path)) {
      found.push(...objects.map((object) => read(object as never)));
    }
    return found;
  });
}

async function unlessForbidden<T>(ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof NetworkPolicyError && error.code === 'forbidden') {
      return undefined;
    }
    throw error;
  }
}

interface Metadata {
  readonly name: string;
  readonly namespace: string;
  readonly labels?: Readonly<Record<string, string>>;
}

function daemonSetOf(object: {
  readonly metadata: Metadata;
  readonly spec: {
    readonly template: { readonly spec: { readonly containers: readonly { readonly image?: string }[] } };
  };
}): SeenDaemonSet {
  const { name, namespace } = object.metadata;
  return {
    namespace,
    name,
    images: object.spec.template.spec.containers.flatMap(({ image }) => image ?? []),
  };
}

function nodeOf(object: {
  readonly metadata: Metadata;
  readonly spec?: { readonly podCIDRs?: readonly string[] };
}): SeenNode {
  const { name, labels = {} } = object.metadata;
  const pool = labels['kubernetes.azure.com/agentpool'];
  return {
    name,
    os: labels['kubernetes.io/os'] ?? 'unknown',
    ...(pool === undefined ? {} : { pool }),
    podCidrs: object.spec?.podCIDRs ?? [],
  };
}

function textOf(file: string): string {
  try {
    return readFileSync(file === '-' ? 0 : file, 'utf8');
  } catch (error) {
    throw new NetworkPolicyError({
      code: 'file-unreadable',
      at: '--az-aks-show',
      got: file,
      problem: (error as Error).message,
      fix: 'give the output of: az aks show --resource-group GROUP --name NAME --output json',
    });
  }
}

function write(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (error) {
    throw new NetworkPolicyError({
      code: 'file-unwritable',
      at: '--write-profile',
      got: file,
      problem: (error as Error).message,
      fix: 'check its name, its folder and their permissions',
    });
  }
}
