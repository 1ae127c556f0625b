import type { Protocol } from '../../lib/model/network-policy';
import type { PortSet } from '../../lib/model/port-set';
import { readPort } from '../../lib/model/port-text';

test.each([
  [5432, '5432/TCP'],
  ['5432', '5432/TCP'],
  ['53/UDP', '53/UDP'],
  ['8000-8100/TCP', '8000-8100/TCP'],
  ['*/UDP', '*/UDP'],
  ['1-65535/SCTP', '*/SCTP'],
  ['*', '*'],
])('%s is written %s', (port, text) => {
  expect(readPort(port)).toEqual({ ports: expect.anything() });
  expect(String((readPort(port) as { ports: PortSet }).ports)).toBe(text);
});

test.each([
  ['http', { name: 'http' }],
  ['8080-web', { name: '8080-web' }],
  ['x', { name: 'x' }],
  ['dns/UDP', { name: 'dns', protocol: 'UDP' }],
])('%s is the name of a port', (port, asked) => {
  expect(readPort(port)).toEqual(asked);
});

test('a protocol beside the port counts like one behind it', () => {
  expect(String((readPort(53, 'UDP') as { ports: PortSet }).ports)).toBe('53/UDP');
  expect(readPort('dns', 'UDP')).toEqual({ name: 'dns', protocol: 'UDP' });
  expect(String((readPort('53/UDP', 'UDP') as { ports: PortSet }).ports)).toBe('53/UDP');
});

test.each<{ why: string; port: string | number; protocol: string; says: string }>([
  {
    why: 'a protocol that is none',
    port: 53,
    protocol: 'udp',
    says: 'protocol: there is no such protocol; got "udp"; write TCP, UDP or SCTP, in capitals [protocol-unknown]',
  },
  {
    why: 'another one than the port has',
    port: '53/UDP',
    protocol: 'TCP',
    says: 'port: the port has a protocol of its own; got "53/UDP" beside protocol TCP; give the protocol once [port-unreadable]',
  },
])('refused beside a port is $why', ({ port, protocol, says }) => {
  expect(() => readPort(port, protocol as Protocol)).toThrow(says);
});

test.each(['', '0', '65536', '90-80', '80/tcp', '80/TCP/x', 'HTTP', '-', null as never, true as never])(
  '%j is refused',
  (port) => {
    expect(() => readPort(port)).toThrow(expect.objectContaining({ code: 'port-unreadable' }));
  },
);

test('a long word that ends otherwise than a name is refused', () => {
  const port = `${'a'.repeat(300_000)}!`;
  expect(() => readPort(port)).toThrow(expect.objectContaining({ code: 'port-unreadable' }));
});
