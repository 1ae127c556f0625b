import { describeObject, type LintFinding } from '../../model/finding';
import { networkPoliciesIn } from '../../model/network-policy-entry';
import { withoutServerFields } from '../../plan/server-fields';
import type { Reachability } from '../../reachability/reachability';
import { findingWords } from '../../render/finding-words';
import { manifestYaml } from '../../render/manifest-yaml';
import { textElement } from '../../render/xml';
import { changesTable, tellChanges } from '../changes-section';
import { wrap } from '../html';
import type { PageData } from '../page-data';
import { orProblem } from './answers';
import { editedCluster, isSamePolicy, lintChange, type NamedEntry, readEdited } from './edited';

/** What an edit does, as HTML, and the same policies as constructs. */
export interface Effect {
  readonly html: string;
  readonly module: string;
}

/** The manifest of a policy, as somebody edits it; of a new one, what the portal calls "deny all" for ingress. */
export function manifestOf(name: string, { cluster }: PageData): string {
  const entry = entryNamed(name, cluster);
  return entry === undefined ? blank(cluster) : manifestYaml(withoutServerFields({ ...entry.written }));
}

/** What happens if a policy is replaced by what somebody wrote; without any text it is deleted. */
export function effectOf(name: string, text: string, reachability: Reachability, data: PageData): Effect {
  const { cluster } = data;
  const { policies, problems, module } = readEdited(text, data);
  if (problems.length > 0) {
    return {
      html: problems.map((line) => textElement('p', { class: 'problem' }, line)).join(''),
      module: '',
    };
  }
  const entry = entryNamed(name, cluster);
  const remove: readonly NamedEntry[] =
    entry === undefined || policies.some((each) => isSamePolicy(each, entry)) ? [] : [entry];
  const html = orProblem(() => {
    const after = reachability.with({ put: policies, remove });
    const { lines, table } = tellChanges({
      before: reachability,
      after,
      isComplete: data.isComplete,
      localDns: data.localDns,
    });
    const { come, gone } = lintChange(cluster, editedCluster(cluster, policies, remove), data);
    return [
      ...lines.map((line) => textElement('p', { class: 'summary' }, line)),
      changesTable('What this opens and closes', table),
      findingsHtml('Lint says now', come),
      findingsHtml('Lint says no longer', gone),
    ].join('');
  });
  return { html, module };
}

function findingsHtml(heading: string, findings: readonly LintFinding[]): string {
  if (findings.length === 0) {
    return '';
  }
  const items = findings.map((finding) => {
    const { what, fix } = findingWords(finding);
    return wrap(
      'div',
      { class: `finding severity-${finding.severity}` },
      wrap(
        'p',
        {},
        textElement('span', { class: 'tag' }, finding.severity),
        ' ',
        textElement('strong', {}, `${finding.rule}: ${describeObject(finding.object)}`),
      ),
      textElement('p', {}, what),
      textElement('p', { class: 'fix' }, fix),
    );
  });
  return [textElement('h3', {}, heading), ...items].join('');
}

function entryNamed(name: string, cluster: PageData['cluster']) {
  return networkPoliciesIn(cluster).find((each) => `${each.namespace}/${each.name}` === name);
}

function blank({ workloads }: PageData['cluster']): string {
  const namespace = workloads.find(({ assumed }) => assumed !== true)?.namespace ?? 'default';
  return `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: new-policy
  namespace: ${namespace}
spec:
  podSelector: {}
  policyTypes:
    - Ingress
  ingress: []
`;
}
