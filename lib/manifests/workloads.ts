import { labelsAddedTo } from '../model/added-labels';
import type { Pod, Workload } from '../model/cluster';
import { compare } from '../model/collections';
import { defined } from '../model/defined';
import type { LabelSelector } from '../model/label-selector';
import { CONTROLLER_KINDS, isOwnKind, type WorkloadKind } from '../model/object-kinds';
import { keyOfNames, portNamesOf } from '../model/port-names';
import { haveSameAccount } from '../model/service-account';
import type { SourcePosition } from '../model/source-position';
import type { ControllerFields, LivePod, Owner, PodTemplate } from './pod-template';

interface Group {
  readonly kind: WorkloadKind;
  readonly namespace: string;
  readonly name: string;
  /** Left out until the controller itself has been read. */
  template?: PodTemplate;
  readonly selector?: LabelSelector | undefined;
  readonly ordinals?: Workload['ordinals'];
  source?: SourcePosition;
  readonly pods: LivePod[];
}

/**
 * Groups pods by the controller at the top of their owners: a Deployment owns a ReplicaSet, which owns pods; a CronJob owns
 * a Job. A controller of Kubernetes itself that was not read is known from what it owns.
 */
export function groupWorkloads(
  controllers: readonly ControllerFields[],
  pods: readonly LivePod[],
): Workload[] {
  const grouping = new Grouping(controllers);
  for (const pod of [...pods].sort((a, b) => compare(a.pod.name, b.pod.name))) {
    grouping.add(pod);
  }
  return grouping.workloads();
}

class Grouping {
  private readonly read = new Map<string, ControllerFields>();
  private readonly groups = new Map<string, Group>();
  private readonly single: LivePod[] = [];

  public constructor(controllers: readonly ControllerFields[]) {
    for (const controller of controllers) {
      this.read.set(keyOf(controller.namespace, controller), controller);
    }
    const isOwned = (controller: ControllerFields) => this.ownerOf(controller) !== undefined;
    for (const each of controllers.filter((controller) => !isOwned(controller))) {
      const { kind, namespace, name, template, selector, ordinals, source } = each;
      this.groups.set(keyOf(namespace, { kind, name }), {
        kind,
        namespace,
        name,
        template,
        selector,
        ...defined({ ordinals }),
        source,
        pods: [],
      });
    }
    for (const each of controllers.filter(isOwned).sort((a, b) => compare(a.name, b.name))) {
      const group = this.groupOf(each.namespace, this.topOf(each.namespace, each));
      group.template ??= withoutAdded(each.template, group.kind);
      group.source ??= each.source;
    }
  }

  public add(live: LivePod): void {
    const { namespace, owner, template } = live;
    if (
      owner === undefined ||
      (!CONTROLLER_KINDS.includes(owner.kind) && !this.read.has(keyOf(namespace, owner)))
    ) {
      this.single.push(live);
      return;
    }
    this.groupOf(namespace, this.topOf(namespace, owner, template.labels['pod-template-hash'])).pods.push(
      live,
    );
  }

  public workloads(): Workload[] {
    return [...this.groups.values()].flatMap(workloadsOf).concat(this.single.map(singlePod));
  }

  /** The controller at the top of a chain of owners; of a chain that is too long, any of it. */
  private topOf(namespace: string, { kind, name }: Owner, hash?: string): Owner {
    let top: Owner = { kind, name };
    for (let length = 0; length < LONGEST_CHAIN; length += 1) {
      const owner = this.above(namespace, top, hash);
      if (owner === undefined) {
        return top;
      }
      top = owner;
    }
    return top;
  }

  private above(namespace: string, { kind, name }: Owner, hash?: string): Owner | undefined {
    const controller = this.read.get(keyOf(namespace, { kind, name }));
    if (controller !== undefined) {
      return this.ownerOf(controller);
    }
    // A Deployment names its ReplicaSets after itself and the hash of the template.
    return kind === 'ReplicaSet' && hash !== undefined && name.endsWith(`-${hash}`)
      ? { kind: 'Deployment', name: name.slice(0, -hash.length - 1) }
      : undefined;
  }

  /** The owner that counts: the usual one of a kind, or one of another group that was read. */
  private ownerOf({ kind, namespace, owner }: ControllerFields): Owner | undefined {
    return owner !== undefined &&
      (USUAL_OWNERS[kind] === owner.kind ||
        (!isOwnKind(owner.kind) && this.read.has(keyOf(namespace, owner))))
      ? owner
      : undefined;
  }

  private groupOf(namespace: string, { kind, name }: Owner): Group {
    const key = keyOf(namespace, { kind, name });
    let group = this.groups.get(key);
    if (group === undefined) {
      group = { kind, namespace, name, pods: [] };
      this.groups.set(key, group);
    }
    return group;
  }
}

const USUAL_OWNERS: Readonly<Record<string, WorkloadKind>> = { ReplicaSet: 'Deployment', Job: 'CronJob' };

/** A pod has few owners above each other, such as a Job and its ScaledJob. Objects may own each other in a circle. */
const LONGEST_CHAIN = 4;

const keyOf = (namespace: string, { kind, name }: Owner) => JSON.stringify([namespace, kind, name]);

function workloadsOf(group: Group): Workload[] {
  const { kind, namespace, name, template, selector, ordinals, source, pods } = group;
  const [first] = pods;
  const own = template ?? (first === undefined ? undefined : withoutAdded(first.template, kind));
  if (own === undefined) {
    return [];
  }
  const alike = pods.filter((pod) => isAlike(own, pod.template, kind));
  const names = keyOfNames(portNamesOf(own));
  return [
    {
      kind,
      namespace,
      name,
      ...own,
      ...defined({ selector, ordinals }),
      pods: alike.map(({ pod, template: { ports, initPorts } }) =>
        names === keyOfNames(portNamesOf({ ports, ...defined({ initPorts }) }))
          ? pod
          : { ...pod, ports, ...defined({ initPorts }) },
      ),
      source: source ?? (first as LivePod).source,
    },
    ...pods.filter((pod) => !alike.includes(pod)).map(singlePod),
  ];
}

function singlePod({ namespace, pod, template, source }: LivePod): Workload {
  return { kind: 'Pod', namespace, name: pod.name, ...template, pods: [pod as Pod], source };
}

function withoutAdded(template: PodTemplate, kind: WorkloadKind): PodTemplate {
  const added = labelsAddedTo(kind);
  const labels = Object.entries(template.labels).filter(([key]) => !added.includes(key));
  return { ...template, labels: Object.fromEntries(labels) };
}

/** Whether policies treat the pods of two templates alike; labels that the controller adds do not count. */
function isAlike(own: PodTemplate, live: PodTemplate, kind: WorkloadKind): boolean {
  const added = labelsAddedTo(kind);
  const keys = new Set([...Object.keys(own.labels), ...Object.keys(live.labels)]);
  return (
    own.hostNetwork === live.hostNetwork &&
    haveSameAccount(own, live) &&
    [...keys].every((key) => added.includes(key) || own.labels[key] === live.labels[key])
  );
}
