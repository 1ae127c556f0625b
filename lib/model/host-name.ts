import type { Spot } from './place';
import { placeOf } from './place';
import { isString, type Problems, show } from './problem';

const LABEL = /^[-a-zA-Z0-9_*]+$/;
const LONGEST = 255;

/**
 * A host name, or a pattern with `*`, as the definition of Cilium's kinds checks it. What matches every name is refused,
 * because AKS refuses it in the DNS rule that the name needs.
 *
 * @see cilium v1.19.5, pkg/policy/api/fqdn.go; MicrosoftDocs/azure-aks-docs, articles/aks/
 *   container-network-security-fqdn-filtering-concepts.md, read 2026-11-30
 */
export function checkHostName(name: unknown, at: Spot, problems: Problems): void {
  if (!isString(name, at, problems)) {
    return;
  }
  const labels = name.replace(/\.$/, '').split('.');
  if (name.length > LONGEST || !labels.every((label) => LABEL.test(label))) {
    problems.push({
      code: 'host-name-invalid',
      at: placeOf(at),
      got: show(name),
      problem: `a host name has at most ${LONGEST} of letters, digits, "-", "_" and "*", in parts that "." joins`,
      fix: 'write a name such as "login.microsoftonline.com" or "*.blob.core.windows.net", without a scheme, port or path',
    });
  } else if (labels.every((label) => /^\*+$/.test(label))) {
    problems.push({
      code: 'host-name-too-wide',
      at: placeOf(at),
      got: show(name),
      problem: 'AKS refuses a policy in which pods may ask for every name',
      fix: 'name a domain, as in "*.example.com", or write Peer.entity("world") for every address outside the cluster',
    });
  }
}
