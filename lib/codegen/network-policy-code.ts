import type { WrittenPolicy } from '../manifests/written-policy';
import type { NetworkPolicy } from '../model/network-policy';
import { type StoredSpec, storedSpec } from '../model/stored-spec';
import { call, list, object } from './code';
import { quoted } from './literals';
import {
  metadataCode,
  type Option,
  objectCode,
  type PolicyCode,
  type WrittenFields,
  whyOtherMetadata,
} from './object-code';
import { PlacedComments } from './placed-comments';
import { whyUnwritable } from './raw-object';
import { rulesCode, type Written } from './rule-code';
import { podSelectorCode } from './selectors';

type Metadata = NetworkPolicy['metadata'] & WrittenFields;

/** The code for a NetworkPolicy that an API server takes. */
export function networkPolicyCode(policy: WrittenPolicy, id: string, value: WrittenFields): PolicyCode {
  const accepted = value as unknown as NetworkPolicy & { readonly metadata: Metadata };
  const spec = storedSpec(accepted.spec);
  const reason = whyObject(accepted.metadata, spec);
  return reason === undefined
    ? constructCode(policy, id, accepted, spec)
    : objectCode(policy, id, whyUnwritable(value.spec) === undefined ? value : { ...value, spec }, reason);
}

/** Why an AksNetworkPolicy cannot express a valid policy. */
function whyObject(metadata: Metadata, { ingress, egress, policyTypes }: StoredSpec): string | undefined {
  const other = whyOtherMetadata(metadata);
  if (other !== undefined) {
    return other;
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
  const props: Option[] = [
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
