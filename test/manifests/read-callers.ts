import { readManifests } from '../../lib/manifests/read-manifests';

/** What was read of callers, each as one line. */
export function callersOf(...objects: object[]): string[] {
  const { cluster, problems, skipped } = readManifests(objects);
  expect({ problems, skipped, unreadable: cluster.unreadable }).toEqual({
    problems: [],
    skipped: {},
    unreadable: [],
  });
  return [
    ...(cluster.apiServerCalls ?? []).map(
      ({ kind, name, webhook, service }) =>
        `${kind} ${name}${webhook === undefined ? '' : ` ${webhook}`}: ${service.namespace}/${service.name}:${service.port}`,
    ),
    ...(cluster.gateways ?? []).map(({ namespace, name, className }) => `${namespace}/${name}: ${className}`),
    ...(cluster.routes ?? []).map(
      ({ namespace, name, gateways, backends }) =>
        `${namespace}/${name}: ${gateways.map((each) => `${each.namespace}/${each.name}`)} -> ${backends.map((each) => `${each.namespace}/${each.name}:${each.port}`)}`,
    ),
    ...(cluster.istioGateways ?? []).map(
      ({ namespace, name, selector }) => `${namespace}/${name}: ${JSON.stringify(selector)}`,
    ),
    ...(cluster.virtualServices ?? []).flatMap(({ namespace, name, exportTo, destinations }) =>
      destinations.map(
        ({ gateways, isSubset = false, ...to }) =>
          `${namespace}/${name}${exportTo === undefined ? '' : ` for ${exportTo}`}: ${gateways.map((each) => `${each.namespace}/${each.name}`)} -> ${isSubset ? 'some of ' : ''}${to.namespace}/${to.name}:${to.port}`,
      ),
    ),
  ];
}
