import { inOneLine } from '../model/harmless';
import { type ManagedPolicy, managedPoliciesIn, policyName } from '../plan/any-policy';
import { withoutServerFields } from '../plan/server-fields';
import { PolicyFacts } from '../reachability/answers/policy-facts';
import { manifestYaml } from '../render/manifest-yaml';
import { type PolicyRow, policyListing, policyRows } from '../render/policy-listing';
import { sentencesOf } from '../render/policy-portrait';
import { quantity } from './finding-section';
import { folded, linesBlock, section } from './html';
import { htmlTable } from './html-table';
import type { Report } from './report-content';

/** Policies as the portal lists them, and each in sentences with its manifest. */
export function policySection({ reachability, now }: Report): string {
  const policies = managedPoliciesIn(reachability.judged.cluster);
  const rows = policyRows(policies, new PolicyFacts(reachability.judged));
  const listing = policyListing(rows, { now, knownOnly: reachability.knownOnly, isBrief: true });
  // In manifests nobody has an age or an owner.
  const columns = listing.columns.filter(
    ({ heading, isBelow }) =>
      isBelow === true ||
      !['age', 'owner'].includes(heading) ||
      rows.some(({ created, managers }) => created !== undefined || managers.length > 0),
  );
  return section(
    'policies',
    `Policies ${quantity(policies.length)}`,
    htmlTable(
      { ...listing, columns },
      {
        caption: 'Network policies, as the portal lists them',
        none: 'There is no network policy.',
        link: { heading: 'name', to: (row) => `#${idOf(row)}` },
      },
    ),
    ...policies.map(detailsOf),
  );
}

/** The place of a policy in the page; one of the whole cluster has no namespace. */
function idOf({ namespace, name, kind }: Pick<PolicyRow, 'namespace' | 'name' | 'kind'>): string {
  const place = namespace === undefined ? name : `${namespace}/${name}`;
  return inOneLine(`policies/${place}${kind === 'NetworkPolicy' ? '' : `/${kind}`}`);
}

function detailsOf(policy: ManagedPolicy): string {
  const manifest = manifestYaml(withoutServerFields({ ...policy.written }));
  return `${folded(
    policyName(policy),
    { id: idOf(policy), class: 'policy', 'data-filter': '' },
    linesBlock('sentences', sentencesOf(policy)),
    linesBlock('manifest', manifest.trimEnd().split('\n')),
  )}\n`;
}
