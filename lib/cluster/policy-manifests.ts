import { TerraformLocal, TerraformResource, Token } from 'cdktf';
import { Construct } from 'constructs';
import { ENGINE_NAMES } from '../aks/engines';
import { qualifiedName } from '../model/cluster';
import { defined } from '../model/defined';
import type { EngineName } from '../model/engine-profile';
import { nameOfKind } from '../model/object-kinds';
import { placeOf } from '../model/place';
import { NetworkPolicyError, show } from '../model/problem';
import { policyGate } from './engine-assertions';
import { type Assertion, escapeTemplates, interpolated } from './hcl';
import type { KubernetesProvider } from './kubernetes-provider';
import {
  type KubernetesObject,
  type ManifestChart,
  objectsOfChart,
  objectsOfDirectory,
} from './manifest-objects';
import { NetworkPolicyEngineCheck } from './network-policy-engine-check';

export interface PolicyManifestsProps {
  /** A cdk8s chart; its objects are read when this construct is created. Give this or `directory`. */
  readonly chart?: ManifestChart;
  /** A directory of YAML and JSON files, read recursively, as kubectl does. Give this or `chart`. */
  readonly directory?: string;
  /**
   * The cluster's engine: a check, an engine, or an expression that only a plan knows, such as an output of another stack.
   */
  readonly engine: NetworkPolicyEngineCheck | EngineName | (string & {});
  /** The provider to use, if the stack has several. */
  readonly provider?: KubernetesProvider;
}

/**
 * The network policies and other objects of a chart or directory, in Terraform: one `kubernetes_manifest` for each object.
 * They are not applied to a cluster that would not enforce the policies.
 *
 * `kubernetes_manifest` asks the cluster's API server while it plans. So the cluster must exist before: make it in another
 * stack of the app.
 */
export class PolicyManifests extends Construct {
  /** One resource for each object, in the order of the chart or of the files. */
  public readonly resources: readonly TerraformResource[];

  /**
   * @throws NetworkPolicyError `objects-missing`, `object-unreadable`, `object-duplicate`, `file-unreadable`,
   *   `engine-not-offered`; for YAML that cannot be read, with its place, `syntax-invalid`, `key-duplicate`,
   *   `key-not-text`, `aliases-excessive`, `nesting-excessive`, `document-without-separator`, `separator-invalid`,
   *   `directive-refused`; for bytes that are not text `encoding-invalid`
   */
  public constructor(scope: Construct, id: string, props: PolicyManifestsProps) {
    super(scope, id);
    const at = this.node.path;
    const objects = readObjects(props, at);
    const policies = objects.filter(({ manifest }) => manifest.kind.endsWith('NetworkPolicy')).length;
    const precondition = gates(props.engine, policies, objects.length, this).map(interpolated);
    const known = new Set<string>();
    this.resources = objects.map(({ manifest }) => {
      const { metadata } = manifest;
      const kind = nameOfKind(manifest.kind, manifest.apiVersion);
      const key = JSON.stringify([kind, metadata.namespace, metadata.name]);
      if (known.has(key)) {
        throw new NetworkPolicyError({
          code: 'object-duplicate',
          at,
          got: `${kind} ${qualifiedName(metadata)}`,
          problem: 'two objects have this kind, namespace and name, so one would overwrite the other',
          fix: 'leave one out, or rename it',
        });
      }
      known.add(key);
      return new KubernetesManifest(this, this.idOf(manifest), manifest, props.provider);
    });
    for (const [i, resource] of this.resources.entries()) {
      resource.lifecycle = { precondition };
      resource.dependsOn =
        objects[i]?.after.map((j) => addressOf(this.resources[j] as TerraformResource)) ?? [];
    }
  }

  /** `NetworkPolicy-shop-db`; for another object with the same parts `NetworkPolicy.networking.k8s.io.shop.db`. */
  private idOf({ apiVersion, kind, metadata: { namespace, name } }: KubernetesObject): string {
    const parts = namespace === undefined ? [name] : [namespace, name];
    const id = [kind, ...parts].join('-');
    return this.node.tryFindChild(id) === undefined ? id : [nameOfKind(kind, apiVersion), ...parts].join('.');
  }
}

/** An object of the cluster. It is written unchanged: numbers, nulls and `${` survive. */
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
      problem: 'contains no Kubernetes object',
      fix: 'add the policies before PolicyManifests is created',
    });
  }
  return objects;
}

/** The conditions for applying the objects. An engine that is already known is checked at once. */
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
  // An expression can only be used inside another one through a local.
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
