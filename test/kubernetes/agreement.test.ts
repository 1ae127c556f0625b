import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { validateNetworkPolicy } from '../../lib/model/check-policy';
import type { NetworkPolicy } from '../../lib/model/network-policy';
import { storedSpec } from '../../lib/model/stored-spec';
import { causesOf, fieldsAndReasons } from '../support/api-server-reasons';
import { anyPolicy } from '../support/arbitraries';
import { sampleSeed } from '../support/sample-seed';
import { isAccepted, judge, type Verdict } from './validator';

const RUNS = 20_000;
const seed = sampleSeed();

/** A verdict as comparable lines: none when accepted, `unreadable`, or the fields and reasons. */
function server(verdict: Verdict): string[] {
  return isAccepted(verdict) ? [] : verdict.status === 400 ? ['unreadable'] : causesOf(verdict.causes);
}

function disagreements(policies: readonly unknown[]): object[] {
  return judge(policies).flatMap((verdict, i) => {
    const policy = policies[i];
    const problems = validateNetworkPolicy(policy);
    const theirs = server(verdict);
    // A server that cannot read a policy stops there and names no field.
    const ours = theirs[0] === 'unreadable' && problems.length > 0 ? theirs : fieldsAndReasons(problems);
    return JSON.stringify(ours) === JSON.stringify(theirs) ? [] : [{ policy, ours, theirs, verdict }];
  });
}

/** The shortest are the easiest to understand. */
function shortest(found: readonly object[]): string {
  return found
    .map((one) => JSON.stringify(one))
    .sort((a, b) => a.length - b.length)
    .slice(0, 8)
    .join('\n');
}

describe(`the library and the API server agree (seed ${seed})`, () => {
  const policies = fc
    .sample(anyPolicy, { numRuns: RUNS, seed })
    .map((policy) => JSON.parse(JSON.stringify(policy)) as unknown);

  test(`on each of ${RUNS} policies, field by field`, () => {
    const found = disagreements(policies);
    expect(`${found.length} disagreements\n${shortest(found)}`).toBe('0 disagreements\n');
  });

  test('on what is stored of each that is accepted', () => {
    const found = judge(policies).flatMap((verdict, i) => {
      const { spec } = policies[i] as NetworkPolicy;
      const theirs = isAccepted(verdict) ? verdict.stored : undefined;
      return theirs === undefined || isDeepStrictEqual(storedSpec(spec), theirs)
        ? []
        : [{ spec, ours: storedSpec(spec), theirs }];
    });
    expect(shortest(found)).toBe('');
  });

  test('and the policies are a fair mixture of legal, illegal and unreadable', () => {
    const counts = { legal: 0, illegal: 0, unreadable: 0 };
    for (const verdict of judge(policies)) {
      counts[isAccepted(verdict) ? 'legal' : verdict.status === 400 ? 'unreadable' : 'illegal'] += 1;
    }
    expect(Math.min(...Object.values(counts))).toBeGreaterThan(RUNS / 10);
  });

  test.each([
    { why: 'annotations of 256 KiB', value: 'x'.repeat(262_143) },
    { why: 'annotations of 256 KiB and a byte', value: 'x'.repeat(262_144) },
    { why: 'annotations of 256 KiB in letters of two bytes', value: `x${'é'.repeat(131_071)}` },
    {
      why: 'annotations of 256 KiB and a byte in letters of two and four bytes',
      value: 'é😀'.repeat(43_691),
    },
  ])('on $why', ({ value }) => {
    const metadata = { name: 'a', annotations: { k: value } };
    const policy = { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata };
    expect(disagreements([policy]).length).toBe(0);
  });
});
