import type { Diagnosis, DiagnosisRow } from '../aks/diagnosis';
import { defined } from '../model/defined';
import type { Listing } from './listing';

/** What is known of a cluster as a listing, with the answer to what matters most before it. */
export function diagnosisListing(diagnosis: Diagnosis): Listing<DiagnosisRow> {
  const { rows, enforced, policies, profile } = diagnosis;
  const conclusion = conclusionOf(diagnosis);
  return {
    name: 'diagnosis',
    head: {
      lines: [conclusion],
      json: defined({ enforced, policies, conclusion, profile }),
    },
    columns: [
      { heading: 'what', cell: ({ what }) => [what] },
      { heading: 'is', cell: ({ is = 'cannot tell' }) => [is] },
      { heading: 'from', cell: ({ from }) => [from] },
    ],
    rows,
    toJson: (row) => row,
  };
}

function conclusionOf({ enforced, policies, rows }: Diagnosis): string {
  switch (enforced) {
    case 'yes':
      return 'The cluster enforces network policies.';
    case 'no':
      return policies === 0
        ? 'Nothing enforces network policies, and there are none.'
        : 'Nothing enforces the network policies of this cluster: az aks update --network-dataplane cilium, or --network-policy.';
    default:
      return `Whether anything enforces network policies cannot be told: ${rows.find(({ field }) => field === 'engine')?.from}.`;
  }
}
