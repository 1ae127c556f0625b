import type { NetworkPolicyPort, Protocol } from '../model/network-policy';
import { checkEndPort, checkPort, checkPortName, checkPortNumber } from '../model/ports';
import { refuseIf } from '../model/problem';
import { frozen } from './frozen';
import { mark } from './kind';

/**
 * What a rule allows on the destination pod: one port, a range, a named port or a whole protocol.
 * Ports are those of the pod (a Service's `targetPort`), not of the Service.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/network-policies/
 */
export class Port {
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
    return new Port({ protocol: 'TCP' });
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
    return new Port({ protocol: 'UDP' });
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
    return new Port({ protocol: 'SCTP' });
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
    return new Port({ protocol, port: name });
  }

  static {
    mark(Port.prototype, 'port');
  }

  private static single(at: string, protocol: Protocol, port: number, every: string): Port {
    refuseIf((problems) => checkPortNumber(port, at, problems, `write ${every} for every port`));
    return new Port({ protocol, port });
  }

  private static range(at: string, protocol: Protocol, first: number, last: number): Port {
    refuseIf((problems) => {
      if (checkPortNumber(first, at, problems, 'start the range at 1')) {
        checkEndPort(last, first, at, problems);
      }
    });
    return new Port({ protocol, port: first, endPort: last });
  }

  private constructor(private readonly entry: NetworkPolicyPort) {
    frozen(entry);
  }

  /** Its entry in `ports`. */
  public toSpec(): NetworkPolicyPort {
    return this.entry;
  }

  /** As kubectl writes it: `5432/TCP`, `8000-8100/TCP`, `http/TCP`, `*` + `/UDP`. */
  public toString(): string {
    const { protocol, port = '*', endPort } = this.entry;
    return endPort === undefined ? `${port}/${protocol}` : `${port}-${endPort}/${protocol}`;
  }
}
