import { isIn } from './reference-match';
import type { Port, Rule, Spec } from './reference-types';

/** Whether an agent takes a spec. */
export function isValid(spec: Spec): boolean {
  const rules = (key: 'ingress' | 'ingressDeny' | 'egress' | 'egressDeny') => spec[key] ?? [];
  const all = [...rules('ingress'), ...rules('egress'), ...rules('ingressDeny'), ...rules('egressDeny')];
  return (
    all.length > 0 &&
    all.every(isValidRule) &&
    rules('ingress').every((rule) => areFiltersValid(rule, true)) &&
    rules('egress').every((rule) => areFiltersValid(rule, false))
  );
}

function isValidRule({ toPorts = [], icmps: _, ...peers }: Rule): boolean {
  const blocks = (peers.fromCIDRSet ?? peers.toCIDRSet ?? []) as readonly {
    cidr?: string;
    except?: string[];
  }[];
  return (
    Object.values(peers).filter((list) => (list as readonly unknown[]).length > 0).length <= 1 &&
    blocks.every(
      ({ cidr, except = [] }) =>
        cidr === undefined || except.every((each) => isIn(each.split('/')[0] as string, cidr)),
    ) &&
    toPorts.every(({ ports = [] }) => ports.every(({ port }) => !isNumber(port) || Number(port) <= 65535))
  );
}

/** A range for those who check it: a name has none there, and one that ends before it begins is one port. */
function isRange({ port, endPort = 0 }: Port): boolean {
  return isNumber(port) && endPort > Number(port);
}

export function isNumber(port: string): boolean {
  return /^\d+$/.test(port);
}

function areFiltersValid({ toPorts = [] }: Rule, isIngress: boolean): boolean {
  return toPorts.every(({ ports = [], rules: { http, dns } = {} }) => {
    const hasHttp = http !== undefined && http.length > 0;
    const isFiltering = hasHttp || dns !== undefined;
    return (
      (!isFiltering || ports.every(({ port }) => port !== '0')) &&
      (!hasHttp || ports.every(({ protocol }) => protocol === 'TCP')) &&
      (dns === undefined || (!isIngress && ports.length > 0 && !ports.some(isRange)))
    );
  });
}
