import type { FieldPath } from '../model/field-path';
import type { Labels } from '../model/labels';
import { nameOfKind } from '../model/object-kinds';

/** A kind from whose objects a controller makes pods; no pod template has their labels. */
export interface MakerKind {
  readonly kind: string;
  readonly group: string;
  /** Its name in answers, if Kubernetes itself has a kind of that name. @default its kind */
  readonly name?: string;
  /**
   * The field with the namespace of the pods; without a value they may be in any namespace.
   *
   * @default the namespace of the object, because an owner is in the same namespace as what it owns
   */
  readonly podNamespaceAt?: FieldPath;
  /** The labels of every pod, given the name of the object. @default none are documented */
  readonly podLabels?: (name: string) => Labels;
  /** A field with more labels of the pods. */
  readonly podLabelsAt?: FieldPath;
  /** The documentation of this, read on 2026-11-30. */
  readonly source: string;
}

const POD_METADATA: FieldPath = ['spec', 'podMetadata', 'labels'];

export const MAKER_KINDS: readonly MakerKind[] = [
  {
    kind: 'Prometheus',
    group: 'monitoring.coreos.com',
    podLabels: (name) => ({ ...operated('prometheus', name), prometheus: name }),
    podLabelsAt: POD_METADATA,
    source: 'prometheus-operator/prometheus-operator, pkg/prometheus/server/statefulset.go',
  },
  {
    kind: 'Alertmanager',
    group: 'monitoring.coreos.com',
    podLabels: (name) => ({ ...operated('alertmanager', name), alertmanager: name }),
    podLabelsAt: POD_METADATA,
    source: 'prometheus-operator/prometheus-operator, pkg/alertmanager/statefulset.go',
  },
  {
    kind: 'ThanosRuler',
    group: 'monitoring.coreos.com',
    podLabelsAt: POD_METADATA,
    source: 'prometheus-operator/prometheus-operator, pkg/thanos/statefulset.go',
  },
  ...ofGroup('monitoring.coreos.com', ['PrometheusAgent'], {
    source: 'prometheus-operator/prometheus-operator, pkg/apis/monitoring/v1alpha1',
  }),
  ...ofGroup(
    'kafka.strimzi.io',
    ['Kafka', 'KafkaConnect', 'KafkaBridge', 'KafkaMirrorMaker', 'KafkaMirrorMaker2'],
    {
      podLabels: (name) => ({ 'strimzi.io/cluster': name }),
      source: 'strimzi/strimzi-kafka-operator, STRIMZI_CLUSTER_LABEL in ResourceLabels.java and Labels.java',
    },
  ),
  // Their pods have the name of their Kafka.
  ...ofGroup('kafka.strimzi.io', ['KafkaNodePool'], {
    source: 'strimzi/strimzi-kafka-operator, api/src/main/java/io/strimzi/api/kafka/model/nodepool',
  }),
  {
    kind: 'RabbitmqCluster',
    group: 'rabbitmq.com',
    podLabels: (name) => ({ 'app.kubernetes.io/name': name, 'app.kubernetes.io/component': 'rabbitmq' }),
    source: 'rabbitmq/cluster-operator, internal/metadata/label.go',
  },
  {
    kind: 'Cluster',
    group: 'postgresql.cnpg.io',
    podLabels: (name) => ({ 'cnpg.io/cluster': name }),
    source: 'cloudnative-pg/cloudnative-pg, pkg/utils/labels_annotations.go',
  },
  ...ofGroup('postgresql.cnpg.io', ['Pooler'], {
    source: 'cloudnative-pg/cloudnative-pg, pkg/utils/labels_annotations.go',
  }),
  // The operator's settings decide which labels its pods have.
  ...ofGroup('acid.zalan.do', ['postgresql'], {
    source: 'zalando/postgres-operator, docs/reference/operator_parameters.md: cluster_name_label',
  }),
  {
    kind: 'Service',
    group: 'serving.knative.dev',
    name: 'Service.serving.knative.dev',
    source: 'knative/serving, pkg/apis/serving/register.go',
  },
  ...ofGroup('serving.knative.dev', ['Configuration', 'Revision'], {
    source: 'knative/serving, pkg/apis/serving/register.go',
  }),
  ...ofGroup('ray.io', ['RayCluster'], {
    podLabels: (name) => ({ 'ray.io/cluster': name }),
    source: 'ray-project/kuberay, ray-operator/controllers/ray/common/pod.go: labelPod',
  }),
  // The operator generates the names of their clusters.
  ...ofGroup('ray.io', ['RayJob', 'RayService'], {
    source: 'ray-project/kuberay, ray-operator/controllers/ray/utils/constant.go',
  }),
  {
    kind: 'SparkApplication',
    group: 'sparkoperator.k8s.io',
    podLabels: (name) => ({ 'sparkoperator.k8s.io/app-name': name }),
    source: 'kubeflow/spark-operator, pkg/common/spark.go: LabelSparkAppName',
  },
  ...ofGroup('sparkoperator.k8s.io', ['ScheduledSparkApplication'], {
    source: 'kubeflow/spark-operator, pkg/common/spark.go',
  }),
  ...ofGroup('argoproj.io', ['Workflow', 'CronWorkflow'], {
    source: 'argoproj/argo-workflows, pkg/apis/workflow/v1alpha1/workflow_types.go',
  }),
  // Their pod templates are merged with others, and the operator adds labels.
  ...['Elasticsearch', 'Kibana'].flatMap((kind) =>
    ofGroup(`${kind.toLowerCase()}.k8s.elastic.co`, [kind], {
      source: 'elastic/cloud-on-k8s, pkg/apis',
    }),
  ),
  ...ofGroup('opentelemetry.io', ['OpenTelemetryCollector'], {
    source: 'open-telemetry/opentelemetry-operator, apis/v1beta1/opentelemetrycollector_types.go',
  }),
  ...ofGroup('jobset.x-k8s.io', ['JobSet'], {
    source: 'kubernetes-sigs/jobset, api/jobset/v1alpha2/jobset_types.go',
  }),
  ...ofGroup('leaderworkerset.x-k8s.io', ['LeaderWorkerSet'], {
    source: 'kubernetes-sigs/lws, api/leaderworkerset/v1/leaderworkerset_types.go',
  }),
  // Their objects may name other namespaces; but if they name a target namespace, it is nearly always used.
  {
    kind: 'HelmRelease',
    group: 'helm.toolkit.fluxcd.io',
    podNamespaceAt: ['spec', 'targetNamespace'],
    source: 'fluxcd/helm-controller, api/v2/helmrelease_types.go',
  },
  {
    kind: 'Kustomization',
    group: 'kustomize.toolkit.fluxcd.io',
    podNamespaceAt: ['spec', 'targetNamespace'],
    source: 'fluxcd/kustomize-controller, api/v1/kustomization_types.go',
  },
  {
    kind: 'Application',
    group: 'argoproj.io',
    podNamespaceAt: ['spec', 'destination', 'namespace'],
    source: 'argoproj/argo-cd, pkg/apis/application/v1alpha1/types.go: ApplicationDestination',
  },
  {
    kind: 'ApplicationSet',
    group: 'argoproj.io',
    podNamespaceAt: ['spec', 'template', 'spec', 'destination', 'namespace'],
    source: 'argoproj/argo-cd, pkg/apis/application/v1alpha1/applicationset_types.go',
  },
];

const BY_NAME: ReadonlyMap<string, MakerKind> = new Map(
  MAKER_KINDS.map((each) => [nameOfKind(each.kind, `${each.group}/`), each]),
);

/** The entry for a kind; `undefined` if it is not a maker. */
export function makerKind(kind: string, apiVersion: unknown): MakerKind | undefined {
  return BY_NAME.get(nameOfKind(kind, apiVersion));
}

function ofGroup(
  group: string,
  kinds: readonly string[],
  more: Omit<MakerKind, 'kind' | 'group'>,
): readonly MakerKind[] {
  return kinds.map((kind) => ({ kind, group, ...more }));
}

function operated(app: string, name: string): Labels {
  return {
    'app.kubernetes.io/name': app,
    'app.kubernetes.io/instance': name,
    'app.kubernetes.io/managed-by': 'prometheus-operator',
  };
}
