import { type Cidr, type CidrFlaw, formatCidr, isStrictSubset, readCidr } from './cidr';
import { inside, placeOf, type Spot } from './place';
import { checkFields, isList, isMap, isString, type ProblemCode, type Problems, show } from './problem';

/** Why the API server refuses each flaw. */
export const CIDR_FLAWS: Readonly<Record<CidrFlaw, string>> = {
  'leading-zeros': 'Kubernetes 1.36 and later refuse leading zeros, which some engines read as octal',
  'ipv4-mapped': 'Kubernetes 1.36 and later refuse an IPv4 address written as IPv6',
  'host-bits': 'Kubernetes 1.36 and later refuse address bits beyond the prefix length',
};

/** The codes of the problems that an API server before 1.36 does not report. */
export const CIDR_FLAW_CODES: readonly ProblemCode[] = (Object.keys(CIDR_FLAWS) as CidrFlaw[]).map(codeOf);

/**
 * An IP block as the API server of Kubernetes 1.36 checks it.
 *
 * @see kubernetes pkg/apis/networking/validation, ValidateIPBlock
 */
export function checkIpBlock(ipBlock: unknown, at: Spot, problems: Problems): void {
  if (!isMap(ipBlock, at, problems)) {
    return;
  }
  checkFields(ipBlock, ['cidr', 'except'], at, problems);
  const { cidr, except } = ipBlock;
  if (cidr === undefined || cidr === null || cidr === '') {
    problems.push({
      code: 'cidr-missing',
      at: placeOf(at, 'cidr'),
      got: show(cidr),
      problem: 'an IP block needs a CIDR',
      fix: 'write one such as "203.0.113.0/24"; "0.0.0.0/0" is every IPv4 address',
    });
    return;
  }
  const outer = checkCidr(cidr, inside(at, 'cidr'), problems);
  // Like the server, check the exceptions only if the CIDR can be read.
  if (outer === undefined || except == null || !isList(except, inside(at, 'except'), problems)) {
    return;
  }
  for (const [i, entry] of except.entries()) {
    const inner = checkCidr(entry ?? '', inside(inside(at, 'except'), i), problems);
    if (inner !== undefined && !isStrictSubset(inner, outer)) {
      problems.push({
        code: 'except-outside-cidr',
        at: placeOf(at, 'except', i),
        got: show(entry),
        problem: `an exception must lie inside ${cidr} and be smaller`,
        fix:
          inner.family === outer.family
            ? 'write a range with a longer prefix inside the CIDR, or leave the exception out'
            : 'write the exception in the same IP family as the CIDR',
      });
    }
  }
}

function codeOf(flaw: CidrFlaw): ProblemCode {
  return `cidr-${flaw}`;
}

function checkCidr(text: unknown, at: Spot, problems: Problems): Cidr | undefined {
  if (!isString(text, at, problems)) {
    return undefined;
  }
  const cidr = readCidr(text);
  if (cidr === undefined) {
    problems.push({
      code: 'cidr-invalid',
      at: placeOf(at),
      got: show(text),
      problem: 'is not a CIDR',
      fix:
        readCidr(`${text}/32`)?.family === 4
          ? `write "${text}/32" for the one address`
          : 'write an address, "/" and a prefix length, such as "203.0.113.0/24" or "2001:db8::/32"',
    });
  } else if (cidr.flaw !== undefined) {
    problems.push({
      code: codeOf(cidr.flaw),
      at: placeOf(at),
      got: show(text),
      value: text,
      problem: CIDR_FLAWS[cidr.flaw],
      fix: `write "${canonicalCidr(cidr)}"`,
    });
  }
  return cidr;
}

/** The same range, written so that every API server accepts it. */
export function canonicalCidr(cidr: Cidr): string {
  return cidr.flaw === 'ipv4-mapped' && cidr.prefixLength >= 96
    ? formatCidr({ family: 4, first: cidr.first & 0xffffffffn, prefixLength: cidr.prefixLength - 96 })
    : formatCidr(cidr);
}
