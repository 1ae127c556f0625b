import { type Cidr, readCidr } from '../../model/cidr';
import { remember } from '../../model/collections';
import { IpSet } from '../../model/ip-set';
import type { AddressPeer } from '../../model/policy-rules';
import { Bounds } from '../sets/bounds';
import type { Engine } from './engine';
import { type Hooks, type Reading, read } from './hooks';

const ANYTHING = new Bounds(IpSet.NONE, IpSet.ALL);

/** The addresses that an IP block means, or `everybody` when the engine forgets the block's condition. */
export type BlockMatch = Bounds<IpSet> | 'everybody';

type Block = Pick<AddressPeer, 'cidr' | 'except'>;

/** Finds out which addresses IP blocks mean; each distinct block once. */
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
  const outer = readRange(cidr, hooks);
  if (outer === undefined) {
    return 'everybody';
  }
  const exceptions = readExceptions(except, hooks);
  return Bounds.between(
    outer.sure.without(IpSet.union(exceptions.map(({ possible }) => possible))),
    outer.possible.without(IpSet.union(exceptions.map(({ sure }) => sure))),
  );
}

/** `undefined` when the engine drops the range. */
function readRange(text: string, hooks: Hooks): Bounds<IpSet> | undefined {
  const cidr = readCidr(text);
  if (cidr === undefined) {
    return ANYTHING;
  }
  if (isZeroPrefix(text) && hooks.does('zero-prefix-matches-nothing') === 'yes') {
    return Bounds.exactly(IpSet.NONE);
  }
  if (hasLeadingZeros(text)) {
    if (hooks.does('leading-zeros-open-rule') === 'yes') {
      return undefined;
    }
    if (hooks.does('leading-zeros-in-address') === 'unknown') {
      return ANYTHING;
    }
  }
  return Bounds.exactly(IpSet.of(readMapped(cidr, hooks)));
}

function readExceptions(except: readonly string[], hooks: Hooks): Bounds<IpSet>[] {
  const exceptions: Bounds<IpSet>[] = [];
  for (const text of except) {
    const exception = readException(text, hooks);
    if (exception === undefined) {
      break;
    }
    exceptions.push(exception);
  }
  return exceptions;
}

/** `undefined` when the engine drops the exception and those behind it. */
function readException(text: string, hooks: Hooks): Bounds<IpSet> | undefined {
  const cidr = readCidr(text);
  if (cidr === undefined) {
    return ANYTHING;
  }
  if (hasLeadingZeros(text)) {
    if (hooks.does('leading-zeros-end-exceptions') === 'yes') {
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

/** Whether Azure NPM gives up on a policy that holds this CIDR. */
export function skipsPolicy(text: string, hooks: Hooks): boolean {
  // Most CIDRs are none of those, and need not be read once more to tell.
  if (!text.includes(':') && !text.includes('/0')) {
    return false;
  }
  const cidr = readCidr(text);
  if (cidr === undefined) {
    return false;
  }
  if (cidr.family === 6) {
    return hooks.does('ipv6-cidr-skips-policy') === 'yes';
  }
  const isUnusual =
    (cidr.prefixLength === 0 && cidr.flaw === 'host-bits') || (/\/0\d/.test(text) && !isZeroPrefix(text));
  return isUnusual && hooks.does('unusual-cidr-skips-policy') === 'yes';
}

/** Whether an octet has leading zeros; the prefix length does not count. */
export function hasLeadingZeros(text: string): boolean {
  return /(^|\.)0\d/.test(text) && readCidr(text)?.family === 4;
}

/** The form that Azure NPM hands to the kernel although the kernel refuses it. */
function isZeroPrefix(text: string): boolean {
  return /^0\.0\.0\.0\/00+$/.test(text);
}
