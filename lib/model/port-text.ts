import type { Protocol } from './network-policy';
import { PortSet } from './port-set';
import { PROTOCOLS } from './ports';
import { NetworkPolicyError, show } from './problem';

/** The port of a question: a set of numbers, or a name that each destination resolves for itself. */
export type AskedPort =
  | { readonly ports: PortSet }
  /** Without `protocol`: whatever protocol the destination declares the name for. */
  | { readonly name: string; readonly protocol?: Protocol };

/**
 * Reads a port as kubectl writes it: `5432`, `5432/TCP`, `8000-8100/TCP`, `http`, `dns/UDP`, `*\/UDP`, `*`.
 * A number without protocol is TCP.
 *
 * @param protocol of a port that is written without one
 * @throws NetworkPolicyError `port-unreadable`, `protocol-unknown`
 */
export function readPort(port: number | string, protocol?: Protocol): AskedPort {
  if (port === null || typeof port === 'boolean') {
    // Their texts would be names.
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
    if (!(/^[a-z0-9-]+$/.test(value) && /[a-z]/.test(value))) {
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

/** Refuses a protocol beside a port that is none, or another than the one written behind it. */
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

function unreadable(port: unknown): NetworkPolicyError {
  return new NetworkPolicyError({
    code: 'port-unreadable',
    at: 'port',
    got: show(port),
    problem: 'is no port, range of ports or port name',
    fix: 'write 5432, 5432/TCP, 8000-8100/TCP, */UDP or the name of a container port',
  });
}
