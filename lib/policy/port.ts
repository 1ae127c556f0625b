import type { NetworkPolicyPort, Protocol } from '../model/network-policy';
import { placeOf, type Spot } from '../model/place';
import { parsePort, unreadablePort } from '../model/port-text';
import { checkEndPort, checkPort, checkPortName, checkPortNumber } from '../model/ports';
import { NetworkPolicyError, refuseIf, show } from '../model/problem';
import { needsCilium } from './cilium-needed';
import { frozen } from './frozen';
import { isKind, mark } from './kind';
import { checkOptions } from './options';

/** Messages of ICMP by their type. */
export interface IcmpMessages {
  readonly family: 'IPv4' | 'IPv6';
  readonly type: number;
}

/** The parts of a port. */
export type PortParts =
  | { readonly kind: 'all' }
  | { readonly kind: 'port'; readonly entry: NetworkPolicyPort }
  | { readonly kind: 'icmp'; readonly messages: IcmpMessages };

/**
 * A port, or how it is written: `5432` and `'5432'` (TCP), `'5432/TCP'`, `'8000-8100/TCP'`, `'http'` (a container port by its
 * name, TCP), `'dns/UDP'`, `'*\/UDP'` (every port of UDP), `'*'` (every port of every protocol).
 */
export type PortLike = Port | number | string;

const LAST_ICMP_TYPE = 255;

/**
 * What a rule allows on the destination pod: one port, a range, a named port, a whole protocol or messages of ICMP.
 * Ports are those of the pod (a Service's `targetPort`), not of the Service.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/network-policies/
 */
export class Port {
  /**
   * A port by how it is written, as `ports` of a rule takes it: `5432`, `'5432/TCP'`, `'8000-8100/TCP'`, `'http'`.
   *
   * @throws NetworkPolicyError `port-unreadable`, `port-out-of-range`, `port-name-invalid`, `type-mismatch`
   */
  public static of(port: PortLike): Port {
    return Port.at(port, 'Port.of');
  }

  /** @internal */
  public static at(port: PortLike, at: Spot): Port {
    if (isKind(port, 'port')) {
      return port as Port;
    }
    if (typeof port === 'number') {
      refuseIf((problems) => checkPortNumber(port, at, problems, 'write Port.all() for every port'));
    }
    if (typeof port !== 'number' && typeof port !== 'string') {
      throw new NetworkPolicyError({
        code: 'type-mismatch',
        at: placeOf(at),
        got: show(port),
        problem: 'is not a port',
        fix: 'write one: 8080, "8080/UDP", "http", Port.tcp(8080)',
      });
    }
    const written = parsePort(port);
    if (written === undefined) {
      throw unreadablePort(port, placeOf(at));
    }
    const { protocol = 'TCP' } = written;
    switch (written.kind) {
      case 'every':
        return written.protocol === undefined ? Port.all() : new Port({ kind: 'port', entry: { protocol } });
      case 'range': {
        const { first, last } = written;
        const endPort = first === last ? {} : { endPort: last };
        return new Port({ kind: 'port', entry: { protocol, port: first, ...endPort } });
      }
      case 'name':
        refuseIf((problems) => checkPortName(written.name, at, problems));
        return new Port({ kind: 'port', entry: { protocol, port: written.name } });
    }
  }

  /** Every port of every protocol. In a list with it, other ports say nothing more. */
  public static all(): Port {
    return new Port({ kind: 'all' });
  }

  /**
   * One TCP port.
   *
   * @param port 1 to 65535
   * @throws NetworkPolicyError `port-out-of-range`, `type-mismatch`
   */
  public static tcp(port: number): Port {
    return Port.single('Port.tcp', 'TCP', port, 'Port.allTcp()');
  }

  /**
   * TCP ports from `first` to `last`, both included.
   *
   * @param first 1 to 65535
   * @param last `first` to 65535
   * @throws NetworkPolicyError `port-out-of-range`, `port-range-reversed`, `type-mismatch`
   * @see kubernetes pkg/apis/networking/validation, ValidateNetworkPolicyPort
   */
  public static tcpRange(first: number, last: number): Port {
    return Port.range('Port.tcpRange', 'TCP', first, last);
  }

  /** Every TCP port. */
  public static allTcp(): Port {
    return new Port({ kind: 'port', entry: { protocol: 'TCP' } });
  }

  /**
   * One UDP port.
   *
   * @param port 1 to 65535
   * @throws NetworkPolicyError `port-out-of-range`, `type-mismatch`
   */
  public static udp(port: number): Port {
    return Port.single('Port.udp', 'UDP', port, 'Port.allUdp()');
  }

  /**
   * UDP ports from `first` to `last`, both included.
   *
   * @param first 1 to 65535
   * @param last `first` to 65535
   * @throws NetworkPolicyError `port-out-of-range`, `port-range-reversed`, `type-mismatch`
   */
  public static udpRange(first: number, last: number): Port {
    return Port.range('Port.udpRange', 'UDP', first, last);
  }

  /** Every UDP port. */
  public static allUdp(): Port {
    return new Port({ kind: 'port', entry: { protocol: 'UDP' } });
  }

  /**
   * One SCTP port.
   *
   * @param port 1 to 65535
   * @throws NetworkPolicyError `port-out-of-range`, `type-mismatch`
   */
  public static sctp(port: number): Port {
    return Port.single('Port.sctp', 'SCTP', port, 'Port.allSctp()');
  }

  /**
   * SCTP ports from `first` to `last`, both included.
   *
   * @param first 1 to 65535
   * @param last `first` to 65535
   * @throws NetworkPolicyError `port-out-of-range`, `port-range-reversed`, `type-mismatch`
   */
  public static sctpRange(first: number, last: number): Port {
    return Port.range('Port.sctpRange', 'SCTP', first, last);
  }

  /** Every SCTP port. */
  public static allSctp(): Port {
    return new Port({ kind: 'port', entry: { protocol: 'SCTP' } });
  }

  /**
   * The container port of this name on each destination pod. A pod without a port of that name and
   * protocol is not reached; addresses outside the cluster never are.
   *
   * @param name 1 to 15 of `a-z`, `0-9`, `-`, with at least one letter
   * @param protocol `TCP`, `UDP` or `SCTP`
   * @default protocol TCP, as on the cluster; a UDP port named `dns` needs `'UDP'`
   * @throws NetworkPolicyError `port-name-invalid`, `protocol-unknown`, `type-mismatch`
   */
  public static named(name: string, protocol: Protocol = 'TCP'): Port {
    refuseIf((problems) => {
      checkPortName(name, 'Port.named', problems);
      checkPort({ protocol }, 'Port.named', problems);
    });
    return new Port({ kind: 'port', entry: { protocol, port: name } });
  }

  /**
   * Messages of ICMP, which have a type in the place of a port: 8 is the echo request of a ping with IPv4, 128 with IPv6.
   * Only Cilium's own policies can name them; with `ports` left out, a rule of any kind of policy allows them all on cilium.
   *
   * @param type 0 to 255
   * @param options.family `IPv4` or `IPv6`; default: IPv4
   * @throws NetworkPolicyError `icmp-type-invalid`, `value-unknown`, `type-mismatch`, `field-unknown`
   * @see cilium v1.19.5, pkg/policy/api/icmp.go
   */
  public static icmp(type: number, options: { readonly family?: 'IPv4' | 'IPv6' } = {}): Port {
    const at = 'Port.icmp';
    checkOptions(options, ['family'], at);
    const { family = 'IPv4' } = options;
    if (!Number.isInteger(type) || type < 0 || type > LAST_ICMP_TYPE) {
      throw new NetworkPolicyError({
        code: typeof type === 'number' ? 'icmp-type-invalid' : 'type-mismatch',
        at,
        got: show(type),
        problem: 'a type of ICMP messages is a whole number from 0 to 255',
        fix: 'write 8 for the request of a ping with IPv4, or 128 with IPv6',
      });
    }
    if (family !== 'IPv4' && family !== 'IPv6') {
      throw new NetworkPolicyError({
        code: 'value-unknown',
        at: `${at} family`,
        got: show(family),
        problem: 'there is no such family',
        fix: 'write IPv4 or IPv6',
      });
    }
    return new Port({ kind: 'icmp', messages: { family, type } });
  }

  static {
    mark(Port.prototype, 'port');
  }

  private static single(at: string, protocol: Protocol, port: number, every: string): Port {
    refuseIf((problems) => checkPortNumber(port, at, problems, `write ${every} for every port`));
    return new Port({ kind: 'port', entry: { protocol, port } });
  }

  private static range(at: string, protocol: Protocol, first: number, last: number): Port {
    refuseIf((problems) => {
      if (checkPortNumber(first, at, problems, 'start the range at 1')) {
        checkEndPort(last, first, at, problems);
      }
    });
    return new Port({ kind: 'port', entry: { protocol, port: first, endPort: last } });
  }

  private constructor(private readonly parts: PortParts) {
    frozen(parts);
  }

  /** Its parts, for policies that can say more than a NetworkPolicy. */
  public toParts(): PortParts {
    return this.parts;
  }

  /**
   * Its entry in `ports` of a NetworkPolicy.
   *
   * @param at the place of the port, for errors
   * @throws NetworkPolicyError `cilium-policy-needed` for messages of ICMP; `port-unreadable` for every port of every
   *   protocol, which is no entry but a rule without `ports`
   */
  public toSpec(at: Spot = 'the port'): NetworkPolicyPort {
    if (this.parts.kind === 'all') {
      throw new NetworkPolicyError({
        code: 'port-unreadable',
        at: placeOf(at),
        got: 'Port.all()',
        problem: 'every port of every protocol is no entry of ports',
        fix: 'leave ports out',
      });
    }
    if (this.parts.kind === 'icmp') {
      throw needsCilium('messages of ICMP', at, String(this));
    }
    return this.parts.entry;
  }

  /** As kubectl writes it: `5432/TCP`, `8000-8100/TCP`, `http/TCP`, `*` + `/UDP`; `8/ICMP` and `128/ICMPv6` for messages; `*` for all. */
  public toString(): string {
    if (this.parts.kind === 'all') {
      return '*';
    }
    if (this.parts.kind === 'icmp') {
      const { type, family } = this.parts.messages;
      return `${type}/${family === 'IPv4' ? 'ICMP' : 'ICMPv6'}`;
    }
    const { protocol, port = '*', endPort } = this.parts.entry;
    return endPort === undefined ? `${port}/${protocol}` : `${port}-${endPort}/${protocol}`;
  }
}
