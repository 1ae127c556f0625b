import { IpSet } from '../../model/ip-set';
import { type ListedText, lengthOf } from '../../model/word-list';
import { INTERNET, INTERNET_IPV4, INTERNET_IPV6 } from '../sets/internet';

/** A set of addresses with a name. */
interface Named {
  readonly name: string;
  readonly set: IpSet;
}

const OF_IPV4: readonly Named[] = [
  { name: 'every address', set: IpSet.IPV4 },
  { name: 'the internet', set: INTERNET_IPV4 },
];

/** If an answer tells of IPv6 addresses, sets of one family say so. */
const OF_BOTH: readonly Named[] = [
  { name: 'every address', set: IpSet.ALL },
  { name: 'the internet', set: INTERNET },
  { name: 'every IPv4 address', set: IpSet.IPV4 },
  { name: 'every IPv6 address', set: IpSet.IPV6 },
  { name: 'the internet over IPv4', set: INTERNET_IPV4 },
  { name: 'the internet over IPv6', set: INTERNET_IPV6 },
];

/**
 * Addresses in as few words as possible: `every address except 10.0.0.0/8`, `the internet` and `10.0.0.0/8`, or all
 * ranges.
 *
 * @param told all addresses that the answer tells of
 */
export function addressTexts(set: IpSet, told: IpSet): readonly ListedText[] {
  const listed = (some: IpSet): readonly ListedText[] => some.ranges().map((text) => ({ text }));
  const ranges = listed(set);
  let best = ranges;
  for (const { name, set: whole } of told.overlaps(IpSet.IPV6) ? OF_BOTH : OF_IPV4) {
    const missing = whole.without(set);
    const texts = [{ text: name, except: listed(missing) }, ...listed(set.without(whole))];
    // A name wins over ranges of the same length, such as `0.0.0.0/0`, because it says more.
    if (lengthOf(texts) < lengthOf(best) || (best === ranges && lengthOf(texts) === best.length)) {
      best = texts;
    }
  }
  return best;
}
