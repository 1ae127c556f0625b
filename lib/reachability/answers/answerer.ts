import { refusalOn } from '../../aks/enforcement';
import { type AskedRequest, checkRequest } from '../../model/asked-request';
import { remember } from '../../model/collections';
import { defined, filled } from '../../model/defined';
import type { PolicyType } from '../../model/network-policy';
import { numbersOf } from '../../model/port-names';
import { PortSet } from '../../model/port-set';
import { type AskedPort, readPort } from '../../model/port-text';
import { PROTOCOLS } from '../../model/ports';
import { NetworkPolicyError, show } from '../../model/problem';
import { byFamily } from '../judging/families';
import { PortFilters } from '../judging/filtered-ports';
import type { NamedHosts } from '../judging/named-hosts';
import { PointMatcher } from '../judging/point-matcher';
import { arePods, type GroupOf, isOneOfMany, type Point } from '../judging/points';
import type { Doubt, End } from '../judging/question-ends';
import { type Placement, partsOf, type QuestionPart } from '../judging/question-parts';
import { SideJudge } from '../judging/side-judge';
import type { RuleMatch, SideJudgement } from '../judging/side-judgement';
import type { World } from '../judging/world';
import { departure } from '../reading/engine';
import type { JudgedPolicy } from '../reading/judged-policy';
import type { PortBounds } from '../sets/port-bounds';
import { DoubtFinder } from './doubts';
import { filteringsOf, refusal } from './filterings';
import { nearestMiss } from './nearest-miss';
import { policyReference, ruleReference } from './references';
import {
  type AskedQuestion,
  type Outcome,
  outcomeOf,
  type PolicyReference,
  type Question,
  type RefusedPolicy,
  type RuleReference,
  type Side,
  type Verdict,
} from './verdict';

interface JudgedPart {
  readonly asked: PortSet;
  readonly placement: Placement;
  readonly isIpv6: boolean;
  readonly egress: SideJudgement;
  readonly ingress: SideJudgement;
  readonly open: PortBounds;
}

/** The part of a world that answers come from. */
type AnsweringWorld = Pick<
  World,
  'ends' | 'engine' | 'pool' | 'ports' | 'namespaces' | 'possibleRows' | 'knownOnly' | 'isDualStack'
>;

const ONLY_SCTP = PortSet.ofProtocol('SCTP');
const TCP = PortSet.ofProtocol('TCP');

/** Answers questions, with or without reasons. */
export class Answerer {
  private readonly matcher: PointMatcher;
  private readonly sides: SideJudge;
  private readonly filters: PortFilters;
  private readonly doubts: DoubtFinder;
  private readonly ports = new Map<string, AskedPort>();

  public constructor(
    private readonly world: AnsweringWorld,
    private readonly groupOf: GroupOf,
    private readonly names: NamedHosts,
  ) {
    const { engine, pool, ports, namespaces, possibleRows } = world;
    this.matcher = new PointMatcher(engine, ports, possibleRows);
    this.sides = new SideJudge(engine, this.matcher, pool, groupOf, names);
    this.filters = new PortFilters(engine, this.matcher, pool);
    this.doubts = new DoubtFinder(engine, this.matcher, namespaces);
  }

  /** The verdict alone, which takes less time. */
  public outcome(what: AskedQuestion): Outcome {
    const { question, from, to } = this.read(what);
    const missing = unanswerable(question, from, to);
    if (missing !== undefined) {
      return missing.verdict;
    }
    const port = this.portOf(question);
    return outcomeOf(this.partsBetween(from, to).map((part) => this.open(part, port, question.http)));
  }

  /** @param on these ports, whatever the question says. @default as it says */
  public answer(what: AskedQuestion, on?: PortSet): Verdict {
    const { question, from, to } = this.read(what);
    const missing = unanswerable(question, from, to);
    if (missing !== undefined) {
      return missing;
    }
    const port = on === undefined ? this.portOf(question) : { ports: on };
    const parts = this.partsBetween(from, to).map((part) => this.judge(part, port, question.http));
    const verdict = outcomeOf(parts);
    const { pool, engine, knownOnly } = this.world;
    const asked = parts.reduce((sum, part) => (sum === part.asked ? sum : sum.or(part.asked)), PortSet.NONE);
    const all = pool.exactly(asked);
    const departures = parts.flatMap(({ egress, ingress }) => [...egress.departures, ...ingress.departures]);
    if (!asked.isEmpty && ONLY_SCTP.covers(asked) && engine.does('sctp-not-carried') !== 'no') {
      departures.push('sctp-not-carried');
    }
    return {
      verdict,
      question,
      ports: parts.reduce((sum, { open }) => pool.and(sum, open), all).sure,
      possiblePorts: pool.and(
        parts.reduce((sum, { open }) => pool.or(sum, open), pool.none),
        all,
      ).possible,
      egress: this.side(parts, ({ egress }) => egress),
      ingress: this.side(parts, ({ ingress }) => ingress),
      doubts: verdict === 'unknown' ? [...unlabelled([from, to]), ...this.doubtsOf(parts, question)] : [],
      departures: [...new Set(departures)].map(departure),
      ...filled({ refused: this.refusedIn(parts) }),
      ...(verdict === 'partly' && isOnlyByIpv6(parts) ? { onlyByIpv6: true } : {}),
      ...(knownOnly ? { knownOnly } : {}),
    };
  }

  /** The ends of a question, and the question with words for its selectors. */
  private read(what: AskedQuestion): { readonly question: Question; readonly from: End; readonly to: End } {
    const { ends } = this.world;
    if (what.http !== undefined) {
      checkRequest(what.http);
    }
    const [from, to] = [ends.findSource(what.from), ends.find(what.to)];
    return { question: isInWords(what) ? what : { ...what, from: from.text, to: to.text }, from, to };
  }

  /** Each port is read once, because its sets remember their keys. */
  private portOf({ port, protocol, http }: Question): AskedPort | undefined {
    if (port === undefined && protocol === undefined) {
      return undefined;
    }
    const asked = remember(this.ports, `${port ?? '*'} ${protocol}`, () => readPort(port ?? '*', protocol));
    const isTcp = 'ports' in asked ? asked.ports.overlaps(TCP) : (asked.protocol ?? 'TCP') === 'TCP';
    if (http !== undefined && !isTcp) {
      throw new NetworkPolicyError({
        code: 'request-unreadable',
        at: 'the question',
        got: show(port ?? protocol),
        problem: 'HTTP goes over TCP',
        fix: 'ask for a port of TCP',
      });
    }
    return asked;
  }

  private partsBetween(from: End, to: End): readonly QuestionPart[] {
    const parts = partsOf(from, to, this.groupOf, this.names);
    const { engine, isDualStack } = this.world;
    return engine.does('ipv6-not-filtered') === 'no'
      ? parts
      : parts.flatMap((part) => byFamily(part, isDualStack));
  }

  private judge(
    part: QuestionPart,
    port: AskedPort | undefined,
    request: AskedRequest | undefined,
  ): JudgedPart {
    const { to, placement, isIpv6 = false } = part;
    const egress = this.sideOf('Egress', part, request);
    const ingress = this.sideOf('Ingress', part, request);
    const open = this.world.pool.and(egress.ports, ingress.ports);
    return { asked: askedOf(port, to, request), placement, isIpv6, egress, ingress, open };
  }

  /** As {@link judge}, without the destination if the source keeps all ports shut. */
  private open(
    part: QuestionPart,
    port: AskedPort | undefined,
    request: AskedRequest | undefined,
  ): Pick<JudgedPart, 'asked' | 'open'> {
    const asked = askedOf(port, part.to, request);
    const egress = this.sideOf('Egress', part, request).ports;
    const isShut = !egress.possible.overlaps(asked);
    return {
      asked,
      open: isShut ? egress : this.world.pool.and(egress, this.sideOf('Ingress', part, request).ports),
    };
  }

  /** @param request if one is asked for, filters may refuse it */
  private sideOf(
    direction: PolicyType,
    part: QuestionPart,
    request: AskedRequest | undefined,
  ): SideJudgement {
    const judgement = this.sides.judge(direction, part);
    return request === undefined ? judgement : this.filters.through(judgement, request);
  }

  private side(parts: readonly JudgedPart[], of: (part: JudgedPart) => SideJudgement): Side {
    const isolatedBy = new Map<JudgedPolicy, PolicyReference>();
    const [allowedBy, deniedBy] = [new Map<string, RuleReference>(), new Map<string, RuleReference>()];
    for (const part of parts) {
      const judgement = of(part);
      for (const { policy, isolates } of judgement.selections) {
        if (isolates !== 'no' && policy.unjudged === undefined) {
          isolatedBy.set(policy, policyReference(policy));
        }
      }
      for (const match of judgement.matches) {
        // The most that a policy of another kind may allow is no rule of it.
        const isRule = match.selection.policy.unjudged === undefined || match.rule.says !== undefined;
        if (isRule && counts(match, judgement, part.asked)) {
          const key = `${match.selection.policy.serial} ${match.rule.index} ${match.peer}`;
          const by = match.rule.action === 'deny' ? deniedBy : allowedBy;
          by.set(key, ruleReference(this.matcher, judgement, match, part.asked));
        }
      }
    }
    const denied = parts.find((part) => !of(part).ports.possible.covers(part.asked));
    const miss =
      denied && deniedBy.size === 0
        ? (refusal(this.matcher, of(denied), denied.asked) ??
          nearestMiss(this.matcher, of(denied), denied.asked))
        : undefined;
    const filters = filteringsOf(
      this.matcher,
      this.filters,
      parts.map((part) => ({ judgement: of(part), open: part.open.possible.and(part.asked) })),
    );
    const exemptions = new Set(parts.map((part) => of(part).exempt));
    const [exempt] = exemptions.size === 1 ? exemptions : [];
    return {
      verdict: outcomeOf(parts.map((part) => ({ asked: part.asked, open: of(part).ports }))),
      ...defined({ exempt }),
      isolatedBy: [...isolatedBy.values()],
      allowedBy: [...allowedBy.values()],
      deniedBy: [...deniedBy.values()],
      ...(filters.length === 0 ? {} : { filters }),
      ...defined({ nearestMiss: miss }),
    };
  }

  private refusedIn(parts: readonly JudgedPart[]): readonly RefusedPolicy[] {
    const found = new Map<JudgedPolicy, RefusedPolicy>();
    for (const { policy } of parts.flatMap(({ egress, ingress }) => [
      ...egress.selections,
      ...ingress.selections,
    ])) {
      const isRefused = policy.unjudged !== undefined && policy.inForce.actual === 'no';
      const refusal = isRefused ? refusalOn(policy.unjudged, this.world.engine.profile) : undefined;
      if (refusal !== undefined) {
        found.set(policy, { ...policyReference(policy), message: refusal.message });
      }
    }
    return [...found.values()];
  }

  private doubtsOf(parts: readonly JudgedPart[], question: Question): Doubt[] {
    const found = new Map<string, Doubt>();
    if (parts.every(({ asked }) => asked.isEmpty)) {
      const text = `${question.to} declares no port named ${question.port}`;
      found.set(text, { code: 'port-name-undefined', text });
    }
    for (const { placement, asked, egress, ingress } of parts) {
      for (const judgement of [egress, ingress]) {
        for (const { fit, ports } of judgement.refusing ?? []) {
          if (fit.why !== undefined && ports.overlaps(asked)) {
            found.set(fit.why, { code: 'request-unknown', text: fit.why });
          }
        }
        const { sure, possible } = judgement.ports;
        const open = possible.and(asked).without(sure);
        if (!open.isEmpty) {
          const isPlacementUnknown = placement === 'unknown' && arePods(judgement.self);
          for (const doubt of this.doubts.find(judgement, isPlacementUnknown, open)) {
            found.set(doubt.text, doubt);
          }
        }
      }
    }
    return [...found.values()];
  }
}

function isOnlyByIpv6(parts: readonly JudgedPart[]): boolean {
  const by = (isIpv6: boolean) => outcomeOf(parts.filter((part) => part.isIpv6 === isIpv6));
  return by(true) === 'allowed' && by(false) === 'denied';
}

/** Doubts about ends that are one pod of a set, nobody knows which. */
function unlabelled(ends: readonly End[]): Doubt[] {
  return ends
    .filter(({ points }) => points.some(isOneOfMany))
    .map(({ text }) => ({ code: 'pod-labels-unknown', text: `no source tells the labels of ${text}` }));
}

/** Whether a rule takes part in an answer: another rule that is asked before it may decide. */
function counts({ rule: { action }, ports }: RuleMatch, judgement: SideJudgement, asked: PortSet): boolean {
  const spoken = ports.possible.and(asked);
  switch (action) {
    case 'allow':
      return judgement.ports.possible.overlaps(spoken);
    case 'deny':
      return !judgement.ports.sure.covers(spoken);
    case 'pass':
      return false;
  }
}

function isInWords(asked: AskedQuestion): asked is Question {
  return typeof asked.from === 'string' && typeof asked.to === 'string';
}

/** The ports that are asked for; a name is looked up on the destination. */
function askedOf(port: AskedPort | undefined, to: Point, request: AskedRequest | undefined): PortSet {
  const asked = portsOf(port, to);
  return request === undefined ? asked : asked.and(TCP);
}

function portsOf(port: AskedPort | undefined, to: Point): PortSet {
  if (port === undefined) {
    return PortSet.ALL;
  }
  if ('ports' in port) {
    return port.ports;
  }
  if (to.kind !== 'pods') {
    return PortSet.NONE;
  }
  const { names } = to.unit.ports;
  return PortSet.union(
    (port.protocol === undefined ? PROTOCOLS : [port.protocol]).flatMap((protocol) =>
      numbersOf(names, port.name, protocol).map((number) => PortSet.range(protocol, number)),
    ),
  );
}

/** The verdict if an end has no address any more, or if nothing is known of it. */
function unanswerable(question: Question, from: End, to: End): Verdict | undefined {
  const ends = [from, to].filter(({ points }) => points.length === 0);
  if (ends.length === 0) {
    return undefined;
  }
  const doubts = ends.flatMap(({ doubt }) => doubt ?? []);
  const none = { isolatedBy: [], allowedBy: [], deniedBy: [] };
  const side: Side =
    doubts.length > 0 ? { verdict: 'unknown', ...none } : { verdict: 'denied', exempt: 'completed', ...none };
  return {
    verdict: side.verdict,
    question,
    ports: PortSet.NONE,
    possiblePorts: doubts.length > 0 ? PortSet.ALL : PortSet.NONE,
    egress: side,
    ingress: side,
    doubts,
    departures: [],
  };
}
