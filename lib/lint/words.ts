import { type PolicyEntry, qualifiedName, type Workload } from '../model/cluster';
import type { PortSet } from '../model/port-set';

/** How many workloads a message names before it counts the rest. */
const NAMED = 3;

/** `shop/web`, `shop/web and shop/api`, `shop/a, shop/b, shop/c and 7 more`. */
export function listWorkloads(workloads: readonly Workload[]): string {
  const isLong = workloads.length > NAMED + 1;
  const names = (isLong ? workloads.slice(0, NAMED) : workloads).map(qualifiedName);
  return isLong ? `${names.join(', ')} and ${workloads.length - NAMED} more` : listWords(names);
}

/** `a`, `a and b`, `a, b, c and 7 more`. */
export function listWords(words: readonly string[]): string {
  const shown = words.length > NAMED + 1 ? words.slice(0, NAMED) : words;
  const last = shown.length < words.length ? `${words.length - shown.length} more` : shown.at(-1);
  const first = shown.length < words.length ? shown : shown.slice(0, -1);
  return first.length === 0 ? (last ?? 'nothing') : `${first.join(', ')} and ${last}`;
}

/** `1 workload`, `3 workloads`, `2 policies`. */
export function count(number: number, noun: string, plural = `${noun}s`): string {
  return `${number} ${number === 1 ? noun : plural}`;
}

/** `every port`, `80/TCP, 443/TCP`. */
export function describePorts(ports: PortSet): string {
  const text = String(ports);
  return text === '*' ? 'every port' : text;
}

const PORT_FACTORIES: Readonly<Record<string, string>> = { TCP: 'Tcp', UDP: 'Udp', SCTP: 'Sctp' };

/** Ports as an argument of a rule, unless they are all: `[Port.tcp(80), Port.udpRange(8000, 8100), Port.allSctp()]`. */
export function portsCode(ports: PortSet): string {
  const entries = String(ports)
    .split(', ')
    .map((entry) => {
      const [numbers = '', protocol = ''] = entry.split('/');
      const [first, last] = numbers.split('-');
      const name = protocol.toLowerCase();
      return first === '*'
        ? `Port.all${PORT_FACTORIES[protocol]}()`
        : last === undefined
          ? `Port.${name}(${first})`
          : `Port.${name}Range(${first}, ${last})`;
    });
  return `[${entries.join(', ')}]`;
}

/** `policy shop/a lets`, `policies shop/a and shop/b let`. */
export function whatPoliciesDo(policies: readonly PolicyEntry[], one: string, several: string): string {
  const names = listWords(policies.map(qualifiedName));
  return policies.length === 1 ? `policy ${names} ${one}` : `policies ${names} ${several}`;
}
