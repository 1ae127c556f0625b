import type { WrittenPolicy } from '../manifests/written-policy';
import { validateNetworkPolicy } from '../model/check-policy';
import { isDnsLabel } from '../model/names';
import type { NetworkPolicy } from '../model/network-policy';
import { isInField } from '../model/place';
import { describeProblem, isPlainObject, type Problem, type ProblemCode } from '../model/problem';
import { type StoredSpec, storedSpec } from '../model/stored-spec';
import { withoutServerFields } from '../plan/server-fields';
import { type Code, type CodePart, call, callOn, list, object, WIDTH } from './code';
import { commentLines, quoted } from './literals';
import { PlacedComments } from './placed-comments';
import { valueCode, whyUnwritable } from './raw-object';
import { rulesCode, type Written } from './rule-code';
import { labelsCode, podSelectorCode } from './selectors';

/** The code for a policy: an AksNetworkPolicy, an ApiObject, or none. */
export type PolicyCode =
  | {
      readonly as: 'construct' | 'object';
      readonly code: Code;
      readonly comments: readonly string[];
      readonly reason?: string;
    }
  | { readonly as: 'nothing'; readonly reason: string };

type Fields = Readonly<Record<string, unknown>>;
type Metadata = NetworkPolicy['metadata'] & Fields;

/** Problems that leave open what the policy says. */
const AMBIGUOUS: readonly ProblemCode[] = ['key-duplicate', 'object-conflict', 'version-unknown'];

/** @param id of the construct, unique in its chart */
export function policyCode(policy: WrittenPolicy, id: string): PolicyCode {
  const ambiguity = policy.problems.find(({ code }) => AMBIGUOUS.includes(code));
  const object = withoutServerFields(policy.value);
  const problems = validateNetworkPolicy(object);
  const reasonAgainst = ambiguity === undefined ? whyUnplaced(policy, problems) : describeProblem(ambiguity);
  if (reasonAgainst !== undefined) {
    return { as: 'nothing', reason: reasonAgainst };
  }
  const [problem] = problems;
  if (problem !== undefined) {
    return objectCode(
      policy,
      id,
      object,
      `a cluster of Kubernetes 1.36 refuses it: ${describeProblem(problem)}`,
    );
  }
  const accepted = object as unknown as NetworkPolicy & { readonly metadata: Metadata };
  const spec = storedSpec(accepted.spec);
  const reason = whyObject(accepted.metadata, spec);
  return reason === undefined
    ? constructCode(policy, id, accepted, spec)
    : objectCode(policy, id, whyUnwritable(object.spec) === undefined ? object : { ...object, spec }, reason);
}

/** Why the namespace or the name of a policy is not known; a misspelt field could be its namespace. */
function whyUnplaced({ namespace, name }: WrittenPolicy, problems: readonly Problem[]): string | undefined {
  if (name === undefined) {
    return 'it has no name';
  }
  const isKnown =
    namespace !== undefined &&
    isDnsLabel(namespace) &&
    problems.every(({ code, at }) => code !== 'field-unknown' || isInField(at, ['spec']));
  return isKnown ? undefined : 'its namespace is not known';
}

/** Why an AksNetworkPolicy cannot express a valid policy. */
function whyObject(metadata: Metadata, { ingress, egress, policyTypes }: StoredSpec): string | undefined {
  const other = Object.keys(metadata).find(
    (key) => !['name', 'namespace', 'labels', 'annotations'].includes(key),
  );
  if (other !== undefined) {
    return `constructs do not write metadata.${other}`;
  }
  const unlisted = [
    ...(ingress !== undefined && !policyTypes.includes('Ingress') ? ['ingress'] : []),
    ...(egress !== undefined && !policyTypes.includes('Egress') ? ['egress'] : []),
  ];
  return unlisted.length === 0
    ? undefined
    : `spec.${unlisted.join(' and ')} has rules of a type that spec.policyTypes omits, so they do nothing; a construct would put them in force`;
}

function constructCode(
  policy: WrittenPolicy,
  id: string,
  { metadata, spec: written }: { readonly metadata: Metadata; readonly spec?: unknown },
  spec: StoredSpec,
): PolicyCode {
  const unwritable = whyUnwritable(spec, ['spec']) ?? whyUnwritable(metadata, ['metadata']);
  if (unwritable !== undefined) {
    return { as: 'nothing', reason: unwritable };
  }
  const comments = new PlacedComments(policy.comments);
  const { labels, annotations } = metadata;
  const isEveryPod = Object.keys(spec.podSelector).length === 0;
  const rules = rulesCode(spec, written as Written, comments);
  const props: (CodePart & { readonly name: string })[] = [
    ...(id === metadata.name ? [] : [{ name: 'name', code: quoted(metadata.name) }]),
    ...(isEveryPod
      ? []
      : [
          {
            name: 'podSelector',
            code: podSelectorCode(spec.podSelector),
            comments: comments.take('spec', 'podSelector'),
          },
        ]),
    { name: 'rules', code: list(rules) },
    ...metadataCode('labels', labels, comments),
    ...metadataCode('annotations', annotations, comments),
  ];
  const code = call('new AksNetworkPolicy', 'this', quoted(id), object(props));
  return { as: 'construct', code, comments: comments.take() };
}

function metadataCode(
  name: 'labels' | 'annotations',
  values: Readonly<Record<string, string>> | undefined,
  comments: PlacedComments,
): (CodePart & { readonly name: string })[] {
  if (values === undefined) {
    return [];
  }
  const code = labelsCode(values);
  const parts = (code as ReturnType<typeof object>).parts.map((part) => ({
    ...part,
    comments: comments.take('metadata', name, part.name),
  }));
  return [{ name, code: object(parts), comments: comments.takeExactly('metadata', name) }];
}

function objectCode(policy: WrittenPolicy, id: string, value: Fields, reason: string): PolicyCode {
  const metadata = isPlainObject(value.metadata) ? value.metadata : {};
  const unwritable = whyUnwritable(value) ?? whyNotMetadata(metadata);
  if (unwritable !== undefined) {
    return { as: 'nothing', reason: `${reason}; ${unwritable}` };
  }
  // The chart sets the namespace.
  const { namespace: _, ...own } = metadata;
  const code = call('new ApiObject', 'this', quoted(id), valueCode({ ...value, metadata: own }));
  const isNamed = own.name !== undefined;
  return {
    as: 'object',
    // Without a name cdk8s would generate one.
    code: isNamed ? code : callOn(code, 'addJsonPatch', call('JsonPatch.remove', quoted('/metadata/name'))),
    comments: [
      ...new PlacedComments(policy.comments).take(),
      ...commentLines(`Left as it was written: ${reason}`, WIDTH - 4),
    ],
    reason,
  };
}

/** cdk8s parses metadata, so fields that it knows must have the right types. */
function whyNotMetadata(metadata: Fields): string | undefined {
  const bad = Object.entries(metadata).find(
    ([key, value]) =>
      (['name', 'namespace', 'generateName'].includes(key) && typeof value !== 'string') ||
      (['labels', 'annotations'].includes(key) && !isPlainObject(value)) ||
      (['finalizers', 'ownerReferences'].includes(key) && !Array.isArray(value)),
  );
  return bad === undefined ? undefined : `cdk8s cannot write this metadata.${bad[0]}`;
}
