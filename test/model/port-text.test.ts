import type { Protocol } from '../../lib/model/network-policy';
import type { PortSet } from '../../lib/model/port-set';
import { isPortName, isPortNumber, readPort } from '../../lib/model/port-text';

test.each([
  [5432, '5432/TCP'],
  ['5432', '5432/TCP'],
  ['53/UDP', '53/UDP'],
  ['8000-8100/TCP', '8000-8100/TCP'],
  ['5432/tcp', '5432/TCP'],
  ['*/Udp', '*/UDP'],
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
  ['dns/udp', { name: 'dns', protocol: 'UDP' }],
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

test.each(['', '0', '65536', '90-80', '80/icmp', '80/TCP/x', 'HTTP', '-', null as never, true as never])(
  '%j is refused',
  (port) => {
    expect(() => readPort(port)).toThrow(expect.objectContaining({ code: 'port-unreadable' }));
  },
);

test('a long word that ends otherwise than a name is refused', () => {
  const port = `${'a'.repeat(300_000)}!`;
  expect(() => readPort(port)).toThrow(expect.objectContaining({ code: 'port-unreadable' }));
});

test.each([
  { port: 'http ', fix: 'write http' },
  { port: ' 5432', fix: 'write 5432' },
  { port: 'tcp/5432', fix: 'write 5432/TCP' },
  { port: 'UDP:53', fix: 'write 53/UDP' },
  { port: 'tcp/dns', fix: 'write dns/TCP' },
  { port: 'tcp/99999', fix: 'write 5432, 5432/TCP, 8000-8100/TCP, */UDP or the name of a container port' },
  { port: '5432,5433', fix: 'ask for one port, or one range of ports, at a time' },
  { port: '90-80', fix: 'write 5432, 5432/TCP, 8000-8100/TCP, */UDP or the name of a container port' },
])('for $port it says what to do: $fix', ({ port, fix }) => {
  expect(() => readPort(port)).toThrow(expect.objectContaining({ code: 'port-unreadable', fix }));
});

test.each([
  { text: '5432', number: true, name: false },
  { text: '5432/', number: true, name: false },
  { text: '8000-8100/TCP', number: true, name: true },
  { text: '5432,5433', number: true, name: false },
  { text: 'tcp/5432', number: true, name: true },
  { text: 'http', number: false, name: true },
  { text: 'http ', number: false, name: true },
  { text: 'dns/udp', number: false, name: true },
  { text: '2026-11-30', number: false, name: false },
  { text: '10.0.0.0/8', number: false, name: false },
  { text: 'a.yaml', number: false, name: false },
  { text: 'policies/tcp.yaml', number: false, name: false },
  { text: `${'1,'.repeat(20_000)}x`, number: false, name: false },
])('whether $text is a number or a name of a port to who wrote it', ({ text, number, name }) => {
  expect({ number: isPortNumber(text), name: isPortName(text) }).toEqual({ number, name });
});
