import type { PolicyRules, TrafficPort } from '../model/policy-rules';
import { isPlainObject } from '../model/problem';

/** @see Azure/azure-container-networking, test/integration/manifests/cilium, common/ccnps.yaml; read 2026-11-30 */
const NAME = 'block-azure-destinations';
const DESTINATION = '168.63.129.16/32';

type Values = Readonly<Record<string, unknown>>;

/**
 * The rules of the policy that AKS adds to clusters with eBPF host routing: no pod may reach the wireserver, 168.63.129.16,
 * on the TCP ports 80 and 32526; it isolates nothing. Undefined for any other policy, even of the same name.
 */
export function wireServerBlock({ kind, metadata, spec }: Values): PolicyRules | undefined {
  if (
    kind !== 'CiliumClusterwideNetworkPolicy' ||
    !isPlainObject(metadata) ||
    metadata.name !== NAME ||
    !isPlainObject(spec)
  ) {
    return undefined;
  }
  const { enableDefaultDeny, endpointSelector, egressDeny, description, ...others } = spec;
  const { egress, ingress } = isPlainObject(enableDefaultDeny) ? enableDefaultDeny : {};
  const isForAll = isPlainObject(endpointSelector) && Object.keys(endpointSelector).length === 0;
  const rules = Array.isArray(egressDeny) ? egressDeny.map(portsOf) : [undefined];
  const ports = rules.flatMap((each) => each ?? []);
  if (egress !== false || ingress !== false || !isForAll || rules.includes(undefined)) {
    return undefined;
  }
  const at = ['spec'];
  return Object.keys(others).length > 0 || ports.length === 0
    ? undefined
    : {
        subject: { namespaces: {}, pods: {}, at: [...at, 'endpointSelector'] },
        ingress: { isolates: false, rules: [], at: [...at, 'ingressDeny'] },
        egress: {
          isolates: false,
          rules: [
            {
              action: 'deny',
              peers: [{ kind: 'addresses', cidr: DESTINATION, except: [], at, blockAt: at }],
              ports,
              at: [...at, 'egressDeny', 0],
            },
          ],
          at: [...at, 'egressDeny'],
        },
        at,
      };
}

/** The TCP ports of a rule for the wireserver alone; undefined for any other rule. */
function portsOf(rule: unknown): TrafficPort[] | undefined {
  const {
    toCIDR = [],
    toCIDRSet = [],
    toPorts = [],
    ...others
  } = isPlainObject(rule) ? rule : { others: rule };
  const blocks = [
    toCIDR,
    entriesOf(toCIDRSet, ({ cidr, ...more }) => (isBlank(more) ? cidr : undefined)),
  ].flat();
  const ports = entriesOf(toPorts, ({ ports: list, ...more }) => (isBlank(more) ? list : undefined)).flat();
  const numbers = entriesOf(ports, ({ port, protocol, ...more }) =>
    isBlank(more) && protocol === 'TCP' && /^[1-9][0-9]{0,4}$/.test(String(port)) ? Number(port) : undefined,
  );
  const isUnderstood =
    isBlank(others) && blocks.every((block) => block === DESTINATION) && !numbers.includes(undefined);
  return isUnderstood && blocks.length > 0 && numbers.length > 0
    ? numbers
        .flatMap((port) => port ?? [])
        .map((port) => ({ protocol: 'TCP', port, at: ['spec', 'egressDeny'] }))
    : undefined;
}

function entriesOf<T>(list: unknown, read: (entry: Values) => T | undefined): (T | undefined)[] {
  return [list].flat().map((entry) => (isPlainObject(entry) ? read(entry) : undefined));
}

function isBlank(value: Values): boolean {
  return Object.keys(value).length === 0;
}
