import type { Monitor, MonitoredPort } from '../model/callers';
import { defined } from '../model/defined';
import type { FieldReader } from './field-reader';
import type { Identity } from './pod-template';

/**
 * @see prometheus-operator/prometheus-operator, pkg/apis/monitoring/v1: servicemonitor_types.go and podmonitor_types.go;
 *   MicrosoftDocs/azure-docs, articles/azure-monitor/containers/prometheus-metrics-scrape-crd.md (the other group says
 *   the same), read 2026-11-30
 */
export function readMonitor(
  fields: FieldReader,
  { namespace, name, source }: Identity,
  kind: Monitor['kind'],
  group: Monitor['group'],
): Monitor[] {
  const spec = fields.object('spec');
  // Without a selector nothing is selected.
  const selector = spec.selector('selector');
  const places = spec.object('namespaceSelector');
  const names = places.texts('matchNames');
  const namespaces = places.flag('any') ? ('any' as const) : names.length === 0 ? undefined : names;
  return selector === undefined
    ? []
    : [
        {
          kind,
          group,
          namespace,
          name,
          selector,
          ...defined({ namespaces }),
          endpoints: spec
            .list(kind === 'ServiceMonitor' ? 'endpoints' : 'podMetricsEndpoints')
            .filter((endpoint) => !endpoint.has('proxyUrl') && !isRelabelled(endpoint))
            .flatMap(readEndpoint),
          source,
        },
      ];
}

/** An endpoint without a port is left out: it means every port, and it is not known which of them serve metrics. */
function readEndpoint(fields: FieldReader): MonitoredPort[] {
  const port = fields.text('port') ?? '';
  if (port !== '') {
    return [{ port }];
  }
  const targetPort = fields.number('portNumber', 1, 65535) ?? fields.numberOrText('targetPort', 1, 65535);
  return targetPort === undefined || targetPort === '' ? [] : [{ targetPort }];
}

/** Relabelling actions that may leave out targets. */
const FILTERING: readonly string[] = ['keep', 'drop', 'keepequal', 'dropequal'];

/** Whether relabelling may change the targets of an endpoint, or their addresses. */
function isRelabelled(fields: FieldReader): boolean {
  return fields
    .list('relabelings')
    .some(
      (rule) =>
        FILTERING.includes((rule.text('action') ?? '').toLowerCase()) ||
        rule.text('targetLabel') === '__address__',
    );
}
