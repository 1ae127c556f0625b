import { type AcceptedChange, CHANGE_MARKS, type ChangeMark } from '../model/accepted-change';
import type { GATES, GateName } from '../model/gate-name';
import { namespaceIn } from '../model/gate-name';
import { PortSet } from '../model/port-set';
import { hasInternet, type Party } from '../reachability/answers/parties';
import { type AnyChange, changedPorts } from './any-change';
import { isAboutNamespace } from './only-namespace';

/** What a gate looks at. */
interface Gate {
  /** What must not happen. */
  readonly marks: readonly ChangeMark[];
  /** To whom. */
  concerns(row: AnyChange): boolean;
}

/** A change that a gate does not let pass, or may not. */
export interface GateReason {
  readonly mark: ChangeMark;
  readonly row: AnyChange;
  /** What of the row the mark is about; empty for a way into the cluster that leads to nobody who is known. */
  readonly ports: PortSet;
}

export interface GateVerdict {
  readonly gate: GateName;
  /** `unknown`: nothing is known to stop, and something may. */
  readonly outcome: 'passed' | 'failed' | 'unknown';
  /** Because of which changes it failed, or may have to. */
  readonly reasons: readonly GateReason[];
  /** The policies whose filters change so that nobody can tell what it lets pass. */
  readonly filters: readonly string[];
  /** How many changes would be among the reasons were they not accepted. */
  readonly accepted: number;
}

/** What is judged. */
export interface GateQuestion {
  readonly rows: readonly AnyChange[];
  /** As `filterChanges` gives them. */
  readonly filters: readonly string[];
  /** Whether somebody accepts a change. @default nobody accepts any */
  readonly accepts?: (reason: GateReason) => boolean;
}

/** Judges each gate once, in the order of the names. */
export function judgeGates(names: readonly GateName[], question: GateQuestion): readonly GateVerdict[] {
  return [...new Set(names)].map((name) => judgeGate(name, question));
}

function judgeGate(name: GateName, { rows, filters, accepts = () => false }: GateQuestion): GateVerdict {
  const gate = gateNamed(name);
  const all = rows.filter(gate.concerns).flatMap(reasonsIn);
  const open = all.filter((reason) => !accepts(reason));
  const known = open.filter(({ mark }) => gate.marks.includes(mark));
  const doubtful = open.filter(({ mark }) => mark === 'unknown');
  const isAboutDoubt = gate.marks.includes('unknown');
  const hasFailed = known.length > 0 || (isAboutDoubt && filters.length > 0);
  const mayFail = doubtful.length > 0 || filters.length > 0;
  return {
    gate: name,
    outcome: hasFailed ? 'failed' : mayFail ? 'unknown' : 'passed',
    reasons: hasFailed ? known : doubtful,
    filters: hasFailed && !isAboutDoubt ? [] : filters,
    accepted: all.filter((each) => isMeant(each, gate) && accepts(each)).length,
  };
}

function isMeant({ mark }: GateReason, { marks }: Gate): boolean {
  return mark === 'unknown' || marks.includes(mark);
}

/** What a row opens, what it closes, and what nobody knows of it. */
export function reasonsIn(row: AnyChange): readonly GateReason[] {
  const ports = changedPorts(row);
  return CHANGE_MARKS.flatMap((mark) =>
    ports[mark].isEmpty && !isBlind(row, mark) ? [] : [{ mark, row, ports: ports[mark] }],
  );
}

/** A way into the cluster that is new or gone counts although nobody is known behind it. */
function isBlind(row: AnyChange, mark: ChangeMark): boolean {
  const { change } = row;
  return (change === 'entry-added' && mark === 'opened') || (change === 'entry-removed' && mark === 'closed');
}

function gateNamed(name: GateName): Gate {
  const namespace = namespaceIn(name);
  if (namespace === '') {
    return NAMED[name as keyof typeof GATES];
  }
  const isAbout = isAboutNamespace(namespace);
  // Of what was not built nobody knows to which namespace it belongs.
  return { marks: ['opened', 'closed'], concerns: (row) => 'notBuilt' in row || isAbout(row) };
}

const isOfOld = ({ change }: AnyChange) => change !== 'added' && change !== 'removed';

const NAMED: Readonly<Record<keyof typeof GATES, Gate>> = {
  opened: { marks: ['opened'], concerns: isOfOld },
  closed: { marks: ['closed'], concerns: isOfOld },
  added: { marks: ['opened'], concerns: (row) => row.change === 'added' || 'notBuilt' in row },
  internet: {
    marks: ['opened'],
    concerns: (row) =>
      'notBuilt' in row || 'entryPoint' in row || hasInternet(row.from) || hasInternet(row.to),
  },
  'any-pod': {
    marks: ['opened'],
    concerns: (row) =>
      'notBuilt' in row || (!('entryPoint' in row) && (hasAnyPod(row.from) || hasAnyPod(row.to))),
  },
  unknown: { marks: ['unknown'], concerns: () => true },
};

/** Whether a party is any pod, or all but some. */
function hasAnyPod({ possible }: Party): boolean {
  return possible?.set.isAny === true;
}

/** Whether one of the accepted changes covers a reason: all its ends and all its ports. */
export function acceptanceOf(
  accepted: readonly AcceptedChange[],
  namesOf: (row: AnyChange) => { readonly from: readonly string[]; readonly to: readonly string[] },
): (reason: GateReason) => readonly AcceptedChange[] {
  const sets = accepted.map((each) => ({ each, from: new Set(each.from), to: new Set(each.to) }));
  return ({ mark, row, ports }) => {
    if (sets.length === 0) {
      return [];
    }
    const { from, to } = namesOf(row);
    const about = sets.filter(
      (one) =>
        one.each.change === mark &&
        from.every((name) => one.from.has(name)) &&
        to.every((name) => one.to.has(name)),
    );
    const all = PortSet.union(about.map(({ each }) => each.ports ?? PortSet.ALL));
    return about.length > 0 && all.covers(ports) ? about.map(({ each }) => each) : [];
  };
}
