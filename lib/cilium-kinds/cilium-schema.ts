import { readCidr } from '../model/cidr';
import { MOST_IN_A_LIST } from '../model/cilium-limits';
import { isLabelValue } from '../model/labels';
import { isDnsSubdomain } from '../model/names';
import { isPlainObject, type Problem, type ValueCheck } from '../model/problem';
import { ENTITIES } from './cilium-entities';
import { fieldsOf, integer, listOf, mapOf, oneOf, text, truth } from './schema-checks';

/** The version of the API that has the kinds. */
export const CILIUM_VERSION = 'cilium.io/v2';

/**
 * What the API server refuses in a CiliumNetworkPolicy or a CiliumClusterwideNetworkPolicy by the schema of every version
 * of Cilium from 1.17 to 1.19. It prunes a null and a field that the schema does not know, so neither is a problem here.
 *
 * @see cilium v1.17.0, v1.18.6 and v1.19.5, pkg/k8s/apis/cilium.io/client/crds/v2, read 2026-11-30
 */
export function schemaProblems(policy: Readonly<Record<string, unknown>>): readonly Problem[] {
  const { apiVersion, spec, specs } = policy;
  const problems: Problem[] = [];
  if (apiVersion !== CILIUM_VERSION) {
    return problems;
  }
  fieldsOf({ spec: SPEC, specs: listOf(SPEC) })(withoutNulls({ spec, specs }), [], problems);
  return problems;
}

/** A null in a list stays, and is refused. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(withoutNulls);
  }
  return isPlainObject(value)
    ? Object.fromEntries(
        Object.entries(value).flatMap(([key, each]) => (each === null ? [] : [[key, withoutNulls(each)]])),
      )
    : value;
}

const labelValue = text({ fits: isLabelValue, asks: 'a label value' });

const selector = fieldsOf({
  matchLabels: mapOf(labelValue),
  matchExpressions: listOf(
    fieldsOf(
      { key: text(), operator: oneOf(['In', 'NotIn', 'Exists', 'DoesNotExist']), values: listOf(text()) },
      { all: ['key', 'operator'] },
    ),
  ),
});

const cidr = text({
  fits: (each) => readCidr(each) !== undefined,
  asks: 'a CIDR with its prefix length, such as 203.0.113.7/32',
});

const blocks = listOf(
  fieldsOf(
    {
      cidr,
      cidrGroupRef: text({ fits: isDnsSubdomain, asks: 'the name of a CiliumCIDRGroup' }),
      cidrGroupSelector: selector,
      except: listOf(cidr),
    },
    { exactlyOne: ['cidr', 'cidrGroupRef', 'cidrGroupSelector'] },
  ),
);

/** Cilium has entities that its schema does not let through. */
const entity = oneOf([...ENTITIES.keys()].filter((name) => !name.startsWith('world-')));

const LONGEST_NAME = 255;
const hostName = fieldsOf(
  {
    matchName: text({
      fits: (each) => /^[-\w]+(?:\.[-\w]+)*\.?$/.test(each),
      asks: 'a host name',
      most: LONGEST_NAME,
    }),
    matchPattern: text({
      fits: (each) => /^[-\w*]+(?:\.[-\w*]+)*\.?$/.test(each),
      asks: 'a host name, in which * may stand',
      most: LONGEST_NAME,
    }),
  },
  { exactlyOne: ['matchName', 'matchPattern'] },
);

const service = fieldsOf({
  k8sService: fieldsOf({ namespace: text(), serviceName: text() }),
  k8sServiceSelector: fieldsOf({ namespace: text(), selector }, { all: ['selector'] }),
});

const group = fieldsOf({
  aws: fieldsOf({
    labels: mapOf(text()),
    region: text(),
    securityGroupsIds: listOf(text()),
    securityGroupsNames: listOf(text()),
  }),
});

/** Neither end of the pattern is fixed, so it lets much through that is no port. */
const port = text({
  fits: (each) => /^[0-9]/.test(each) || /[A-Za-z](?:-?[A-Za-z0-9])*$/.test(each.slice(-LONGEST_NAME)),
  asks: 'the number or the name of a port, in quotes',
});

const ports = fieldsOf({
  port,
  endPort: integer(0, 65535),
  protocol: oneOf(['TCP', 'UDP', 'SCTP', 'VRRP', 'IGMP', 'ANY']),
});

const secret = fieldsOf({ name: text(), namespace: text() }, { all: ['name'] });

const tls = fieldsOf(
  { certificate: text(), privateKey: text(), trustedCA: text(), secret },
  { all: ['secret'] },
);

const request = fieldsOf({
  host: text(),
  method: text(),
  path: text(),
  headers: listOf(text()),
  headerMatches: listOf(
    fieldsOf(
      {
        name: text({ fits: (each) => each !== '', asks: 'the name of a header' }),
        mismatch: oneOf(['LOG', 'ADD', 'DELETE', 'REPLACE']),
        secret,
        value: text(),
      },
      { all: ['name'] },
    ),
  ),
});

const rules = fieldsOf(
  {
    http: listOf(request),
    dns: listOf(hostName),
    kafka: listOf(
      fieldsOf({
        apiKey: text(),
        apiVersion: text(),
        clientID: text(),
        role: oneOf(['produce', 'consume']),
        topic: text({ most: 255 }),
      }),
    ),
    l7proto: text(),
    l7: listOf(mapOf(text())),
  },
  { exactlyOne: ['http', 'kafka', 'dns', 'l7proto'] },
);

const given = text({ fits: (each) => each !== '', asks: 'a name' });

const listener = fieldsOf(
  {
    name: given,
    priority: integer(1, 100),
    envoyConfig: fieldsOf(
      { kind: oneOf(['CiliumEnvoyConfig', 'CiliumClusterwideEnvoyConfig']), name: given },
      { all: ['name'] },
    ),
  },
  { all: ['envoyConfig', 'name'] },
);

const portRule = fieldsOf({
  ports: listOf(ports, MOST_IN_A_LIST),
  rules,
  listener,
  originatingTLS: tls,
  terminatingTLS: tls,
  serverNames: listOf(text()),
});

const MESSAGES =
  'EchoReply DestinationUnreachable Redirect Echo RouterAdvertisement RouterSelection TimeExceeded ParameterProblem Timestamp TimestampReply Photuris ExtendedEchoRequest PacketTooBig EchoRequest MulticastListenerQuery MulticastListenerReport MulticastListenerDone RouterSolicitation NeighborSolicitation NeighborAdvertisement RedirectMessage RouterRenumbering ICMPNodeInformationQuery ICMPNodeInformationResponse InverseNeighborDiscoverySolicitation InverseNeighborDiscoveryAdvertisement HomeAgentAddressDiscoveryRequest HomeAgentAddressDiscoveryReply MobilePrefixSolicitation MobilePrefixAdvertisement DuplicateAddressRequestCodeSuffix DuplicateAddressConfirmationCodeSuffix'.split(
    ' ',
  );

/** The schema bounds only what is written as a text. */
const messageType: ValueCheck = (value, at, problems) => {
  if (typeof value !== 'number' || !Number.isInteger(value)) {
    text({
      fits: (each) => MESSAGES.includes(each) || each === 'ExtendedEcho Reply' || isByte(each),
      asks: 'a number up to 255 or the name of a type of messages',
    })(value, at, problems);
  }
};

function isByte(each: string): boolean {
  return /^(?:0|[1-9][0-9]{0,2})$/.test(each) && Number(each) <= 255;
}

const messages = fieldsOf({
  fields: listOf(
    fieldsOf({ type: messageType, family: oneOf(['IPv4', 'IPv6']) }, { all: ['type'] }),
    MOST_IN_A_LIST,
  ),
});

const authentication = fieldsOf(
  { mode: oneOf(['disabled', 'required', 'test-always-fail']) },
  { all: ['mode'] },
);

/** What rules of both sorts may have. */
function peers(direction: 'from' | 'to') {
  return {
    [`${direction}Endpoints`]: listOf(selector),
    [`${direction}Nodes`]: listOf(selector),
    [`${direction}CIDR`]: listOf(cidr),
    [`${direction}CIDRSet`]: blocks,
    [`${direction}Entities`]: listOf(entity),
    [`${direction}Groups`]: listOf(group),
    icmps: listOf(messages),
  };
}
const FROM = peers('from');
const TO = { ...peers('to'), toServices: listOf(service) };
const ALLOWED = { toPorts: listOf(portRule), authentication };
const DENIED = { toPorts: listOf(fieldsOf({ ports: listOf(ports) })) };

const SPEC = fieldsOf(
  {
    description: text(),
    endpointSelector: selector,
    nodeSelector: selector,
    enableDefaultDeny: fieldsOf({ ingress: truth, egress: truth }),
    labels: listOf(fieldsOf({ key: text(), source: text(), value: text() }, { all: ['key'] })),
    ingress: listOf(fieldsOf({ ...FROM, ...ALLOWED })),
    ingressDeny: listOf(fieldsOf({ ...FROM, ...DENIED })),
    egress: listOf(fieldsOf({ ...TO, ...ALLOWED, toFQDNs: listOf(hostName) })),
    egressDeny: listOf(fieldsOf({ ...TO, ...DENIED })),
  },
  {
    exactlyOne: ['endpointSelector', 'nodeSelector'],
    atLeastOne: ['ingress', 'ingressDeny', 'egress', 'egressDeny'],
  },
);
