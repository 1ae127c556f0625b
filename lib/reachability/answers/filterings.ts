import { describeRequest } from '../../model/asked-request';
import { remember } from '../../model/collections';
import type { FilteredRequest } from '../../model/policy-rules';
import { PortSet } from '../../model/port-set';
import { firstWords } from '../../model/word-list';
import type { PortFilters } from '../judging/filtered-ports';
import type { PointMatcher } from '../judging/point-matcher';
import type { FilteredPorts, FilteringMatch, SideJudgement } from '../judging/side-judgement';
import { ruleReference } from './references';
import type { Filtering, NearestMiss, RuleReference, Verdict } from './verdict';

/** A part of a question, seen from one side. */
export interface SidePart {
  readonly judgement: SideJudgement;
  /** The ports that were asked for and that both sides leave open, or may. */
  readonly open: PortSet;
}

/** What proxies filter of the open ports of some parts; the same filter once. */
export function filteringsOf(
  matcher: PointMatcher,
  filters: PortFilters,
  parts: readonly SidePart[],
): readonly Filtering[] {
  const found = new Map<
    string,
    { readonly first: Omit<Filtering, 'extent'>; ports: PortSet; isSure: boolean }
  >();
  const filtered = parts.map(() => PortSet.NONE);
  for (const [i, { judgement, open }] of parts.entries()) {
    for (const each of filters.of(judgement)) {
      const ports = each.ports.and(open);
      if (ports.isEmpty) {
        continue;
      }
      filtered[i] = (filtered[i] as PortSet).or(ports);
      const first = { ports, ...letThrough(each.by), by: referencesOf(matcher, judgement, each, ports) };
      const key = JSON.stringify([first.requests, first.names, each.isSure]);
      const known = remember(found, key, () => ({ first, ports, isSure: each.isSure }));
      known.ports = known.ports.or(ports);
    }
  }
  const isWhole = (ports: PortSet) =>
    parts.every(({ open }, i) => (filtered[i] as PortSet).covers(open.and(ports)));
  return [...found.values()].map(({ first, ports, isSure }) => ({
    ...first,
    ports,
    extent: isSure ? (isWhole(ports) ? 'wholly' : 'partly') : 'perhaps',
  }));
}

function letThrough(by: readonly FilteringMatch[]): Pick<Filtering, 'requests' | 'names'> {
  const requests = by.flatMap(({ filter }) => (filter.kind === 'http' ? filter.requests : []));
  const names = by.flatMap(({ filter }) => (filter.kind === 'dns' ? filter.names : []));
  const distinct = [...new Map(requests.map((each) => [JSON.stringify(each), each])).values()];
  return {
    ...(distinct.length === 0 ? {} : { requests: distinct }),
    ...(names.length === 0 ? {} : { names: [...new Set(names)] }),
  };
}

function referencesOf(
  matcher: PointMatcher,
  judgement: SideJudgement,
  { by }: FilteredPorts,
  asked: PortSet,
): readonly RuleReference[] {
  return [...new Set(by.map(({ match }) => ruleReference(matcher, judgement, match, asked)))];
}

/** The rule whose filter refuses what was asked for. */
export function refusal(
  matcher: PointMatcher,
  judgement: SideJudgement,
  asked: PortSet,
): NearestMiss | undefined {
  const refusing = judgement.refusing?.find(({ ports, fit }) => fit.fits === 'no' && ports.overlaps(asked));
  const [rule] = refusing === undefined ? [] : referencesOf(matcher, judgement, refusing, asked);
  return refusing === undefined || rule === undefined
    ? undefined
    : { rule, differs: 'request', allows: letThrough(refusing.by).requests ?? [] };
}

const EXTENTS = { wholly: 'filtered', partly: 'partly filtered', perhaps: 'perhaps filtered' } as const;

/** `filtered: GET /orders, POST /orders and 3 more`, `perhaps filtered on 80/TCP: GET`; one text for each filter. */
export function describeFilterings({ egress, ingress, possiblePorts }: Verdict): readonly string[] {
  return [...(egress.filters ?? []), ...(ingress.filters ?? [])].map(
    ({ extent, ports, requests = [], names = [] }) => {
      const on = ports.covers(possiblePorts) ? '' : ` on ${ports}`;
      const asked = names.length === 0 ? [] : [`DNS for ${firstWords(names)}`];
      return `${EXTENTS[extent]}${on}: ${[...describeRequests(requests), ...asked].join(', ')}`;
    },
  );
}

function describeRequests(requests: readonly FilteredRequest[]): readonly string[] {
  return requests.length === 0 ? [] : [firstWords(requests.map(describeRequest))];
}

/** What a rule lets through: `GET /orders`, `no HTTP`. */
export function describeLetThrough(requests: readonly FilteredRequest[]): string {
  return describeRequests(requests)[0] ?? 'no HTTP';
}
