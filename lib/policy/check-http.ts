import { checkHttpRequest } from '../model/http-request';
import { inside } from '../model/place';
import { NetworkPolicyError, refuseIf } from '../model/problem';
import { checkList, refuseNulls } from './options';
import type { Port } from './port';

/**
 * Refuses requests that Cilium refuses, and those that would filter nothing.
 *
 * @throws NetworkPolicyError `http-empty`, `http-invalid`, `http-ports-invalid`, `type-mismatch`, `field-unknown`
 * @see cilium v1.19.5, pkg/policy/api/rule_validation.go and pkg/envoy/policy/envoy_l7_rules_translator.go
 */
export function checkHttp(http: unknown, ports: readonly Port[] | undefined, at: string): void {
  checkList(http, `${at} http`);
  const requests = http as readonly unknown[];
  if (requests.length === 0) {
    throw new NetworkPolicyError({
      code: 'http-empty',
      at: `${at} http`,
      got: '[]',
      problem: 'Cilium filters nothing by an empty list',
      fix: 'leave http out to allow every connection, or write http: [{}] for every request of HTTP',
    });
  }
  refuseIf((problems) => {
    for (const [i, request] of requests.entries()) {
      const place = inside(`${at} http`, i);
      checkHttpRequest(request, place, problems);
      refuseNulls(request, place, problems);
    }
  });
  const bad = ports?.find((port) => !isOneOfTcp(port));
  if (ports === undefined || bad !== undefined) {
    throw new NetworkPolicyError({
      code: 'http-ports-invalid',
      at: `${at} ports`,
      got: bad === undefined ? 'nothing' : String(bad),
      problem: 'requests of HTTP are looked at on ports of TCP that are named or numbered',
      fix: 'write the ports, such as [Port.tcp(8080)], and put others into a rule of their own',
    });
  }
}

function isOneOfTcp(port: Port): boolean {
  const parts = port.toParts();
  return parts.kind === 'port' && parts.entry.protocol === 'TCP' && parts.entry.port !== undefined;
}
