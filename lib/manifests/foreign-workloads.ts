import { type FieldPath, valueAt } from '../model/field-path';
import type { Labels } from '../model/labels';
import { groupOf, isForeignGroup, workloadKind } from '../model/object-kinds';
import { FieldReader } from './field-reader';
import { makerKind } from './maker-kinds';
import type { ManifestKind } from './manifest-kind';
import { type PodTemplate, readController } from './pod-template';

/**
 * The pod template fields of kinds that Kubernetes itself does not have; the first that is present counts. A Rollout with a
 * `workloadRef` has none: its pods belong to the Deployment that it names.
 *
 * @see argoproj/argo-rollouts, Rollout; openkruise/kruise, CloneSet, AdvancedCronJob; kedacore/keda, ScaledJob;
 *   kubernetes-sigs/agent-sandbox, Sandbox (read 2026-11-30)
 */
const POD_TEMPLATES: readonly FieldPath[] = [
  ['spec', 'template'],
  ['spec', 'jobTargetRef', 'template'],
  ['spec', 'podTemplate'],
  ['spec', 'jobTemplate', 'spec', 'template'],
  ['spec', 'template', 'spec', 'template'],
  ['spec', 'template', 'jobTemplate', 'spec', 'template'],
  ['spec', 'template', 'broadcastJobTemplate', 'spec', 'template'],
];

/** Kinds whose controllers add no other labels to pods than `labelsAddedTo` lists, with their groups. */
const FAITHFUL: ReadonlyMap<string, string> = new Map([
  ['Rollout', 'argoproj.io'],
  ['ScaledJob', 'keda.sh'],
]);

/**
 * How to read an object with a pod template whose kind Kubernetes itself does not have; `undefined` for any other object.
 * A kind named `…Template` only stores a template for others, and a maker's pods are not known.
 */
export function foreignWorkload(value: Readonly<Record<string, unknown>>): ManifestKind | undefined {
  const { kind, apiVersion } = value as { readonly kind: string; readonly apiVersion?: unknown };
  if (
    typeof apiVersion !== 'string' ||
    !isForeignGroup(apiVersion) ||
    kind.endsWith('Template') ||
    makerKind(kind, apiVersion) !== undefined
  ) {
    return undefined;
  }
  const at = POD_TEMPLATES.find((path) => isPodTemplate(valueAt(value, path)));
  return at === undefined
    ? undefined
    : {
        apiVersion,
        workload: workloadKind(kind, apiVersion),
        isNamespaced: true,
        read: (object, identity, problems) => {
          const fields = FieldReader.of(object, problems);
          const controller = readController(fields, identity, at);
          const template =
            FAITHFUL.get(kind) === groupOf(apiVersion)
              ? withoutTemporaryLabels(fields, controller.template)
              : { ...controller.template, mayCarryMore: true as const };
          return (found) => found.controllers.push({ ...controller, template });
        },
      };
}

/**
 * Whether an object that is not read as a workload contains a pod template anywhere, as kinds with several templates do.
 * Kinds named `…Template`, `…Policy` or `…Definition` only contain templates for others.
 */
export function keepsPodTemplates({ kind, apiVersion, spec }: Readonly<Record<string, unknown>>): boolean {
  return (
    typeof kind === 'string' &&
    typeof apiVersion === 'string' &&
    isForeignGroup(apiVersion) &&
    !/(?:Template|Policy|Definition)$/.test(kind) &&
    holdsPodTemplate(spec, MAX_DEPTH)
  );
}

/** Deep enough for a template in an object inside another object. */
const MAX_DEPTH = 12;

function holdsPodTemplate(value: unknown, depth: number): boolean {
  return (
    depth > 0 &&
    typeof value === 'object' &&
    value !== null &&
    Object.entries(value).some(
      ([key, inner]) =>
        (/^template$|Template$/.test(key) && isPodTemplate(inner)) || holdsPodTemplate(inner, depth - 1),
    )
  );
}

/** Whether it has containers, unlike templates of other things. */
function isPodTemplate(value: unknown): boolean {
  const containers = valueAt(value, ['spec', 'containers']);
  return (
    Array.isArray(containers) &&
    containers.some((each) => ['name', 'image'].some((key) => valueAt(each, [key]) !== undefined))
  );
}

/**
 * The fields of a Rollout with labels that its pods have temporarily.
 *
 * @see argoproj/argo-rollouts, pkg/apis/rollouts/v1alpha1/types.go: CanaryMetadata (read 2026-11-30)
 */
const TEMPORARY: readonly FieldPath[] = [
  ['spec', 'strategy', 'canary', 'canaryMetadata'],
  ['spec', 'strategy', 'canary', 'stableMetadata'],
  ['spec', 'strategy', 'blueGreen', 'activeMetadata'],
  ['spec', 'strategy', 'blueGreen', 'previewMetadata'],
];

/** A template without the labels that change while its pods run. */
function withoutTemporaryLabels(fields: FieldReader, template: PodTemplate): PodTemplate {
  const temporary = TEMPORARY.flatMap((path) => Object.keys(fields.at(path).labels('labels')));
  if (temporary.length === 0) {
    return template;
  }
  const labels: Labels = Object.fromEntries(
    Object.entries(template.labels).filter(([key]) => !temporary.includes(key)),
  );
  return { ...template, labels, mayCarryMore: true };
}
