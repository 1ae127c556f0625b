import { readCidr } from './cidr';
import { positionOf } from './ip-set';
import { readHostName } from './named-host';
import { constructNamespace, isDnsLabel, isDnsSubdomain } from './names';
import { isForeignGroup, isOwnKind } from './object-kinds';
import { describePlace, type Place } from './place';
import { readPods } from './pods-by-labels';
import { readPort } from './port-text';
import { NetworkPolicyError, show } from './problem';

/** A workload of any version of cdk8s-plus, or its `ApiObject`. */
export interface ExpectedWorkload {
  readonly kind: string;
  readonly name: string;
  readonly metadata: { readonly namespace?: string | undefined };
}

/**
 * An end of a connection: a workload, or a text as for `aks-netpol reach`: `shop/web`, `internet`, `node:NAME`, an
 * address or a CIDR; or pods by labels, including those that no manifest declares: `any`, `monitoring/*`, `shop/app=web`,
 * `*\/app=prometheus`.
 */
export type ExpectedEnd = string | ExpectedWorkload;

/**
 * The text of an end.
 *
 * @throws NetworkPolicyError `end-unreadable`, `selector-unreadable`
 */
export function endText(end: ExpectedEnd, at: Place): string {
  const text = typeof end === 'string' ? end : nameOf(end);
  if (text === undefined || !isEnd(text, at)) {
    const wanted =
      'a workload, "namespace/workload", an address, a CIDR, "node:NAME", "internet", "any", "namespace/*" or "namespace/app=web"';
    throw new NetworkPolicyError({
      code: 'end-unreadable',
      at,
      got: show(end),
      problem: `cannot be read as ${wanted}`,
      fix: `give ${wanted}`,
    });
  }
  return text;
}

/**
 * The text of an end to which somebody connects: as {@link endText}, or a host name.
 *
 * @throws NetworkPolicyError `end-unreadable`, `selector-unreadable`
 */
export function destinationText(end: ExpectedEnd, at: Place): string {
  return typeof end === 'string' && readHostName(end) !== undefined ? end : endText(end, at);
}

function nameOf(end: unknown): string | undefined {
  if (typeof end !== 'object' || end === null) {
    return undefined;
  }
  const { kind, name, apiVersion } = end as Partial<ExpectedWorkload> & { readonly apiVersion?: unknown };
  const namespace = constructNamespace(end);
  // Whether an object of another group makes pods, only its manifest shows.
  const mayRunPods = isOwnKind(String(kind)) || isForeignGroup(apiVersion);
  return mayRunPods && typeof name === 'string' && namespace !== undefined
    ? `${namespace}/${name}`
    : undefined;
}

function isEnd(text: string, at: Place): boolean {
  const [namespace = '', name = '', ...rest] = text.split('/');
  return (
    text.toLowerCase() === 'internet' ||
    /^node:./.test(text) ||
    positionOf(text) !== undefined ||
    readCidr(text) !== undefined ||
    (rest.length === 0 && isDnsLabel(namespace) && isDnsSubdomain(name)) ||
    readPods(text, describePlace(at)) !== undefined
  );
}

/** @throws NetworkPolicyError `port-unreadable` */
export function portText(port: number | string, at: string): string {
  try {
    readPort(port);
  } catch (error) {
    throw error instanceof NetworkPolicyError ? new NetworkPolicyError({ ...error, at }) : error;
  }
  return String(port);
}
