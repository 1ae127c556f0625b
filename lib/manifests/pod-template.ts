import { labelsOfJob } from '../model/added-labels';
import type { ContainerPort, Pod, PodPhase, Workload } from '../model/cluster';
import { appendAll } from '../model/collections';
import { defined, filled } from '../model/defined';
import type { FieldPath } from '../model/field-path';
import { isBlankSelector, type LabelSelector } from '../model/label-selector';
import type { Labels } from '../model/labels';
import { isDnsSubdomain } from '../model/names';
import type { Protocol } from '../model/network-policy';
import { type WorkloadKind, workloadKind } from '../model/object-kinds';
import { checkPortName, PROTOCOLS } from '../model/ports';
import { meets, requirementsOf } from '../model/selector-match';
import type { SourcePosition } from '../model/source-position';
import type { FieldReader } from './field-reader';

export interface Identity {
  readonly kind: string;
  /** `''` for an object of the whole cluster. */
  readonly namespace: string;
  readonly name: string;
  readonly source: SourcePosition;
}

export interface Owner {
  readonly kind: WorkloadKind;
  readonly name: string;
}

/** What matters for the traffic of pods, from a template or from a pod itself. */
export type PodTemplate = Pick<
  Workload,
  | 'labels'
  | 'mayCarryMore'
  | 'ports'
  | 'initPorts'
  | 'hostNetwork'
  | 'os'
  | 'serviceAccount'
  | 'mountsToken'
  | 'dnsPolicy'
  | 'scrape'
  | 'helmHook'
  | 'bypassesMesh'
>;

export interface ControllerFields {
  readonly kind: WorkloadKind;
  readonly namespace: string;
  readonly name: string;
  readonly template: PodTemplate;
  readonly selector?: LabelSelector;
  readonly ordinals?: Workload['ordinals'];
  readonly owner?: Owner;
  readonly source: SourcePosition;
}

export interface LivePod {
  readonly namespace: string;
  readonly pod: Pod;
  readonly template: PodTemplate;
  readonly owner?: Owner;
  readonly source: SourcePosition;
}

/** @param at the field of its pod template, beside which is the selector of its pods */
export function readController(
  fields: FieldReader,
  { kind, namespace, name, source }: Identity,
  at: FieldPath,
): ControllerFields {
  const spec = fields.at(at.slice(0, -1));
  const last = String(at.at(-1));
  if (!spec.has(last)) {
    spec.report(last, 'there is no pod template', 'add it; the file may be cut off', 'template-missing');
  }
  const read = { ...readTemplate(spec.object(last)), ...readHook(fields) };
  const template = kind === 'Job' ? { ...read, labels: { ...jobLabels(spec, name), ...read.labels } } : read;
  return {
    kind,
    namespace,
    name,
    template,
    ...readSelector(kind, spec, template),
    ...(kind === 'StatefulSet' ? readOrdinals(spec) : {}),
    ...readOwner(fields),
    source,
  };
}

/** None if the selector is the user's own, or if the server generates the name. */
function jobLabels(spec: FieldReader, name: string): Labels {
  return spec.flag('manualSelector') || !isDnsSubdomain(name) ? {} : labelsOfJob(name);
}

/** Without `replicas` an autoscaler may set their number. */
function readOrdinals(spec: FieldReader): Pick<ControllerFields, 'ordinals'> {
  const count = spec.count('replicas');
  return count === undefined
    ? {}
    : { ordinals: { first: spec.object('ordinals').count('start') ?? 0, count } };
}

/** A selector that the API server refuses counts as missing: one for every pod, or one that the template does not match. */
function readSelector(
  kind: WorkloadKind,
  spec: FieldReader,
  { labels }: PodTemplate,
): Pick<ControllerFields, 'selector'> {
  const selector = kind === 'ReplicationController' ? plainSelector(spec, labels) : spec.selector('selector');
  return selector !== undefined &&
    !isBlankSelector(selector) &&
    requirementsOf(selector).every((requirement) => meets(requirement, labels[requirement.key]))
    ? { selector }
    : {};
}

/**
 * The older form of a selector; if it is missing, the API server uses the labels of the pods.
 *
 * @see kubernetes pkg/apis/core/v1/defaults.go, SetDefaults_ReplicationController (read 2026-11-30)
 */
function plainSelector(spec: FieldReader, labels: Labels): LabelSelector {
  const written = spec.labels('selector');
  return { matchLabels: Object.keys(written).length === 0 ? labels : written };
}

export function readPod(fields: FieldReader, { namespace, name, source }: Identity): LivePod {
  const [spec, status] = [fields.object('spec'), fields.object('status')];
  const addresses = status.list('podIPs').flatMap((entry) => entry.text('ip') ?? []);
  const address = status.text('podIP');
  const node = spec.text('nodeName');
  const phase = status.text('phase') as PodPhase | undefined;
  return {
    namespace,
    pod: {
      name,
      addresses: addresses.length === 0 && address !== undefined && address !== '' ? [address] : addresses,
      ...defined({ node, phase }),
    },
    template: { ...readTemplate(fields), ...readHook(fields) },
    ...readOwner(fields),
    source,
  };
}

/** @param fields of a pod or a pod template */
function readTemplate(fields: FieldReader): PodTemplate {
  const spec = fields.object('spec');
  // The second is an older name of the first.
  const serviceAccount = spec.text('serviceAccountName') || spec.text('serviceAccount');
  const mountsToken = spec.has('automountServiceAccountToken')
    ? spec.flag('automountServiceAccountToken')
    : true;
  const dnsPolicy = spec.text('dnsPolicy');
  return {
    labels: fields.object('metadata').labels('labels'),
    ...readPorts(spec),
    hostNetwork: spec.flag('hostNetwork'),
    ...(isForWindows(spec) ? { os: 'windows' } : {}),
    ...defined({ serviceAccount }),
    ...(mountsToken ? {} : { mountsToken }),
    ...(dnsPolicy === undefined || dnsPolicy === DEFAULT_DNS_POLICY ? {} : { dnsPolicy }),
    ...readScrape(fields),
    ...(fields.annotation('ambient.istio.io/bypass-inbound-capture') === 'true'
      ? { bypassesMesh: true }
      : {}),
  };
}

/** The ports of a pod; of init containers that end only named ones, because an engine may resolve the names. */
function readPorts(spec: FieldReader): Pick<PodTemplate, 'ports' | 'initPorts'> {
  const [ofSidecars, ofOthers]: [ContainerPort[], ContainerPort[]] = [[], []];
  for (const container of spec.list('initContainers')) {
    const stays = container.text('restartPolicy') === 'Always';
    appendAll(stays ? ofSidecars : ofOthers, readContainerPorts(container));
  }
  const initPorts = ofOthers.filter(({ name }) => name !== undefined);
  return {
    ports: [
      ...spec.list('containers').flatMap(readContainerPorts),
      ...ofSidecars.map((port): ContainerPort => ({ ...port, ofSidecar: true })),
    ],
    ...filled({ initPorts }),
  };
}

function readContainerPorts(container: FieldReader): ContainerPort[] {
  return container.list('ports').flatMap(readPort);
}

/** Whether the field for the operating system, or the usual node label, says Windows. */
function isForWindows(spec: FieldReader): boolean {
  return [spec.object('os').text('name'), spec.object('nodeSelector').text('kubernetes.io/os')].includes(
    'windows',
  );
}

const DEFAULT_DNS_POLICY = 'ClusterFirst';

/** The annotations that ask Prometheus to scrape pods, by convention. */
function readScrape(fields: FieldReader): Pick<PodTemplate, 'scrape'> {
  if (fields.annotation('prometheus.io/scrape') !== 'true') {
    return {};
  }
  const text = fields.annotation('prometheus.io/port') ?? '';
  const port = /^\d+$/.test(text) ? Number(text) : 0;
  return { scrape: port >= 1 && port <= 65535 ? { port } : {} };
}

/** @see https://helm.sh/docs/topics/charts_hooks/ and chart_tests/, read 2026-11-30: the annotation of what is run */
function readHook(fields: FieldReader): Pick<PodTemplate, 'helmHook'> {
  return fields.annotation('helm.sh/hook') === undefined ? {} : { helmHook: true };
}

function readPort(fields: FieldReader): ContainerPort[] {
  const port = fields.number('containerPort', 1, 65535);
  const name = fields.text('name');
  if (port === undefined && !fields.has('containerPort')) {
    fields.report('containerPort', 'a port needs its number', 'add containerPort');
  }
  if (name !== undefined && name !== '') {
    fields.check('name', checkPortName);
  }
  const protocol = readProtocol(fields);
  return port === undefined
    ? []
    : [{ port, protocol, ...(name === undefined || name === '' ? {} : { name }) }];
}

/** The protocol of a port, TCP by default. */
export function readProtocol(fields: FieldReader): Protocol {
  const protocol = fields.text('protocol') ?? 'TCP';
  if (!PROTOCOLS.includes(protocol as Protocol)) {
    fields.report(
      'protocol',
      'there is no such protocol',
      'write TCP, UDP or SCTP, in capitals',
      'protocol-unknown',
    );
  }
  return protocol as Protocol;
}

function readOwner(fields: FieldReader): { readonly owner?: Owner } {
  for (const reference of fields.object('metadata').list('ownerReferences')) {
    const [kind, name] = [reference.text('kind'), reference.text('name')];
    if (reference.flag('controller') && kind !== undefined && name !== undefined) {
      return { owner: { kind: workloadKind(kind, reference.text('apiVersion')), name } };
    }
  }
  return {};
}
