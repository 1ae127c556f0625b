import { remember } from '../../model/collections';
import { defined } from '../../model/defined';
import { numbersOf } from '../../model/port-names';
import { PortSet } from '../../model/port-set';
import { type AskedPort, readPort } from '../../model/port-text';
import { PROTOCOLS } from '../../model/ports';
import { byFamily } from '../judging/families';
import { arePods, type GroupOf } from '../judging/point-groups';
import { PointMatcher } from '../judging/point-matcher';
import type { Doubt, End, Ends, Point } from '../judging/question-ends';
import { type Placement, partsOf, type QuestionPart } from '../judging/question-parts';
import { SideJudge } from '../judging/side-judge';
import type { RuleMatch, SideJudgement } from '../judging/side-judgement';
import type { World } from '../judging/world';
import { departure, type Engine } from '../reading/engine';
import type { JudgedPolicy } from '../reading/judged-policy';
import type { PortBounds, PortPool } from '../sets/port-bounds';
import { DoubtFinder } from './doubts';
import { nearestMiss } from './nearest-miss';
import { outcomeOf } from './outcome';
import { policyReference, ruleReference } from './references';
import type {
  AskedQuestion,
  Outcome,
  PolicyReference,
  Question,
  RuleReference,
  Side,
  Verdict,
} from './verdict';

interface JudgedPart {
  readonly asked: PortSet;
  readonly placement: Placement;
  readonly isIpv6: boolean;
  readonly egress: SideJudgement;
  readonly ingress: SideJudgement;
  readonly open: PortBounds;
}

const ONLY_SCTP = PortSet.ofProtocol('SCTP');

/** Answers one question at a time, with reasons. */
export class Answerer {
  private readonly ends: Ends;
  private readonly knownOnly: boolean;
  private readonly engine: Engine;
  private readonly pool: PortPool;
  private readonly matcher: PointMatcher;
  private readonly judge: SideJudge;
  private readonly doubts: DoubtFinder;
  private readonly isDualStack: boolean;
  private readonly ports = new Map<string, AskedPort>();

  public constructor(
    {
      ends,
      engine,
      pool,
      ports,
      namespaces,
      possibleRows,
      knownOnly,
      isDualStack,
    }: Pick<
      World,
      'ends' | 'engine' | 'pool' | 'ports' | 'namespaces' | 'possibleRows' | 'knownOnly' | 'isDualStack'
    >,
    private readonly groupOf: GroupOf,
  ) {
    this.ends = ends;
    this.knownOnly = knownOnly;
    this.isDualStack = isDualStack;
    this.engine = engine;
    this.pool = pool;
    this.matcher = new PointMatcher(engine, ports, possibleRows);
    this.judge = new SideJudge(engine, this.matcher, pool, groupOf);
    this.doubts = new DoubtFinder(engine, this.matcher, namespaces);
  }

  /** The verdict alone, for whoever asks often. */
  public outcome(what: AskedQuestion): Outcome {
    const { question, from, to } = this.read(what);
    const missing = unanswerable(question, from, to);
    if (missing !== undefined) {
      return missing.verdict;
    }
    const port = this.portOf(question);
    return outcomeOf(this.partsBetween(from, to).map((part) => this.open(part, port)));
  }

  public answer(what: AskedQuestion): Verdict {
    const { question, from, to } = this.read(what);
    const missing = unanswerable(question, from, to);
    if (missing !== undefined) {
      return missing;
    }
    const parts = this.partsOf(question, from, to);
    const verdict = outcomeOf(parts);
    const { pool } = this;
    const asked = parts.reduce((sum, part) => (sum === part.asked ? sum : sum.or(part.asked)), PortSet.NONE);
    const all = pool.exactly(asked);
    const departures = parts.flatMap(({ egress, ingress }) => [...egress.departures, ...ingress.departures]);
    if (!asked.isEmpty && ONLY_SCTP.covers(asked) && this.engine.does('sctp-not-carried') !== 'no') {
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
      ...(verdict === 'partly' && isOnlyByIpv6(parts) ? { onlyByIpv6: true } : {}),
      ...(this.knownOnly ? { knownOnly: true } : {}),
    };
  }

  /** Selectors stand in the question as words from here on. */
  private read(what: AskedQuestion): { readonly question: Question; readonly from: End; readonly to: End } {
    const [from, to] = [this.ends.find(what.from), this.ends.find(what.to)];
    return { question: isInWords(what) ? what : { ...what, from: from.text, to: to.text }, from, to };
  }

  /** Each read once: its sets of ports then know their keys. */
  private portOf({ port, protocol }: Question): AskedPort | undefined {
    return port === undefined && protocol === undefined
      ? undefined
      : remember(this.ports, `${port ?? '*'} ${protocol}`, () => readPort(port ?? '*', protocol));
  }

  private partsOf(question: Question, from: End, to: End): JudgedPart[] {
    const port = this.portOf(question);
    return this.partsBetween(from, to).map((part) => this.judgePart(part, port));
  }

  private partsBetween(from: End, to: End): readonly QuestionPart[] {
    const parts = partsOf(from, to, this.groupOf);
    return this.engine.does('ipv6-not-filtered') === 'no'
      ? parts
      : parts.flatMap((part) => byFamily(part, this.isDualStack));
  }

  private judgePart(part: QuestionPart, port: AskedPort | undefined): JudgedPart {
    const { from, to, placement, isIpv6 = false } = part;
    const egress = this.judge.judge('Egress', from, to, part);
    const ingress = this.judge.judge('Ingress', to, from, part);
    const open = this.pool.and(egress.ports, ingress.ports);
    return { asked: askedOf(port, to), placement, isIpv6, egress, ingress, open };
  }

  /** As {@link judgePart}, without asking the destination about what the source keeps shut. */
  private open(part: QuestionPart, port: AskedPort | undefined) {
    const { from, to } = part;
    const asked = askedOf(port, to);
    const egress = this.judge.judge('Egress', from, to, part).ports;
    const isShut = !egress.possible.overlaps(asked);
    const open = isShut ? egress : this.pool.and(egress, this.judge.judge('Ingress', to, from, part).ports);
    return { asked, open };
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
        // What a policy of another kind may allow at most is no rule of it.
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
      denied && deniedBy.size === 0 ? nearestMiss(this.matcher, of(denied), denied.asked) : undefined;
    const exemptions = new Set(parts.map((part) => of(part).exempt));
    const [exempt] = exemptions.size === 1 ? exemptions : [];
    return {
      verdict: outcomeOf(parts.map((part) => ({ asked: part.asked, open: of(part).ports }))),
      ...defined({ exempt }),
      isolatedBy: [...isolatedBy.values()],
      allowedBy: [...allowedBy.values()],
      deniedBy: [...deniedBy.values()],
      ...defined({ nearestMiss: miss }),
    };
  }

  private doubtsOf(parts: readonly JudgedPart[], question: Question): Doubt[] {
    const found = new Map<string, Doubt>();
    if (parts.every(({ asked }) => asked.isEmpty)) {
      const text = `${question.to} declares no port named ${question.port}`;
      found.set(text, { code: 'port-name-undefined', text });
    }
    for (const { placement, asked, egress, ingress } of parts) {
      for (const judgement of [egress, ingress]) {
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

/** Ends of which nobody knows which pods they are among those of a set. */
function unlabelled(ends: readonly End[]): Doubt[] {
  return ends
    .filter(({ points }) => points.some((point) => point.kind === 'possible' && point.quantifier === 'one'))
    .map(({ text }) => ({ code: 'pod-labels-unknown', text: `no source tells the labels of ${text}` }));
}

/** Whether a rule has a part in what comes of a question: another that is asked before it may have the last word. */
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

/** A name is looked up on the destination. */
function askedOf(port: AskedPort | undefined, to: Point): PortSet {
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
  return (port.protocol === undefined ? PROTOCOLS : [port.protocol])
    .flatMap((protocol) =>
      numbersOf(names, port.name, protocol).map((number) => PortSet.range(protocol, number)),
    )
    .reduce((sum, each) => sum.or(each), PortSet.NONE);
}

/** The verdict on an end that holds no address any more, or of which nothing can be said. */
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
