import { type AskedConnection, checkAllowsOnly } from 'cdk8s-aks-network-policy/analysis';
import type { NetworkPolicyPeer } from '../../lib/model/network-policy';
import { deployment, policy } from '../support/shop';

/** Manifests whose policies are about pods that no manifest tells of, and what tests call too much of that. */

/** The pods of the database. */
export const db = { podSelector: { matchLabels: { app: 'db' } } };
export const ports = [{ port: 5432 }];
export const open = (...from: NetworkPolicyPeer[]) => policy('db', { ...db, ingress: [{ from, ports }] });
/** A database that these may reach, and that reaches nobody. */
export const reachedBy = (...from: NetworkPolicyPeer[]) => [
  deployment('db', [5432]),
  open(...from),
  policy('quiet', { podSelector: {}, policyTypes: ['Egress'] }),
];
export const TEAM = { namespaceSelector: { matchLabels: { team: 'data' } } };
export const ETL = { ...TEAM, podSelector: { matchLabels: { app: 'etl' } } };
export const EVERYBODY = { namespaceSelector: {} };
export const named = (name: string) => ({
  namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } },
});

/** What is too much, line by line; the whole message where something is missing. */
export function surplus(subject: object[], expected: readonly AskedConnection[]): string[] {
  const { pass, certain, message } = checkAllowsOnly(subject, expected);
  const [heading, ...lines] = message.split('\n');
  if (pass || heading !== 'Allowed, and not expected:') {
    return [message];
  }
  return [...(certain ? [] : ['not certain']), ...lines.map((line) => line.trim())];
}
