import type { DepartureId } from '../../aks/engine-departures';
import { type Cidr, readCidr } from '../../model/cidr';
import { remember } from '../../model/collections';
import { IpSet } from '../../model/ip-set';
import type { AddressPeer } from '../../model/policy-rules';
import { Bounds } from '../sets/bounds';
import type { Engine } from './engine';
import { type Hooks, type Reading, read } from './hooks';

const ANYTHING = new Bounds(IpSet.NONE, IpSet.ALL);

/** The addresses that an IP block means; `everybody` if the engine opens the rule to everybody. */
type BlockMatch = Bounds<IpSet> | 'everybody';

type Block = Pick<AddressPeer, 'cidr' | 'except'>;

/** Finds out which addresses IP blocks mean; reads each distinct block once. */
export class BlockReader {
  private readonly known = new Map<string, Reading<BlockMatch>>();

  public constructor(private readonly engine: Engine) {}

  public read(block: Block): Reading<BlockMatch> {
    return remember(this.known, `${block.cidr} ${block.except}`, () =>
      read(this.engine, (hooks) => readIpBlock(block, hooks)),
    );
  }
}

function readIpBlock({ cidr, except }: Block, hooks: Hooks): BlockMatch {
  const outer =
    isZeroPrefix(cidr) && hooks.does('zero-prefix-matches-nothing') === 'yes'
      ? Bounds.exactly(IpSet.NONE)
      : readRange(cidr, 'leading-zeros-open-rule', hooks);
  if (outer === undefined) {
    return 'everybody';
  }
  const exceptions: Bounds<IpSet>[] = [];
  for (const text of except) {
    const exception = readRange(text, 'leading-zeros-end-exceptions', hooks);
    if (exception === undefined) {
      break;
    }
    exceptions.push(exception);
  }
  return Bounds.between(
    outer.sure.without(IpSet.union(exceptions.map(({ possible }) => possible))),
    outer.possible.without(IpSet.union(exceptions.map(({ sure }) => sure))),
  );
}

/** @param dropped the departure by which an engine drops a range with leading zeros; the answer is then undefined */
function readRange(text: string, dropped: DepartureId, hooks: Hooks): Bounds<IpSet> | undefined {
  const cidr = readCidr(text);
  if (cidr === undefined) {
    return ANYTHING;
  }
  if (hasLeadingZeros(text)) {
    if (hooks.does(dropped) === 'yes') {
      return undefined;
    }
    if (hooks.does('leading-zeros-in-address') === 'unknown') {
      return ANYTHING;
    }
  }
  return Bounds.exactly(IpSet.of(readMapped(cidr, hooks)));
}

function readMapped(cidr: Cidr, hooks: Hooks): Pick<Cidr, 'family' | 'first' | 'last'> {
  const low = 0xffffffffn;
  return cidr.flaw === 'ipv4-mapped' && cidr.prefixLength >= 96 && hooks.does('ipv4-mapped-is-ipv4') === 'yes'
    ? { family: 4, first: cidr.first & low, last: cidr.last & low }
    : cidr;
}

/** Whether Azure NPM skips a policy with this CIDR. */
export function skipsPolicy(text: string, hooks: Hooks): boolean {
  // Most CIDRs need not be read once more.
  if (!text.includes(':') && !text.includes('/0')) {
    return false;
  }
  const cidr = readCidr(text);
  if (cidr?.family === 6) {
    return hooks.does('ipv6-cidr-skips-policy') === 'yes';
  }
  const isUnusual =
    cidr !== undefined &&
    ((cidr.prefixLength === 0 && cidr.flaw === 'host-bits') || (/\/0\d/.test(text) && !isZeroPrefix(text)));
  return isUnusual && hooks.does('unusual-cidr-skips-policy') === 'yes';
}

/** Whether an octet has leading zeros; the prefix length does not count. */
export function hasLeadingZeros(text: string): boolean {
  return /(^|\.)0\d/.test(text) && readCidr(text)?.family === 4;
}

/** Whether the kernel refuses a CIDR that Azure NPM hands to it. */
function isZeroPrefix(text: string): boolean {
  return /^0\.0\.0\.0\/00+$/.test(text);
}
