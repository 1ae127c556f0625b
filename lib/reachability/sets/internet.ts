import { IpSet } from '../../model/ip-set';

/**
 * IPv4 ranges outside the internet: private, shared, loopback, link-local, documentation, benchmark, multicast and
 * reserved ones.
 *
 * @see the IANA special-purpose address registries (RFC 6890)
 */
const NOT_INTERNET = IpSet.ofCidrs([
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/3',
]);

export const INTERNET_IPV4 = IpSet.IPV4.without(NOT_INTERNET);
/** Global unicast addresses without the documentation range. */
export const INTERNET_IPV6 = IpSet.ofCidrs(['2000::/3']).without(IpSet.ofCidrs(['2001:db8::/32']));
export const INTERNET = INTERNET_IPV4.or(INTERNET_IPV6);
