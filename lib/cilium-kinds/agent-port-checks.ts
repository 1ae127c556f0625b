import { MOST_IN_A_LIST } from '../model/cilium-limits';
import { type FieldPath, fieldIn } from '../model/field-path';
import type { Refusal } from '../model/refusal';
import { goRegexError } from './go-regex';

/** An object that the schema has let through. */
export type Values = Readonly<Record<string, unknown>>;

/** The entries of a list of objects; none where the field is left out. */
export function listIn(object: Values, key: string): readonly Values[] {
  return (object[key] ?? []) as readonly Values[];
}

/** Names by which Cilium's messages call what can filter traffic. */
const FILTERS = { dns: 'DNS', http: 'HTTP', kafka: 'Kafka' } as const;

type FilterName = keyof typeof FILTERS;

/** How many entries an entry of `toPorts` has by which a proxy would filter. */
function countFilters({ rules = {} }: Values): number {
  return [...Object.keys(FILTERS), 'l7'].reduce((sum, key) => sum + listIn(rules as Values, key).length, 0);
}

/** Filters that agents, or some of them, have no proxy for. */
export function* inFilters(
  ports: readonly Values[],
  at: FieldPath,
  direction: 'From' | 'To',
  isOfNodes: boolean,
): Generator<Refusal> {
  const filtered = [...ports.entries()].filter(([, each]) => countFilters(each) > 0);
  const placeOf = (i: number) => fieldIn(fieldIn(at, i), 'rules');
  const [first] = filtered;
  if (first === undefined) {
    return;
  }
  if (isOfNodes && direction === 'From') {
    yield {
      message: 'L7 policy is not supported on host ingress yet',
      at: placeOf(first[0]),
      fix: 'leave rules out: on nodes only the names that are asked for can be filtered',
      from: '1.17',
    };
  }
  for (const [i, each] of filtered) {
    const isOfNames = listIn(each.rules as Values, 'dns').length > 0;
    yield {
      message: 'L7 policy is not supported since L7 proxy is not enabled',
      at: placeOf(i),
      fix: `switch on Advanced Container Networking Services with ${isOfNames ? 'FQDN or L7' : 'L7'} policies, or leave rules out`,
      unless: isOfNames ? 'dns-proxy' : 'http-proxy',
    };
  }
  const refused: readonly FilterName[] = direction === 'From' ? ['dns'] : isOfNodes ? ['http', 'kafka'] : [];
  for (const name of refused) {
    const place = filtered.find(([, each]) => listIn(each.rules as Values, name).length > 0)?.[0];
    if (place !== undefined) {
      yield {
        message: `L7 protocol ${FILTERS[name]} is not supported on ${direction === 'From' ? 'ingress' : 'host egress'} yet`,
        at: placeOf(place),
        fix: direction === 'From' ? 'filter names in an egress rule' : 'leave rules out',
        ...(direction === 'From' ? {} : { from: '1.17' as const }),
      };
    }
  }
}

/** An entry of `toPorts`. */
export function* inPorts(
  entry: Values,
  at: FieldPath,
  direction: 'From' | 'To',
  denies: boolean,
): Generator<Refusal> {
  const ports = listIn(entry, 'ports');
  const rules = (denies ? {} : (entry.rules ?? {})) as Values;
  const isFiltered = countFilters({ rules }) > 0;
  const hasNames = listIn(rules, 'dns').length > 0;
  if (
    !denies &&
    listIn(entry, 'serverNames').length > 0 &&
    isFiltered &&
    entry.terminatingTLS === undefined
  ) {
    yield {
      message: 'ServerNames are not allowed with L7 rules without TLS termination',
      at: fieldIn(at, 'serverNames'),
      fix: 'leave serverNames or rules out',
    };
  }
  if (ports.length > MOST_IN_A_LIST) {
    // The schema says so as well, except of denials.
    yield {
      message: `too many ports, the max is ${MOST_IN_A_LIST}`,
      at: fieldIn(at, 'ports'),
      fix: 'divide them among several entries of toPorts, or write a range with endPort',
    };
  }
  for (const [i, each] of ports.entries()) {
    const there = fieldIn(fieldIn(at, 'ports'), i);
    yield* inPort(each, there, { isFiltered, hasNames });
    const { protocol = 'ANY' } = each;
    if (isFiltered && !hasNames && protocol !== 'TCP') {
      yield {
        message: `L7 rules can only apply to TCP (not ${protocol}) except for DNS rules`,
        at: fieldIn(there, 'protocol'),
        fix: 'write protocol: TCP',
      };
    }
  }
  yield* inListener(entry, at, direction, isFiltered && !denies);
  if (isFiltered) {
    yield* inRules(rules, fieldIn(at, 'rules'), ports);
  }
}

function* inListener(
  { listener }: Values,
  at: FieldPath,
  direction: 'From' | 'To',
  isFiltered: boolean,
): Generator<Refusal> {
  const { name } = (listener ?? {}) as { readonly name?: string };
  const where = fieldIn(at, 'listener');
  if (name !== undefined && direction === 'From') {
    yield { message: `Listener is not allowed on ingress (${name})`, at: where, fix: 'leave listener out' };
  }
  if (name !== undefined && isFiltered) {
    const fix = 'leave listener or rules out';
    yield { message: `Listener is not allowed with L7 rules (${name})`, at: where, fix };
  }
}

function* inPort(
  { port, endPort = 0, protocol = 'ANY' }: Values,
  at: FieldPath,
  { isFiltered, hasNames }: { readonly isFiltered: boolean; readonly hasNames: boolean },
): Generator<Refusal> {
  if (port === undefined) {
    yield {
      message: 'port must be specified',
      at,
      fix: 'write port: "0" for every port',
      from: '1.19',
      unless: 'extended-protocols',
    };
    return;
  }
  const text = port as string;
  if (isServiceName(text)) {
    return;
  }
  if (text !== '0' && (protocol === 'VRRP' || protocol === 'IGMP')) {
    const fix = `leave port out: ${protocol} has no ports`;
    yield { message: 'port must be empty or 0', at: fieldIn(at, 'port'), fix, from: '1.19' };
  }
  const refused = portRefused(text);
  if (refused !== undefined) {
    yield {
      message: `unable to parse port: ${refused}`,
      at: fieldIn(at, 'port'),
      fix: 'write a number up to 65535, or the name of a port, which has 15 letters and digits at most',
    };
  }
  const number = /^(?:0|[1-9][0-9]*)$/.test(text) ? Number(text) : undefined;
  if (isFiltered && number !== undefined && (endPort as number) > number) {
    yield {
      message: `${hasNames ? 'DNS' : 'L7'} rules do not support port ranges`,
      at: fieldIn(at, 'endPort'),
      fix: hasNames ? 'leave endPort out: names are asked for on port 53' : 'leave endPort out',
      ...(hasNames ? { from: '1.17' as const } : { to: '1.16' as const }),
    };
    if (hasNames) {
      yield {
        message: 'L7 rules do not support port ranges',
        at: fieldIn(at, 'endPort'),
        fix: 'leave endPort out: names are asked for on port 53',
        to: '1.16',
      };
    }
  }
}

/** Whether Cilium takes a text for the name of a port, whatever else it could be. */
function isServiceName(port: string): boolean {
  return port.length <= 15 && /^[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*$/.test(port) && /[A-Za-z]/.test(port);
}

/** The longest text of which the agent's message is foretold. */
const LONGEST = 80;

/** What Go's reader of numbers says of a port that is no name; undefined where it takes it, or where that is not sure. */
function portRefused(port: string): string | undefined {
  if (port.length > LONGEST || !/^[ -~]*$/.test(port)) {
    return undefined;
  }
  const says = `strconv.ParseUint: parsing ${JSON.stringify(port)}:`;
  if (/^[1-9][0-9]*$/.test(port)) {
    return Number(port) > 65535 ? `${says} value out of range` : undefined;
  }
  // Behind a 0 it may be a number of another base, and between digits may be underscores.
  const isNoNumber = /^[^0]/.test(port)
    ? /[^0-9_]/.test(port)
    : /^0[0-7]*[89]/.test(port) || /[^0-9A-Za-z_]/.test(port);
  return isNoNumber ? says : undefined;
}

function* inRules(rules: Values, at: FieldPath, ports: readonly Values[]): Generator<Refusal> {
  if (ports.some(({ port }) => port === '0')) {
    yield {
      message: 'L7 rules can not be used when a port is 0',
      at,
      fix: 'list the ports to filter, and write an entry of its own without rules for the others',
    };
  }
  for (const [i, request] of listIn(rules, 'http').entries()) {
    for (const key of ['path', 'method']) {
      const error = goRegexError(String(request[key] ?? ''));
      if (error !== undefined) {
        yield {
          message: `error parsing regexp: ${error}`,
          at: fieldIn(fieldIn(fieldIn(at, 'http'), i), key),
          fix: 'write a regular expression as RE2 has them: /api/.* for all that begins with /api/',
        };
      }
    }
  }
  if (listIn(rules, 'dns').length > 0 && ports.length === 0) {
    const fix = 'add ports: [{ port: "53", protocol: ANY }]';
    yield { message: 'port 53 must be specified for DNS rules', at: fieldIn(at, 'dns'), fix };
  }
  if (rules.l7 !== undefined && (rules.l7proto ?? '') === '') {
    const message = "'l7' may only be specified when a 'l7proto' is also specified";
    yield { message, at: fieldIn(at, 'l7'), fix: 'leave l7 out' };
  }
}
