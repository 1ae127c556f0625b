import fc from 'fast-check';
import { validateNetworkPolicy } from '../../lib/model/check-policy';
import { describePlace } from '../../lib/model/place';
import type { ProblemCode } from '../../lib/model/problem';
import { cidrText, ipBlockText } from '../support/arbitrary-cidrs';
import { sampleSeed } from '../support/sample-seed';
import { isAccepted, judge, type Verdict } from './validator';

const RUNS = 100_000;
const BLOCKS_PER_POLICY = 100;
const seed = sampleSeed();

/** The server's words on a CIDR, and the library's code for each. */
const CODES: readonly (readonly [words: string, code: ProblemCode])[] = [
  ['Required value', 'cidr-missing'],
  ['must be a valid CIDR value', 'cidr-invalid'],
  ['must not have leading 0s', 'cidr-leading-zeros'],
  ['must not have an IPv4-mapped', 'cidr-ipv4-mapped'],
  ['must not have bits set', 'cidr-host-bits'],
  ['must be a strict subset', 'except-outside-cidr'],
];

function codeOf(message: string): string {
  return CODES.find(([words]) => message.includes(words))?.[1] ?? message;
}

function policyOf(ipBlocks: readonly unknown[]): unknown {
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: 'blocks' },
    spec: { ingress: [{ from: ipBlocks.map((ipBlock) => ({ ipBlock })) }] },
  };
}

/** `[index] except[0] code` of each problem that one of two judges sees and the other does not. */
function disagreements(ipBlocks: readonly unknown[]): string[] {
  const batches = Array.from({ length: Math.ceil(ipBlocks.length / BLOCKS_PER_POLICY) }, (_, i) =>
    ipBlocks.slice(i * BLOCKS_PER_POLICY, (i + 1) * BLOCKS_PER_POLICY),
  );
  return judge(batches.map(policyOf)).flatMap((verdict, i) => {
    const batch = batches[i] as unknown[];
    const ours = withoutFamilyQuarrel(
      validateNetworkPolicy(policyOf(batch)).map(({ at, code }) => `${describePlace(at)} ${code}`),
    );
    const theirs = withoutFamilyQuarrel(linesOf(verdict));
    return [
      ...[...ours].filter((line) => !theirs.has(line)).map((line) => `only the library: ${line}`),
      ...[...theirs].filter((line) => !ours.has(line)).map((line) => `only the server: ${line}`),
    ].map((line) => `${line} of ${JSON.stringify(batch[Number(/from\[(\d+)\]/.exec(line)?.[1])])}`);
  });
}

/**
 * Go compares ::ffff:10.0.0.0/104 as IPv4 addresses with an IPv6 prefix length. Such exceptions are refused
 * anyway, so whether they are also called outside of their CIDR is not compared.
 */
function withoutFamilyQuarrel(lines: readonly string[]): Set<string> {
  const mapped = lines
    .filter((line) => /cidr-(ipv4-mapped|leading-zeros)$/.test(line))
    .map((line) => line.replace(/[^ ]+$/, 'except-outside-cidr'));
  return new Set(lines.filter((line) => !mapped.includes(line)));
}

function linesOf(verdict: Verdict): string[] {
  return isAccepted(verdict) ? [] : verdict.causes.map(({ field, message }) => `${field} ${codeOf(message)}`);
}

describe(`the library reads CIDRs as the API server does (seed ${seed})`, () => {
  test(`${RUNS} CIDRs, with the same complaint about each`, () => {
    const texts = fc.sample(cidrText, { numRuns: RUNS, seed });
    expect(disagreements(texts.map((cidr) => ({ cidr }))).slice(0, 10)).toEqual([]);
  });

  test(`${RUNS / 5} CIDRs with exceptions, inside and outside`, () => {
    const blocks = fc.sample(ipBlockText, { numRuns: RUNS / 5, seed });
    expect(disagreements(blocks).slice(0, 10)).toEqual([]);
  });
});
