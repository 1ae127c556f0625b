import { type AskedRequest, type Fit, fitRequest } from '../../model/asked-request';
import type { TrafficFilter } from '../../model/policy-rules';
import type { PortSet } from '../../model/port-set';
import { anyOf } from '../../model/tristate';
import type { Engine } from '../reading/engine';
import type { PortBounds, PortPool } from '../sets/port-bounds';
import type { PointMatcher } from './point-matcher';
import type { FilteredPorts, RefusedPorts, RuleMatch, SideJudgement } from './side-judgement';

/** An entry of `ports` of a rule that allows the other end something. */
interface Opening {
  readonly match: RuleMatch;
  readonly ports: PortBounds;
  readonly filter?: TrafficFilter | undefined;
  readonly isSure: boolean;
}

/** Finds out what proxies filter of the traffic that one side of a connection leaves open. */
export class PortFilters {
  public constructor(
    private readonly engine: Engine,
    private readonly matcher: PointMatcher,
    private readonly pool: PortPool,
  ) {}

  /** The ports that are filtered; those of one element are filtered alike. */
  public of(judgement: SideJudgement): readonly FilteredPorts[] {
    const { selections, exempt, self, other } = judgement;
    const openings = judgement.matches.flatMap((match) => this.openingsOf(match, judgement));
    const filtering = openings.filter(({ filter }) => filter !== undefined);
    const isolated = anyOf(selections.map(({ isolates }) => isolates));
    if (filtering.length === 0 || (isolated === 'no' && this.engine.filtersOpenPods === 'no')) {
      return [];
    }
    const isClear =
      isolated === 'yes' && exempt === undefined && self.kind !== 'possible' && other.kind !== 'possible';
    return partsOf(openings, judgement.ports.possible).flatMap((ports): readonly FilteredPorts[] => {
      const there = openings.filter((each) => each.ports.possible.overlaps(ports));
      const by = there.filter(({ filter }) => filter !== undefined);
      const plain = there.filter(({ filter }) => filter === undefined);
      // For the same port the proxy takes all rules together; for a range around it that is not known.
      const isOpen = plain.some((one) => one.isSure && by.every((each) => each.ports === one.ports));
      if (by.length === 0 || (isOpen && isClear)) {
        return [];
      }
      const isAlike = new Set(by.map((each) => each.ports)).size === 1;
      const isSure = by.every((each) => each.isSure) || new Set(by.map(({ filter }) => filter)).size === 1;
      return [
        {
          ports,
          by: by.map(({ match, filter }) => ({ match, filter: filter as TrafficFilter })),
          isSure: isClear && isAlike && isSure && plain.length === 0,
        },
      ];
    });
  }

  /** The judgement of one request, as far as filters let it through. */
  public through(judgement: SideJudgement, request: AskedRequest): SideJudgement {
    let { ports } = judgement;
    const refusing: RefusedPorts[] = [];
    for (const each of this.of(judgement)) {
      const fit = fitOf(each, request);
      const filtered = this.pool.exactly(each.ports);
      if (fit.fits !== 'yes') {
        ports = this.pool.without(ports, fit.fits === 'no' ? filtered : this.pool.inDoubt(filtered));
        refusing.push({ ...each, fit });
      }
    }
    return { ...judgement, ports, refusing };
  }

  private openingsOf(match: RuleMatch, { direction, self, other }: SideJudgement): readonly Opening[] {
    const { rule, selection, ports } = match;
    if (rule.action !== 'allow') {
      return [];
    }
    if (rule.ports === undefined) {
      return [{ match, ports, isSure: selection.holds === 'yes' && ports.sure === ports.possible }];
    }
    // Whom the rule means is in doubt where all of its ports are.
    const isMeant = selection.holds === 'yes' && !(ports.sure.isEmpty && !ports.possible.isEmpty);
    return rule.ports.map(({ actual }, i): Opening => {
      const opened = this.matcher.openedBy(actual, direction, self, other);
      return {
        match,
        ports: opened,
        filter: rule.says?.ports?.[i]?.filter,
        isSure: isMeant && opened.sure === opened.possible,
      };
    });
  }
}

function fitOf({ by, isSure }: FilteredPorts, request: AskedRequest): Fit {
  const fits = by.map(({ filter }) => fitFilter(filter, request));
  const all = anyOf(fits.map((each) => each.fits));
  if (all === 'unknown') {
    return fits.find((each) => each.fits === 'unknown') as Fit;
  }
  const isDoubtful = !isSure && (all === 'no' || fits.some((each) => each.fits !== 'yes'));
  return isDoubtful
    ? { fits: 'unknown', why: 'it is not known whether another rule lets every request through' }
    : { fits: all };
}

function fitFilter(filter: TrafficFilter, request: AskedRequest): Fit {
  if (filter.kind === 'dns') {
    return { fits: 'no' };
  }
  const fits = filter.requests.map((each) => fitRequest(each, request));
  return (
    fits.find((each) => each.fits === 'yes') ?? fits.find((each) => each.fits === 'unknown') ?? { fits: 'no' }
  );
}

/** The ports that entries filter, divided where another entry begins or ends. */
function partsOf(openings: readonly Opening[], within: PortSet): readonly PortSet[] {
  return openings.reduce<readonly PortSet[]>(
    (parts, { ports }) =>
      parts.flatMap((part) =>
        [part.and(ports.possible), part.without(ports.possible)].filter((each) => !each.isEmpty),
      ),
    within.isEmpty ? [] : [within],
  );
}
