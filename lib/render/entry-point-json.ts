import { defined } from '../model/defined';
import type { EntryPoint } from '../model/entry-points';

/** An object that takes what comes from outside the cluster, as JSON. */
export type EntryPointJson = Omit<EntryPoint, 'leadsTo' | 'source'>;

/** An entry point for a program. */
export function entryPointJson({ kind, namespace, name, type, gateways }: EntryPointJson): EntryPointJson {
  return { kind, namespace, name, ...defined({ type, gateways }) };
}
