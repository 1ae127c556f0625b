import { defined } from './defined';
import type { Protocol } from './network-policy';
import type { Place } from './place';
import { PortSet } from './port-set';
import { PROTOCOLS } from './ports';
import { NetworkPolicyError, show } from './problem';

/** The port of a question: a set of numbers, or a name that each destination resolves. */
export type AskedPort =
  | { readonly ports: PortSet }
  /** Without `protocol`: the protocols for which the destination declares the name. */
  | { readonly name: string; readonly protocol?: Protocol };

/** A port as somebody wrote it, taken apart; without `protocol` where none was written. */
export type WrittenPort =
  | { readonly kind: 'every'; readonly protocol?: Protocol }
  | { readonly kind: 'range'; readonly first: number; readonly last: number; readonly protocol?: Protocol }
  | { readonly kind: 'name'; readonly name: string; readonly protocol?: Protocol };

/**
 * Reads a port as kubectl writes it: `5432`, `5432/TCP`, `8000-8100/TCP`, `http`, `dns/UDP`, `*\/UDP`, `*`. A protocol may be
 * in small letters; a number without one is TCP.
 *
 * @param protocol for a port that is written without one
 * @throws NetworkPolicyError `port-unreadable`, `protocol-unknown`
 */
export function readPort(port: number | string, protocol?: Protocol): AskedPort {
  const written = parsePort(port);
  if (written === undefined) {
    throw unreadablePort(port);
  }
  if (protocol !== undefined) {
    checkProtocol(protocol, written.protocol, port);
  }
  const asked = written.protocol ?? protocol;
  switch (written.kind) {
    case 'every':
      return { ports: asked === undefined ? PortSet.ALL : PortSet.ofProtocol(asked) };
    case 'range':
      return { ports: PortSet.range(asked ?? 'TCP', written.first, written.last) };
    case 'name':
      return { name: written.name, ...defined({ protocol: asked }) };
  }
}

/** The parts of a port in such a form; undefined where it is none. */
export function parsePort(port: unknown): WrittenPort | undefined {
  // As texts, `null` and `true` would be valid names.
  if (typeof port !== 'string' && typeof port !== 'number') {
    return undefined;
  }
  const [value, word, ...rest] = String(port).split('/') as [string, ...string[]];
  const protocol = PROTOCOLS.find((each) => each === word?.toUpperCase());
  if (rest.length > 0 || (word !== undefined && protocol === undefined)) {
    return undefined;
  }
  if (value === '*') {
    return { kind: 'every', ...defined({ protocol }) };
  }
  const range = /^(\d+)(?:-(\d+))?$/.exec(value);
  if (range === null) {
    return PORT_NAME.test(value) ? { kind: 'name', name: value, ...defined({ protocol }) } : undefined;
  }
  const first = Number(range[1]);
  const last = Number(range[2] ?? first);
  return first < 1 || last > 65535 || last < first
    ? undefined
    : { kind: 'range', first, last, ...defined({ protocol }) };
}

/** Refuses an unknown protocol, and one that differs from the protocol written in the port. */
function checkProtocol(protocol: Protocol, written: Protocol | undefined, port: number | string): void {
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
const NAME_FIRST = /^([a-z\d*-]+)\/(tcp|udp|sctp)$/i;
const PORT_NAME = /^(?=.*[a-z])[a-z0-9-]+$/;

/** Whether a text was probably meant as a port number, valid or not: `99999`, `80/tcp`, `tcp/5432`, `5432,5433`. */
export function isPortNumber(text: string): boolean {
  const word = text.trim();
  return NUMBERS.test(word) || NUMBERS.test(PROTOCOL_FIRST.exec(word)?.[2] ?? '');
}

/** Whether a text was probably meant as a port name: `http`, `dns/udp`, `tcp/http`. */
export function isPortName(text: string): boolean {
  return [PORT_NAME, PROTOCOL_FIRST, NAME_FIRST].some((form) => form.test(text.trim()));
}

/** The error for a port in no such form. */
export function unreadablePort(port: unknown, at: Place = 'port'): NetworkPolicyError {
  return new NetworkPolicyError({
    code: 'port-unreadable',
    at,
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
  const [, protocol, value] = PROTOCOL_FIRST.exec(word) ?? [];
  const meant = protocol === undefined ? word : `${value}/${protocol.toUpperCase()}`;
  return meant !== port && parsePort(meant) !== undefined ? `write ${meant}` : undefined;
}
