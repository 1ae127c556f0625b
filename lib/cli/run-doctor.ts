import { readFileSync, writeFileSync } from 'node:fs';
import { AksClusterProfile } from '../aks/cluster-profile';
import {
  type DiagnosisRow,
  diagnose,
  type SeenCluster,
  type SeenDaemonSet,
  type SeenNode,
} from '../aks/diagnosis';
import { NetworkPolicyError } from '../model/problem';
import { SCHEMA_VERSION } from '../render/json';
import type { Listing } from '../render/listing';
import { renderTable } from '../render/table';
import type { DoctorOptions } from './commands/doctor';
import { EXIT_CODE } from './exit-code';
import { Kubectl } from './kubectl';
import { layoutOf, print, type Terminal, tell } from './terminal';

/** Looks at a cluster and says whether anything enforces its policies. */
export async function runDoctor(options: DoctorOptions, terminal: Terminal): Promise<void> {
  const { azAksShow, writeProfile, format } = options;
  const outside = azAksShow === undefined ? {} : AksClusterProfile.fromAzAksShow(textOf(azAksShow));
  const seen = await look(new Kubectl(options));
  const { rows, profile, enforced } = diagnose(seen, outside);
  if (writeProfile !== undefined) {
    writeFileSync(writeProfile, AksClusterProfile.toYaml(profile));
  }
  if (format === 'json') {
    const document = { schemaVersion: SCHEMA_VERSION, enforced, profile, rows };
    await print(terminal.stdout, [`${JSON.stringify(document, undefined, 2)}\n`]);
  } else {
    await print(terminal.stdout, renderTable(listing(rows), layoutOf(terminal)));
    await tell(terminal, [`\n${verdict(enforced, seen.policies)}\n`]);
  }
  terminal.exitCode =
    enforced === 'unknown' || seen.policies === undefined
      ? EXIT_CODE.cannotJudge
      : enforced === 'no' && seen.policies > 0
        ? EXIT_CODE.no
        : EXIT_CODE.yes;
}

function verdict(enforced: 'yes' | 'no' | 'unknown', policies: number | undefined): string {
  switch (enforced) {
    case 'yes':
      return 'The cluster enforces network policies.';
    case 'no':
      return policies === 0
        ? 'Nothing enforces network policies, and there are none.'
        : 'Nothing enforces the network policies of this cluster: az aks update --network-dataplane cilium, or --network-policy.';
    default:
      return 'Whether anything enforces network policies cannot be told: ask somebody who may list DaemonSets in kube-system, or give --az-aks-show.';
  }
}

function listing(rows: readonly DiagnosisRow[]): Listing<DiagnosisRow> {
  return {
    name: 'diagnosis',
    columns: [
      { heading: 'what', cell: ({ what }) => [what] },
      { heading: 'is', cell: ({ is }) => [is] },
      { heading: 'from', cell: ({ from }) => [from] },
    ],
    rows,
    toJson: (row) => row,
  };
}

async function look(kubectl: Kubectl): Promise<SeenCluster> {
  const daemonSets = await listed(kubectl, '/apis/apps/v1/daemonsets', daemonSetOf);
  const nodes = await listed(kubectl, '/api/v1/nodes', nodeOf);
  const policies = await listed(kubectl, '/apis/networking.k8s.io/v1/networkpolicies', () => 1);
  const { gitVersion } = JSON.parse(await kubectl.run(['get', '--raw', '/version'])) as {
    gitVersion?: string;
  };
  return {
    ...(daemonSets === undefined ? {} : { daemonSets }),
    ...(nodes === undefined ? {} : { nodes }),
    ...(policies === undefined ? {} : { policies: policies.length }),
    ...(gitVersion === undefined ? {} : { version: gitVersion }),
  };
}

/** `undefined` when the account may not list them. */
async function listed<T>(
  kubectl: Kubectl,
  path: string,
  read: (object: never) => T,
): Promise<T[] | undefined> {
  const found: T[] = [];
  try {
    for await (const objects of kubectl.objects(path)) {
      found.push(...objects.map((object) => read(object as never)));
    }
    return found;
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
