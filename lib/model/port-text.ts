import type { Protocol } from './network-policy';
import { PortSet } from './port-set';
import { PROTOCOLS } from './ports';
import { NetworkPolicyError, show } from './problem';

/** The port of a question: a set of numbers, or a name that each destination resolves. */
export type AskedPort =
  | { readonly ports: PortSet }
  /** Without `protocol`: the protocols for which the destination declares the name. */
  | { readonly name: string; readonly protocol?: Protocol };

/**
 * Reads a port as kubectl writes it: `5432`, `5432/TCP`, `8000-8100/TCP`, `http`, `dns/UDP`, `*\/UDP`, `*`.
 * A number without protocol is TCP.
 *
 * @param protocol for a port that is written without one
 * @throws NetworkPolicyError `port-unreadable`, `protocol-unknown`
 */
export function readPort(port: number | string, protocol?: Protocol): AskedPort {
  if (port === null || typeof port === 'boolean') {
    // As texts, `null` and `true` would be valid names.
    throw unreadable(port);
  }
  const [value, written, ...rest] = String(port).split('/') as [string, ...string[]];
  if (protocol !== undefined) {
    checkProtocol(protocol, written, port);
  }
  const asked = (written ?? protocol) as Protocol | undefined;
  if (rest.length > 0 || (asked !== undefined && !PROTOCOLS.includes(asked))) {
    throw unreadable(port);
  }
  if (value === '*') {
    return { ports: asked === undefined ? PortSet.ALL : PortSet.ofProtocol(asked) };
  }
  const range = /^(\d+)(?:-(\d+))?$/.exec(value);
  if (range === null) {
    if (!PORT_NAME.test(value)) {
      throw unreadable(port);
    }
    return asked === undefined ? { name: value } : { name: value, protocol: asked };
  }
  const first = Number(range[1]);
  const last = Number(range[2] ?? first);
  if (first < 1 || last > 65535 || last < first) {
    throw unreadable(port);
  }
  return { ports: PortSet.range(asked ?? 'TCP', first, last) };
}

/** Refuses an unknown protocol, and one that differs from the protocol written in the port. */
function checkProtocol(protocol: Protocol, written: string | undefined, port: number | string): void {
  if (!PROTOCOLS.includes(protocol)) {
    throw new NetworkPolicyError({
      code: 'protocol-unknown',
      at: 'protocol',
      got: show(protocol),
      problem: 'there is no such protocol',
      fix: 'write TCP, UDP or SCTP, in capitals',
    });
  }
  if (written !== undefined && written !== protocol) {
    throw new NetworkPolicyError({
      code: 'port-unreadable',
      at: 'port',
      got: `${show(port)} beside protocol ${protocol}`,
      problem: 'the port has a protocol of its own',
      fix: 'give the protocol once',
    });
  }
}

const NUMBER = '(?:\\d+(?:-\\d+)?|\\*)';
/** `5432`, `8000-8100/tcp`, `*`, `80:90`, `5432,5433`. */
const NUMBERS = new RegExp(`^${NUMBER}(?:/[a-z]*)?(?:[,;:\\s]+${NUMBER}(?:/[a-z]*)?)*$`, 'i');
const PROTOCOL_FIRST = /^(tcp|udp|sctp)[/:]([a-z\d*-]+)$/i;
const PROTOCOL_LAST = /^([a-z\d*-]+)\/(tcp|udp|sctp)$/i;
const PORT_NAME = /^(?=.*[a-z])[a-z0-9-]+$/;

/** Whether a text was probably meant as a port number, valid or not: `99999`, `80/tcp`, `tcp/5432`, `5432,5433`. */
export function isPortNumber(text: string): boolean {
  const word = text.trim();
  return NUMBERS.test(word) || NUMBERS.test(PROTOCOL_FIRST.exec(word)?.[2] ?? '');
}

/** Whether a text was probably meant as a port name: `http`, `dns/udp`, `tcp/http`. */
export function isPortName(text: string): boolean {
  return [PORT_NAME, PROTOCOL_FIRST, PROTOCOL_LAST].some((form) => form.test(text.trim()));
}

function unreadable(port: unknown): NetworkPolicyError {
  return new NetworkPolicyError({
    code: 'port-unreadable',
    at: 'port',
    got: show(port),
    problem: 'is not a port, a range of ports or a port name',
    fix: suggestPort(port) ?? 'write 5432, 5432/TCP, 8000-8100/TCP, */UDP or the name of a container port',
  });
}

/** How to write a port that is written differently. */
function suggestPort(port: unknown): string | undefined {
  const word = String(port).trim();
  if (/[,;]/.test(word)) {
    return 'ask for one port, or one range of ports, at a time';
  }
  const [, first, behind] = PROTOCOL_FIRST.exec(word) ?? [];
  const [, before, last] = PROTOCOL_LAST.exec(word) ?? [];
  const protocol = (first ?? last)?.toUpperCase();
  const meant = protocol === undefined ? word : `${behind ?? before}/${protocol}`;
  return meant !== port && isReadable(meant) ? `write ${meant}` : undefined;
}

function isReadable(port: string): boolean {
  const [, value = port] = PROTOCOL_LAST.exec(port) ?? [];
  const [first, last = first] = value.split('-').map(Number) as [number, number?];
  return value === '*' || PORT_NAME.test(value) || (first >= 1 && last >= first && last <= 65535);
}
