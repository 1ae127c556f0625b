import type { Diagnosis, DiagnosisRow } from '../aks/diagnosis';
import { qualifiedName } from '../model/cluster';
import { defined, filled } from '../model/defined';
import type { Listing } from './listing';

/** What is known of a cluster as a listing, with the answer to what matters most before it. */
export function diagnosisListing(diagnosis: Diagnosis): Listing<DiagnosisRow> {
  const { rows, enforced, policies, ciliumPolicies, invalid, profile } = diagnosis;
  const conclusion = conclusionOf(diagnosis);
  return {
    name: 'diagnosis',
    head: {
      lines: [conclusion, ...aboutCilium(diagnosis)],
      json: {
        ...defined({ enforced, policies, ciliumPolicies, conclusion, profile }),
        ...filled({ invalid }),
      },
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

/** Cilium's policies that are there and do nothing. */
function aboutCilium({
  enforced,
  ciliumEnforced,
  ciliumPolicies = 0,
  invalid,
}: Diagnosis): readonly string[] {
  if (ciliumEnforced === 'no') {
    return enforced === 'yes' && ciliumPolicies > 0
      ? [
          `error: the engine does not enforce Cilium's own policies, of which there ${ciliumPolicies === 1 ? 'is 1' : `are ${ciliumPolicies}`}`,
        ]
      : [];
  }
  return invalid.map(({ kind, namespace, name, invalid: why }) => {
    const policy = qualifiedName({ ...defined({ namespace }), name });
    return `error: Cilium does not enforce ${kind} ${policy}, says its status: ${why}`;
  });
}

function conclusionOf({ enforced, policies, ciliumPolicies = 0, rows }: Diagnosis): string {
  switch (enforced) {
    case 'yes':
      return 'The cluster enforces network policies.';
    case 'no':
      return policies === 0 && ciliumPolicies === 0
        ? 'Nothing enforces network policies, and there are none.'
        : 'Nothing enforces the network policies of this cluster: az aks update --network-dataplane cilium, or --network-policy.';
    default:
      return `Whether anything enforces network policies cannot be told: ${rows.find(({ field }) => field === 'engine')?.from}.`;
  }
}
