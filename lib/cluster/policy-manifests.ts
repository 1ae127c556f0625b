import { TerraformLocal, TerraformResource, Token } from 'cdktf';
import { Construct } from 'constructs';
import { ENGINE_NAMES } from '../aks/engines';
import { defined } from '../model/defined';
import type { EngineName } from '../model/engine-profile';
import { placeOf } from '../model/place';
import { NetworkPolicyError, show } from '../model/problem';
import { policyGate } from './engine-assertions';
import { type Assertion, escapeTemplates, interpolate } from './hcl';
import type { KubernetesProvider } from './kubernetes-provider';
import {
  type KubernetesObject,
  type ManifestChart,
  objectsOfChart,
  objectsOfDirectory,
} from './manifest-objects';
import { NetworkPolicyEngineCheck } from './network-policy-engine-check';

export interface PolicyManifestsProps {
  /** A cdk8s chart; its objects are taken as they are when this construct is made. Or `directory`. */
  readonly chart?: ManifestChart;
  /** A directory of YAML and JSON files, read as kubectl reads them, with its directories. Or `chart`. */
  readonly directory?: string;
  /**
   * What the cluster enforces policies with: a check, an engine, or an expression that only a plan knows,
   * such as an output of another stack.
   */
  readonly engine: NetworkPolicyEngineCheck | EngineName | (string & {});
  /** The provider to write with, where a stack has several. */
  readonly provider?: KubernetesProvider;
}

/**
 * Network policies, and whatever else is in a chart or directory, beside the cluster in Terraform: one
 * `kubernetes_manifest` for each object. None of them goes out to a cluster that would not enforce them.
 *
 * `kubernetes_manifest` asks the cluster's API server while it plans. So the cluster must be there before:
 * make it in another stack of the app.
 */
export class PolicyManifests extends Construct {
  /** One resource for each object, in the order of the chart or of the files. */
  public readonly resources: readonly TerraformResource[];

  /**
   * @throws NetworkPolicyError `objects-missing`, `object-unreadable`, `object-duplicate`, `file-unreadable`,
   *   `engine-not-offered`; for YAML that cannot be read, with its place, `syntax-invalid`, `key-duplicate`,
   *   `key-not-text`, `aliases-excessive`, `nesting-excessive`, `document-without-separator`, `separator-invalid`,
   *   `directive-refused`; for bytes that are no text `encoding-invalid`
   */
  public constructor(scope: Construct, id: string, props: PolicyManifestsProps) {
    super(scope, id);
    const at = this.node.path;
    const objects = readObjects(props, at);
    const policies = objects.filter(({ manifest }) => manifest.kind.endsWith('NetworkPolicy')).length;
    const precondition = gates(props.engine, policies, objects.length, this).map(
      ({ condition, errorMessage }) => ({ condition: interpolate(condition), errorMessage }),
    );
    this.resources = objects.map(({ manifest }) => {
      const name = objectName(manifest);
      if (this.node.tryFindChild(name) !== undefined) {
        throw new NetworkPolicyError({
          code: 'object-duplicate',
          at,
          got: name,
          problem: 'two objects have this kind, namespace and name, and only one of them could be there',
          fix: 'leave one out, or rename it',
        });
      }
      return new KubernetesManifest(this, name, manifest, props.provider);
    });
    for (const [i, resource] of this.resources.entries()) {
      resource.lifecycle = { precondition };
      resource.dependsOn =
        objects[i]?.after.map((j) => addressOf(this.resources[j] as TerraformResource)) ?? [];
    }
  }
}

/** One object of the cluster. What it says is written as it is: numbers, nulls and `${` survive. */
class KubernetesManifest extends TerraformResource {
  readonly #manifest: KubernetesObject;

  public constructor(
    scope: Construct,
    id: string,
    manifest: KubernetesObject,
    provider: KubernetesProvider | undefined,
  ) {
    super(scope, id, {
      terraformResourceType: 'kubernetes_manifest',
      terraformGeneratorMetadata: { providerName: 'kubernetes' },
      ...defined({ provider }),
    });
    this.#manifest = manifest;
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    return { manifest: escapeTemplates(this.#manifest) };
  }
}

function readObjects({ chart, directory }: PolicyManifestsProps, at: string) {
  if ((chart === undefined) === (directory === undefined)) {
    throw new NetworkPolicyError({
      code: 'objects-missing',
      at,
      got: chart === undefined ? 'neither chart nor directory' : 'chart and directory',
      problem: 'policies come from a chart or from a directory',
      fix: 'give one of the two',
    });
  }
  const objects = chart === undefined ? objectsOfDirectory(directory as string) : objectsOfChart(chart);
  if (objects.length === 0) {
    throw new NetworkPolicyError({
      code: 'objects-missing',
      at,
      got: chart === undefined ? show(directory) : `the chart ${chart.node.path}`,
      problem: 'holds no Kubernetes object',
      fix: 'add the policies before PolicyManifests is made',
    });
  }
  return objects;
}

/** What must hold before an object goes out. An engine that is known now is judged now. */
function gates(
  engine: PolicyManifestsProps['engine'],
  policies: number,
  objects: number,
  scope: Construct,
): readonly Assertion[] {
  if (engine instanceof NetworkPolicyEngineCheck) {
    return engine.assertions.map(({ condition, errorMessage }) =>
      policyGate(condition, policies, objects, errorMessage),
    );
  }
  if (!Token.isUnresolved(engine) && !String(engine).includes('${')) {
    if (engine === 'none' || !(ENGINE_NAMES as readonly string[]).includes(engine)) {
      throw new NetworkPolicyError({
        code: 'engine-not-offered',
        at: placeOf(scope.node.path, 'engine'),
        got: show(engine),
        problem: `${policies} network policies would be stored and not enforced`,
        fix: `turn an engine on first; the engines are ${ENGINE_NAMES.filter((name) => name !== 'none').join(', ')}`,
      });
    }
    return [];
  }
  // Only through a local can an expression stand inside another, whoever wrote it.
  const local = new TerraformLocal(scope, 'engine', engine);
  const enforced = ENGINE_NAMES.filter((name) => name !== 'none');
  return [
    policyGate(
      `contains(${JSON.stringify(enforced)}, try(coalesce(local.${local.friendlyUniqueId}), "none"))`,
      policies,
      objects,
      'the cluster has no network policy engine: it would store them and enforce none of them.',
    ),
  ];
}

function addressOf({ terraformResourceType, friendlyUniqueId }: TerraformResource): string {
  return `${terraformResourceType}.${friendlyUniqueId}`;
}

function objectName({ kind, metadata }: KubernetesObject): string {
  return [kind, ...(metadata.namespace === undefined ? [] : [metadata.namespace]), metadata.name].join('-');
}
