import type { Construct } from 'constructs';
import { AksClusterProfile } from '../aks/cluster-profile';
import { defined } from '../model/defined';
import type { LabelSelector } from '../model/label-selector';
import { POLICY_TYPES, type PolicyType } from '../model/network-policy';
import { type Place, placeOf, type Spot } from '../model/place';
import { isList, isString, NetworkPolicyError, refuseIf, show } from '../model/problem';
import { ciliumEntries } from './cilium-entries';
import { entriesForNames } from './cilium-names';
import { refuseEngine, refuseOnAks } from './cilium-profile';
import type { EgressRule } from './egress-rule';
import type { IngressRule } from './ingress-rule';
import type { PodSelector } from './pod-selector';
import { POLICY_PROPS, PolicyConstruct, type PolicyConstructProps } from './policy-construct';

/** What Cilium's own policies are told alike. */
export interface CiliumPolicyProps extends PolicyConstructProps {
  /**
   * Directions that the policy does not isolate: what its rules neither allow nor deny is then left to other policies, and
   * stays open if there are none. It is for a policy that only denies something.
   * @default none: rules of a direction, be it to deny, isolate the selected pods in it
   */
  readonly leavesOpen?: readonly PolicyType[];
  /**
   * What the policy is for, in the words of whoever writes it.
   * @default none
   */
  readonly description?: string;
  /**
   * The cluster. Rules that it does not take are refused, and it decides which name servers pods ask for host names: CoreDNS,
   * and LocalDNS if it is on.
   * @default not known: nothing is refused, and pods ask CoreDNS
   */
  readonly profile?: AksClusterProfile;
}

export const CILIUM_POLICY_PROPS = [...POLICY_PROPS, 'leavesOpen', 'description', 'profile'] as const;

/** What differs between the two kinds. */
interface CiliumKind {
  readonly kind: string;
  /** Left out for a policy of the whole cluster. */
  readonly namespace?: string;
  readonly endpointSelector: LabelSelector;
}

/** A policy of one of Cilium's own kinds. */
export abstract class CiliumPolicy extends PolicyConstruct {
  public constructor(
    scope: Construct,
    id: string,
    props: CiliumPolicyProps,
    podSelector: PodSelector,
    { kind, namespace, endpointSelector }: CiliumKind,
  ) {
    const at = `${kind} ${scope.node.path}/${id}`;
    const profile = props.profile === undefined ? undefined : AksClusterProfile.of(props.profile);
    if (profile !== undefined) {
      refuseEngine(profile, `${at} profile`);
    }
    const leavesOpen = props.leavesOpen ?? [];
    checkTypes(leavesOpen, `${at} leavesOpen`);
    const { description } = props;
    if (description !== undefined) {
      refuseIf((problems) => isString(description, `${at} description`, problems));
    }
    const enableDefaultDeny = Object.fromEntries(leavesOpen.map((type) => [type.toLowerCase(), false]));
    super(
      scope,
      id,
      props,
      podSelector,
      {
        apiVersion: 'cilium.io/v2',
        kind,
        ...defined({ namespace }),
        leavesOpen,
        entriesOf: (rule, place) => {
          refuseLeftOpen(rule, leavesOpen, place);
          if (profile !== undefined) {
            refuseOnAks(rule, profile, namespace === undefined, place);
          }
          // Asked here, so that a missing field of the profile is refused at the rule that needs it.
          entriesForNames([rule], profile, place);
          return ciliumEntries(rule, namespace, place);
        },
        entriesFor: (rules) => entriesForNames(rules, profile, at),
        fieldsFor: (rules) => ({
          endpointSelector,
          ...defined({ description }),
          ...(leavesOpen.length > 0 && { enableDefaultDeny }),
          // Cilium refuses a policy without rules, and an entry that says nothing isolates.
          ...(rules.length === 0 && { ingress: [{}] }),
        }),
      },
      kind,
    );
  }
}

function checkTypes(types: unknown, at: Place): void {
  refuseIf((problems) => {
    if (!isList(types, at, problems)) {
      return;
    }
    for (const [i, type] of types.entries()) {
      if (!(POLICY_TYPES as readonly unknown[]).includes(type)) {
        problems.push({
          code: 'policy-type-unknown',
          at: placeOf(at, i),
          got: show(type),
          problem: 'there is no such direction',
          fix: 'write Ingress or Egress',
        });
      }
    }
  });
}

function refuseLeftOpen(
  { preset, type }: IngressRule | EgressRule,
  leavesOpen: readonly PolicyType[],
  at: Spot,
): void {
  if (preset === 'deny-all' && leavesOpen.includes(type)) {
    throw new NetworkPolicyError({
      code: 'direction-left-open',
      at: placeOf(at),
      got: `${type}Rule.denyAll() with leavesOpen: ['${type}']`,
      problem: 'denyAll isolates the direction that the policy leaves open, so it would do nothing',
      fix: `leave out the rule or the direction; ${type}Rule.deny(...) denies whatever other policies allow`,
    });
  }
}
