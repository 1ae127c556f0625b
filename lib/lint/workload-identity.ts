import type { Workload } from '../model/cluster';

/** The label by which pods ask for the tokens. */
const LABEL = 'azure.workload.identity/use';

/** Whether pods of a workload swap the token of their service account for one of Entra ID. */
export function usesIdentity({ labels }: Workload): boolean {
  return labels[LABEL] === 'true';
}
