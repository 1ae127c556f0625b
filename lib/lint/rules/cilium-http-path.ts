import type { Severity } from '../../model/finding';
import { allRulesIn, eachCiliumSpec, filtersIn, partsIn } from '../cilium-specs';
import { write } from '../fix';
import type { LintRule } from '../lint-rule';
import { CILIUM } from '../rule-engines';

export const ciliumHttpPath: LintRule = {
  id: 'cilium-http-path',
  severity: 'warning',
  summary:
    'on cilium, the path of an HTTP rule is an expression for the whole path, and means something else than it looks',
  engines: CILIUM,
  fix: 'write an expression for the whole path: /orders(/.*)? for a path and all below it',
  check: eachCiliumSpec(function* ({ policy, ...spec }) {
    for (const filter of allRulesIn(spec).flatMap(filtersIn)) {
      const requests = filter.kind === 'http' ? partsIn(filter.list, filter.at) : [];
      const paths = requests.flatMap(({ fields: { path } }) => (typeof path === 'string' ? path : []));
      for (const { at, fields } of requests) {
        const slip = typeof fields.path === 'string' ? slipIn(fields.path, paths) : undefined;
        if (slip !== undefined) {
          const { right, ...said } = slip;
          const field = [...at, 'path'];
          yield { field, ...said, ...(right === undefined ? {} : { fix: write(policy, field, right) }) };
        }
      }
    }
  }),
};

/** A method of gRPC: `/shop.Orders/Get`. */
const GRPC = /^\/\w+(?:\.\w+)+\/\w+$/;

interface Slip {
  readonly severity: Severity;
  readonly message: string;
  /** The path that was meant; left out where a person has to choose. */
  readonly right?: string;
}

/** Paths that are whole as they are: a file, or where somebody asks how a program does. */
const WHOLE = /\.\w+$|\/(?:healthz?|livez|readyz|live|ready|liveness|readiness|metrics|ping|version|status)$/;

/** @param all the paths of the same list */
function slipIn(path: string, all: readonly string[]): Slip | undefined {
  const bare = path.replace(/^\^/, '').replace(/\$$/, '');
  if (/^\w(?![*?{])/.test(bare) && !bare.includes('|')) {
    return {
      severity: 'error',
      message: `every path begins with a slash, so ${path} matches no request`,
      right: slipIn(`/${bare}`, all)?.right ?? `/${bare}`,
    };
  }
  if (/(?:^|[\w/])\/\*$/.test(bare)) {
    return {
      severity: 'error',
      message: `${path} is an expression and no pattern: its star repeats the slash before it, so nothing below matches`,
      right: `${bare.slice(0, -1)}.*`,
    };
  }
  if (/\w\?\w+=/.test(bare)) {
    return {
      severity: 'error',
      message: `the question mark of ${path} makes the letter before it optional, so no query matches`,
    };
  }
  // Anchors say that the whole path is meant.
  if (bare !== path || !/^(?:\/[-\w.]*)+$/.test(path) || path === '/') {
    return undefined;
  }
  const prefix = path.replace(/\/$/, '');
  const hasMore = all.some((each) => each !== path && each.startsWith(prefix) && /[*+]/.test(each));
  if (hasMore || ((WHOLE.test(path) || GRPC.test(path)) && prefix === path)) {
    return undefined;
  }
  return prefix === path
    ? {
        severity: 'info',
        message: `${path} is the whole path: neither ${path}/1 nor ${path}?q=1 matches`,
        right: `${path}(/.*)?`,
      }
    : {
        severity: 'warning',
        message: `${path} is the whole path, and nothing below it matches`,
        right: `${path}.*`,
      };
}
