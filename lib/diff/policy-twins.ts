import { areEqual } from '../model/equal';
import type { PolicyType } from '../model/network-policy';
import { unjudgedKey } from '../model/unjudged-policy';
import type { Group } from '../reachability/judging/groups';
import { isSilent, type JudgedPolicy, policyIdentityOf } from '../reachability/reading/judged-policy';
import type { Bits } from '../reachability/sets/bits';
import type { VersionName } from './cells';
import type { Standings, Versions } from './side';

/** Finds policies that mean the same in both versions. */
export class PolicyTwins {
  /** The policies of two worlds that mean the same: from before to after. Versions of one world share policies. */
  private readonly twins: ReadonlyMap<JudgedPolicy, JudgedPolicy>;
  /** The policies of each version that mean the same in the other. */
  private readonly kept: Readonly<Record<VersionName, ReadonlySet<JudgedPolicy>>>;

  public constructor(private readonly versions: Versions) {
    const { before, after } = versions;
    if (before.world === after.world) {
      this.twins = new Map();
      this.kept = { before: new Set(after.policies), after: new Set(before.policies) };
    } else {
      const areReadAlike = before.world.readsLike(after.world);
      this.twins = areReadAlike ? alikeIn(before.policies, after.policies) : new Map();
      this.kept = { before: new Set(this.twins.keys()), after: new Set(this.twins.values()) };
    }
  }

  /**
   * The policies of a version that say something in a direction and mean something else in the other version, or that
   * may mean touched cells.
   *
   * @param cells turns units of the version into cells
   * @param touched the cells that changed
   */
  public changed(
    version: VersionName,
    direction: PolicyType,
    cells: (units: Bits) => Bits,
    touched: Bits,
  ): readonly JudgedPolicy[] {
    const kept = this.kept[version];
    const means = (policy: JudgedPolicy) =>
      policy.entry === undefined ||
      policy.sections[direction].actual.rules.some(
        ({ peers }) =>
          peers === undefined || peers.some(({ actual }) => cells(actual.units.possible).overlaps(touched)),
      );
    return this.versions[version].policies.filter(
      (policy) =>
        !isSilent(policy.sections[direction].actual) &&
        (!kept.has(policy) || (!touched.isEmpty && means(policy))),
    );
  }

  /** Whether the same policies of two worlds concern somebody in both versions. */
  public areAlike({ before, after, isAltered }: Standings): boolean {
    if (
      isAltered === true ||
      before === undefined ||
      after === undefined ||
      before.table !== undefined ||
      after.table !== undefined
    ) {
      return false;
    }
    const [was, is] = [asked(before.group), asked(after.group)];
    return (
      was.length === is.length &&
      was.every(({ policy, holds }, i) => this.twins.get(policy) === is[i]?.policy && holds === is[i]?.holds)
    );
  }
}

function asked({ selections }: Group) {
  return selections.filter(({ holds }) => holds !== 'no');
}

/** The policies of two worlds that say the same; unreadable objects may say anything. */
function alikeIn(before: readonly JudgedPolicy[], after: readonly JudgedPolicy[]) {
  const later = new Map<string, JudgedPolicy>();
  for (const policy of after) {
    const name = nameOf(policy);
    if (name !== undefined) {
      later.set(name, policy);
    }
  }
  const twins = new Map<JudgedPolicy, JudgedPolicy>();
  for (const policy of before) {
    const name = nameOf(policy);
    const other = name === undefined ? undefined : later.get(name);
    if (other !== undefined && areEqual(policy.entry?.rules, other.entry?.rules)) {
      twins.set(policy, other);
    }
  }
  return twins;
}

/** Equal for policies that may be twins: their identity, and the content and effect of one that is not judged. */
function nameOf({ entry, unjudged, inForce }: JudgedPolicy): string | undefined {
  return entry !== undefined
    ? policyIdentityOf(entry)
    : unjudged && `${unjudgedKey(unjudged)} ${inForce.actual} ${unjudged.content}`;
}
