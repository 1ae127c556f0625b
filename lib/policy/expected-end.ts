import { readCidr } from '../model/cidr';
import { CONTROLLER_KINDS } from '../model/cluster';
import { positionOf } from '../model/ip-set';
import { isDnsLabel, isDnsSubdomain } from '../model/names';
import type { Place } from '../model/place';
import { readPort } from '../model/port-text';
import { NetworkPolicyError } from '../model/problem';
import { homeNamespace, unreadable } from './shapes';

/** A workload of any cdk8s-plus, or the `ApiObject` of one: it knows its kind, name and namespace. */
export interface ExpectedWorkload {
  readonly kind: string;
  readonly name: string;
  readonly metadata: { readonly namespace?: string | undefined };
}

/**
 * An end of a connection: a workload, or as `aks-netpol reach` takes it: `shop/web`, `internet`, `node:NAME`, an
 * address or a CIDR.
 */
export type ExpectedEnd = string | ExpectedWorkload;

const WORKLOADS: readonly string[] = ['Pod', ...CONTROLLER_KINDS];

/** @throws NetworkPolicyError `end-unreadable` */
export function nameEnd(end: ExpectedEnd, at: Place): string {
  const text = typeof end === 'string' ? end : nameOf(end);
  if (text === undefined || !isEnd(text)) {
    throw unreadable(
      'end-unreadable',
      at,
      end,
      'a workload, "namespace/workload", an address, a CIDR, "node:NAME" or "internet"',
    );
  }
  return text;
}

function nameOf(end: unknown): string | undefined {
  if (typeof end !== 'object' || end === null) {
    return undefined;
  }
  const { kind, name } = end as Partial<ExpectedWorkload>;
  const namespace = homeNamespace(end);
  return WORKLOADS.includes(String(kind)) && namespace !== undefined ? `${namespace}/${name}` : undefined;
}

function isEnd(text: string): boolean {
  const [namespace = '', name = '', ...rest] = text.split('/');
  return (
    text === 'internet' ||
    /^node:./.test(text) ||
    positionOf(text) !== undefined ||
    readCidr(text) !== undefined ||
    (rest.length === 0 && isDnsLabel(namespace) && isDnsSubdomain(name))
  );
}

/** @throws NetworkPolicyError `port-unreadable` */
export function checkedPort(port: number | string, at: string): string {
  try {
    readPort(port);
  } catch (error) {
    throw error instanceof NetworkPolicyError ? new NetworkPolicyError({ ...error, at }) : error;
  }
  return String(port);
}
