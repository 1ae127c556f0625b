import { inOneLine } from '../model/harmless';
import { describeAllows, explanation } from '../reachability/answers/explanation';
import { describeFilterings } from '../reachability/answers/filterings';
import type { PortClass } from '../reachability/answers/port-classes';
import type { Filtering, NearestMiss, RuleReference, Side, Verdict } from '../reachability/answers/verdict';
import { paint, VERDICT_TONES } from './colours';
import { renderJson } from './json-output';
import type { Layout, Listing } from './listing';
import { type AnswerNotes, notesOf } from './notes';

/** A verdict as JSON, with the sentences that explain it. */
export interface VerdictJson extends Omit<Verdict, 'ports' | 'possiblePorts' | 'egress' | 'ingress'> {
  readonly ports: string;
  readonly possiblePorts: string;
  readonly egress: SideJson;
  readonly ingress: SideJson;
  readonly explanation: readonly string[];
}

/** What the policies of one direction say, as JSON. */
export interface SideJson extends Omit<Side, 'allowedBy' | 'deniedBy' | 'filters' | 'nearestMiss'> {
  readonly allowedBy: readonly RuleReferenceJson[];
  readonly deniedBy: readonly RuleReferenceJson[];
  readonly filters?: readonly FilteringJson[];
  readonly nearestMiss?: NearestMissJson;
}

/** What a proxy filters, as JSON. */
export interface FilteringJson extends Omit<Filtering, 'ports' | 'by'> {
  readonly ports: string;
  readonly by: readonly RuleReferenceJson[];
}

/** A rule of a policy as JSON. */
export interface RuleReferenceJson extends Omit<RuleReference, 'ports'> {
  readonly ports: string;
}

/** The rule that comes closest to what is denied, as JSON. */
export interface NearestMissJson {
  readonly rule: RuleReferenceJson;
  readonly differs: NearestMiss['differs'];
  /** `5433/TCP`, `pods with app=web in namespaces with team=shop`, the name of a host that nobody looks up, or the requests that pass. */
  readonly allows: string;
}

/** Verdicts as a listing, in the order they come in. */
export function verdictListing(verdicts: Iterable<Verdict>, answer: AnswerNotes = {}): Listing<Verdict> {
  return {
    name: 'verdicts',
    // In JSON each verdict says what pods it counts.
    notes: notesOf(answer).map((note) => ('knownOnly' in note.json ? { ...note, json: {} } : note)),
    columns: [
      { heading: 'from', cell: ({ question }) => [question.from] },
      { heading: 'to', cell: ({ question }) => [question.to] },
      { heading: 'port', cell: ({ question }) => [String(question.port ?? '*')] },
      {
        heading: 'verdict',
        cell: (row) => [[row.verdict, ...describeFilterings(row)].join(', ')],
        tone: ({ verdict }) => VERDICT_TONES[verdict],
      },
      { heading: 'open', cell: ({ ports }) => [String(ports)] },
    ],
    rows: verdicts,
    toJson: verdictJson,
  };
}

/** A verdict that is to be explained. */
export interface ExplainedVerdict {
  readonly verdict: Verdict;
  /** What is decided of which ports; left out where a port was asked for. */
  readonly byPort?: readonly PortClass[];
  /** What judged, which says what it leaves out. */
  readonly reachability: AnswerNotes;
}

/** A verdict, and why, in sentences. */
export function* explanationText(
  { verdict, byPort }: ExplainedVerdict,
  { colour = false }: Layout = {},
): Generator<string> {
  const tone = colour ? VERDICT_TONES[verdict.verdict] : undefined;
  for (const [i, sentence] of explanation(verdict, byPort).entries()) {
    const line = inOneLine(sentence);
    yield `${i === 0 ? line.replace(/^\w+/, (word) => paint(tone, word)) : line}\n`;
  }
}

/** The same for a program. */
export function explanationJson({ verdict, reachability }: ExplainedVerdict): Iterable<string> {
  return renderJson(verdictListing([verdict], reachability));
}

function verdictJson(verdict: Verdict): VerdictJson {
  const { ports, possiblePorts, egress, ingress } = verdict;
  return {
    ...verdict,
    ports: String(ports),
    possiblePorts: String(possiblePorts),
    egress: sideJson(egress),
    ingress: sideJson(ingress),
    explanation: explanation(verdict),
  };
}

function sideJson({ nearestMiss, filters, ...side }: Side): SideJson {
  return {
    ...side,
    allowedBy: side.allowedBy.map(ruleReferenceJson),
    deniedBy: side.deniedBy.map(ruleReferenceJson),
    ...(filters === undefined ? {} : { filters: filters.map(filteringJson) }),
    ...(nearestMiss === undefined ? {} : { nearestMiss: nearestMissJson(nearestMiss) }),
  };
}

function filteringJson({ ports, by, ...rest }: Filtering): FilteringJson {
  return { ...rest, ports: String(ports), by: by.map(ruleReferenceJson) };
}

/** A rule of a policy for a program. */
export function ruleReferenceJson(reference: RuleReference): RuleReferenceJson {
  return { ...reference, ports: String(reference.ports) };
}

function nearestMissJson(miss: NearestMiss): NearestMissJson {
  const { rule, differs } = miss;
  return { rule: ruleReferenceJson(rule), differs, allows: describeAllows(miss) };
}
