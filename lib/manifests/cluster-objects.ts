import type { ClusterNode, Ingress, IngressBackend, Namespace, Service, ServicePort } from '../model/cluster';
import { defined, filled } from '../model/defined';
import type { FieldReader } from './field-reader';
import { type Identity, readProtocol } from './pod-template';

export function readNamespace(fields: FieldReader, { name, source }: Identity): Namespace {
  return { name, labels: fields.object('metadata').labels('labels'), declared: true, source };
}

export function readNode(fields: FieldReader, { name, source }: Identity): ClusterNode {
  const spec = fields.object('spec');
  const podCidrs = spec.texts('podCIDRs');
  const podCidr = spec.text('podCIDR');
  const cidrs = podCidrs.length === 0 && podCidr !== undefined && podCidr !== '' ? [podCidr] : podCidrs;
  return {
    name,
    labels: fields.object('metadata').labels('labels'),
    addresses: fields
      .object('status')
      .list('addresses')
      .filter((each) => /^(Internal|External)IP$/.test(each.text('type') ?? ''))
      .flatMap((each) => each.text('address') ?? []),
    ...filled({ podCidrs: cidrs }),
    source,
  };
}

export function readService(fields: FieldReader, { namespace, name, source }: Identity): Service {
  const spec = fields.object('spec');
  const type = spec.text('type');
  const labels = fields.object('metadata').labels('labels');
  const externalTrafficPolicy = spec.text('externalTrafficPolicy');
  const balancers = fields.object('status').object('loadBalancer').list('ingress');
  const clusterIps = addressesOf([spec.text('clusterIP'), ...spec.texts('clusterIPs')]);
  const addresses = addressesOf([
    ...clusterIps,
    ...spec.texts('externalIPs'),
    spec.text('loadBalancerIP'),
    ...balancers.map((each) => each.text('ip')),
  ]);
  return {
    namespace,
    name,
    ...(Object.keys(labels).length === 0 ? {} : { labels }),
    ...defined({ type }),
    // An ExternalName has no endpoints, whatever its selector says.
    ...(spec.has('selector') && type !== 'ExternalName' ? { selector: spec.labels('selector') } : {}),
    ports: spec.list('ports').flatMap(readServicePort),
    addresses,
    ...filled({ clusterIps }),
    ...defined({ externalTrafficPolicy }),
    source,
  };
}

/** Each address once, without the `None` of a headless service. */
function addressesOf(texts: readonly (string | undefined)[]): string[] {
  const given = texts.filter((text) => text !== undefined && text !== '' && text !== 'None');
  return [...new Set(given as string[])];
}

function readServicePort(fields: FieldReader): ServicePort[] {
  const name = fields.text('name');
  const port = fields.number('port', 1, 65535);
  const targetPort = fields.numberOrText('targetPort', 0, 65535);
  const nodePort = fields.number('nodePort', 0, 65535);
  const protocol = readProtocol(fields);
  if (!fields.has('port')) {
    fields.report('port', 'a port needs its number', 'add port');
  }
  return port === undefined
    ? []
    : [
        {
          ...defined({ name }),
          port,
          protocol,
          // In Go, zero means that the number is left out.
          ...(targetPort === undefined || targetPort === 0 || targetPort === '' ? {} : { targetPort }),
          ...(nodePort === undefined || nodePort === 0 ? {} : { nodePort }),
        },
      ];
}

/** The annotation for an ingress's class, which is older than the field. */
const CLASS_ANNOTATION = 'kubernetes.io/ingress.class';

export function readIngress(fields: FieldReader, { namespace, name, source }: Identity): Ingress {
  const spec = fields.object('spec');
  const ingressClass =
    spec.text('ingressClassName') ?? fields.object('metadata').object('annotations').text(CLASS_ANNOTATION);
  return {
    namespace,
    name,
    ...defined({ ingressClass }),
    backends: [
      ...readBackend(spec.object('defaultBackend')),
      ...spec.list('rules').flatMap((rule) => {
        const host = rule.text('host');
        return rule
          .object('http')
          .list('paths')
          .flatMap((path) => readBackend(path.object('backend'), host, path.text('path')));
      }),
    ],
    source,
  };
}

function readBackend(fields: FieldReader, host?: string, path?: string): IngressBackend[] {
  const service = fields.object('service');
  const name = service.text('name');
  const number = service.object('port').number('number', 0, 65535);
  const port = number === undefined || number === 0 ? service.object('port').text('name') : number;
  return name === undefined || port === undefined
    ? []
    : [{ service: name, port, ...defined({ host, path }) }];
}
