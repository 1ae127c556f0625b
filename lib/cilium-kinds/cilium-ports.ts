import { defined } from '../model/defined';
import { type FieldPath, fieldIn } from '../model/field-path';
import type { FilteredRequest, TrafficFilter, TrafficPort } from '../model/policy-rules';
import { PROTOCOLS } from '../model/ports';
import { isRequestPattern } from '../model/request-pattern';
import { type CiliumRulePlace, nameIn } from './cilium-peers';
import { readFields, readList, readText, Unread } from './unread';

/** The ports of a rule. */
export interface ReadPorts {
  readonly ports: readonly TrafficPort[];
}

/** @returns undefined where a rule says nothing of ports */
export function readPorts(
  { toPorts, icmps }: { readonly toPorts?: unknown; readonly icmps?: unknown },
  at: FieldPath,
  place: CiliumRulePlace,
): ReadPorts | undefined {
  if (icmps !== undefined) {
    if (toPorts !== undefined || readList(icmps, fieldIn(at, 'icmps'), messages).length === 0) {
      throw new Unread(fieldIn(at, 'icmps'));
    }
    // These messages have no port, and whoever is named may use no other protocol.
    return { ports: [] };
  }
  const entries =
    toPorts === undefined
      ? []
      : readList(toPorts, fieldIn(at, 'toPorts'), (each, there) => entryOf(each, there, place));
  if (entries.length === 0) {
    return undefined;
  }
  return { ports: entries.flat() };
}

function messages(value: unknown, at: FieldPath): void {
  const { fields = [] } = readFields(value, at, ['fields']);
  readList(fields, fieldIn(at, 'fields'), (each, there) => {
    const { type, family = 'IPv4' } = readFields(each, there, ['type', 'family']);
    const isType =
      typeof type === 'number'
        ? Number.isInteger(type) && type >= 0 && type <= 255
        : type === 'EchoRequest' || type === 'EchoReply';
    if (!isType || (family !== 'IPv4' && family !== 'IPv6')) {
      throw new Unread(there);
    }
  });
}

function entryOf(value: unknown, at: FieldPath, place: CiliumRulePlace): readonly TrafficPort[] {
  const { ports = [], rules } = readFields(value, at, ['ports', 'rules']);
  const read = readList(ports, fieldIn(at, 'ports'), readPortEntry).flat();
  const filter = rules === undefined ? undefined : filterIn(rules, fieldIn(at, 'rules'), read, place);
  return filter === undefined ? read : read.map((each) => ({ ...each, filter }));
}

const NUMBER = /^(?:0|[1-9][0-9]{0,4})$/;
/** A name as IANA has them, which Cilium takes for no number. */
const NAME = /^(?=.{1,15}$)[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/;
const PORT = new RegExp(`${NUMBER.source}|${NAME.source}`);
const LAST_PORT = 65535;

/** An entry of `ports`: a port of each of its protocols. */
export function readPortEntry(value: unknown, at: FieldPath): TrafficPort[] {
  const { port, endPort, protocol = 'ANY' } = readFields(value, at, ['port', 'endPort', 'protocol']);
  const text = readText(port, fieldIn(at, 'port'), PORT);
  const protocols = protocol === 'ANY' ? PROTOCOLS : PROTOCOLS.filter((each) => each === protocol);
  const first = NUMBER.test(text) ? Number(text) : text;
  const last = endPort === undefined ? {} : { endPort: lastOf(endPort, first, at) };
  if (protocols.length === 0 || (typeof first === 'number' && first > LAST_PORT)) {
    throw new Unread(at);
  }
  // No number is every port.
  return protocols.map((each) => ({ protocol: each, ...(first === 0 ? {} : { port: first }), ...last, at }));
}

/** A range from every port on, or from a name, ends the reading; one that ends before it begins is one port. */
function lastOf(value: unknown, first: number | string, at: FieldPath): number {
  const isLast = typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= LAST_PORT;
  if (!isLast || typeof first !== 'number' || first === 0) {
    throw new Unread(at);
  }
  return Math.max(first, value);
}

function filterIn(
  value: unknown,
  at: FieldPath,
  ports: readonly TrafficPort[],
  { action, direction }: CiliumRulePlace,
): TrafficFilter | undefined {
  const { http, dns } = readFields(value, at, ['http', 'dns']);
  const isOne = (http === undefined) !== (dns === undefined);
  if (!isOne || action === 'deny' || ports.length === 0 || ports.some(({ port }) => port === undefined)) {
    throw new Unread(at);
  }
  if (http !== undefined) {
    const isTcp = ports.every(({ protocol }) => protocol === 'TCP');
    const requests = readList(http, fieldIn(at, 'http'), requestIn);
    if (!isTcp) {
      throw new Unread(at);
    }
    return requests.length === 0 ? undefined : { kind: 'http', requests };
  }
  const names = readList(dns, fieldIn(at, 'dns'), nameIn);
  if (direction === 'Ingress' || names.length === 0 || ports.some(({ endPort }) => endPort !== undefined)) {
    throw new Unread(at);
  }
  return { kind: 'dns', names: names.map(({ name }) => name) };
}

function requestIn(value: unknown, at: FieldPath): FilteredRequest {
  const { method, path, host, headers = [] } = readFields(value, at, ['method', 'path', 'host', 'headers']);
  const patternOf = (each: unknown) => (each === undefined ? undefined : patternIn(each, at));
  // The definition of the kind asks for a host name, and Cilium reads an expression.
  const hosts = readText(host ?? '', fieldIn(at, 'host'), /^[-A-Za-z0-9.]*$/);
  const names = readList(headers, fieldIn(at, 'headers'), (each, there) =>
    readText(each, there, /^[-\w]+(?:: ?[-\w./ ]+)?$/),
  );
  // An empty text asks for nothing.
  return defined({
    method: patternOf(method) || undefined,
    path: patternOf(path) || undefined,
    host: hosts || undefined,
    headers: names.length === 0 ? undefined : names,
  });
}

/** A pattern that Cilium refuses makes the whole policy do nothing. */
function patternIn(value: unknown, at: FieldPath): string {
  if (typeof value !== 'string' || !(value === '' || isRequestPattern(value))) {
    throw new Unread(at);
  }
  return value;
}
