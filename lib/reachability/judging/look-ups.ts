import { remember } from '../../model/collections';
import { namesHosts } from '../../model/named-host';
import { PortSet } from '../../model/port-set';
import { allOf, anyOf, type Tristate } from '../../model/tristate';
import type { JudgedPolicy, JudgedRule } from '../reading/judged-policy';
import type { ReadPeer } from '../reading/read-peers';
import type { PortBounds } from '../sets/port-bounds';
import type { Group } from './groups';
import type { HeldRule } from './selection';

/** Whether pods have a name looked up, so that rules by name match it. */
export interface LookUp {
  readonly holds: Tristate;
  /** Set where no rule for DNS of the pods themselves covers the name, and one of other pods may. */
  readonly byOthers?: true;
}

/** Where pods ask for names. */
const DNS = PortSet.range('UDP', 53);

/**
 * Which names are looked up through Cilium's proxy: those of rules for DNS. What one pod looks up, rules by name match for
 * every pod on its node.
 *
 * @see cilium v1.19.5, pkg/fqdn/namemanager and pkg/fqdn/dnsproxy
 */
export class LookUps {
  private knownAskers: readonly AskingRule[] | undefined;
  private knownUnread: boolean | undefined;

  /** @param manyLabels as for `namesHosts` */
  public constructor(
    private readonly policies: readonly JudgedPolicy[],
    private readonly manyLabels: Tristate,
  ) {}

  /** Whether pods of a group have a name looked up. */
  public of(name: string, group: Group): LookUp {
    const { manyLabels } = this;
    const asking = group.rules.flatMap((held) => askingIn(held));
    const own = asking.map(({ names, isAsked, holds }) =>
      allOf([holds, isAsked, anyOf(names.map((each) => namesHosts(each, name, manyLabels)))]),
    );
    const all = asking.length === 0 ? [] : group.rules.map((held) => opensAll(held, asking));
    const holds = anyOf([...own, ...all]);
    if (holds !== 'no') {
      return { holds };
    }
    const isAskedElsewhere =
      this.mayAskUnread ||
      this.askers.some(
        ({ names, isWidened }) =>
          isWidened || names.some((each) => namesHosts(each, name, manyLabels) !== 'no'),
      );
    return isAskedElsewhere ? { holds: 'unknown', byOthers: true } : { holds };
  }

  /** Whether a policy that nobody has read may have names looked up. */
  private get mayAskUnread(): boolean {
    this.knownUnread ??= this.policies.some(mayAsk);
    return this.knownUnread;
  }

  /** Equal for versions in which names are looked up alike by others. */
  public get key(): string {
    const told = this.askers.map(({ names, isWidened }) => `${isWidened} ${names}`);
    return [this.mayAskUnread, ...told.sort()].join('\n');
  }

  /** The rules for DNS of all policies: what pods look up, all pods of their node know. */
  private get askers(): readonly AskingRule[] {
    this.knownAskers ??= this.findAskers();
    return this.knownAskers;
  }

  private findAskers(): readonly AskingRule[] {
    const rules = this.policies
      .filter(({ inForce }) => inForce.actual !== 'no')
      .flatMap((policy) =>
        policy.sections.Egress.actual.rules.map((rule): HeldRule => {
          const selection = { policy, holds: 'unknown', isolates: 'unknown', rules: [] } as const;
          return { selection, rule };
        }),
      );
    const asking = rules.flatMap((held) => askingIn(held));
    if (asking.length === 0) {
      return [];
    }
    // Each distinct peer once, for many policies have the same.
    const plain = distinct(rules.filter(({ rule }) => hasUnfilteredPort(rule)));
    return asking.map((each) => ({
      ...each,
      isWidened: plain.some((held) => opensAll(held, [each]) !== 'no'),
    }));
  }
}

function mayAsk({ unreadable, unjudged, inForce }: JudgedPolicy): boolean {
  return unreadable === undefined
    ? unjudged !== undefined && unjudged.says === undefined && inForce.actual !== 'no'
    : unreadable.kind !== 'NetworkPolicy';
}

/** An entry of `ports` that has a proxy read questions for names. */
interface AskingEntry {
  readonly rule: JudgedRule;
  readonly names: readonly string[];
  readonly ports: PortBounds;
  readonly holds: Tristate;
  /** Whether pods ask on this port. */
  readonly isAsked: Tristate;
}

interface AskingRule extends AskingEntry {
  /** Whether another rule may let all questions through. */
  readonly isWidened: boolean;
}

function askingIn({ selection, rule }: HeldRule): readonly AskingEntry[] {
  if (rule.action !== 'allow' || rule.peers?.length === 0) {
    return [];
  }
  return (rule.ports ?? []).flatMap(({ actual: { fixed: ports } }, i): readonly AskingEntry[] => {
    const filter = rule.says?.ports?.[i]?.filter;
    return filter?.kind === 'dns'
      ? [
          {
            rule,
            names: filter.names,
            ports,
            holds: selection.holds,
            isAsked: ports.sure.covers(DNS) ? 'yes' : 'unknown',
          },
        ]
      : [];
  });
}

function hasUnfilteredPort({ action, says }: JudgedRule): boolean {
  return action === 'allow' && (says?.ports?.some(({ filter }) => filter === undefined) ?? true);
}

/**
 * Whether a rule without a filter has the proxy let all questions through: for the same peers on the same port it does,
 * and it may where it means some of them.
 */
function opensAll({ selection, rule }: HeldRule, asking: readonly AskingEntry[]): Tristate {
  if (!hasUnfilteredPort(rule)) {
    return 'no';
  }
  const open = (rule.ports ?? [undefined]).filter((_, i) => rule.says?.ports?.[i]?.filter === undefined);
  return anyOf(
    asking.map((each): Tristate => {
      const alike = open.map(
        (port): Tristate =>
          port === undefined
            ? 'unknown'
            : port.actual.fixed === each.ports
              ? 'yes'
              : port.actual.fixed.possible.overlaps(each.ports.possible)
                ? 'unknown'
                : 'no',
      );
      return allOf([anyOf(alike), shares(rule, each.rule), selection.holds, each.holds, each.isAsked]);
    }),
  );
}

/** Whether a rule means all, some or none of those whom another means. */
function shares({ peers }: JudgedRule, { peers: others }: JudgedRule): Tristate {
  if (peers === undefined) {
    return 'yes';
  }
  if (others === undefined) {
    return 'unknown';
  }
  // What is read of peers that say the same is one object.
  return others.every((other) => peers.some(({ actual }) => actual === other.actual))
    ? 'yes'
    : peers.some((one) => others.some((other) => mayShare(one, other)))
      ? 'unknown'
      : 'no';
}

function mayShare({ actual: one }: ReadPeer, { actual: other }: ReadPeer): boolean {
  return (
    one.units.possible.overlaps(other.units.possible) ||
    one.addresses.possible.overlaps(other.addresses.possible) ||
    one.nodes.possible.overlaps(other.nodes.possible)
  );
}

function distinct(rules: readonly HeldRule[]): readonly HeldRule[] {
  const found = new Map<string, HeldRule>();
  const numbers = new Map<unknown, number>();
  const numberOf = (each: unknown) => remember(numbers, each, () => numbers.size);
  for (const held of rules) {
    const { peers, ports, says } = held.rule;
    const open = ports?.map(({ actual }, i) => `${numberOf(actual)} ${says?.ports?.[i]?.filter?.kind}`);
    found.set(`${peers?.map(({ actual }) => numberOf(actual))} ${open}`, held);
  }
  return [...found.values()];
}
