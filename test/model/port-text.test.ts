import { PortSet } from '../../lib/model/port-set';
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
  ['dns/UDP', { name: 'dns', protocol: 'UDP' }],
])('%s is the name of a port', (port, asked) => {
  expect(readPort(port)).toEqual(asked);
});

test('a protocol beside the port counts like one behind it', () => {
  expect(String((readPort(53, 'UDP') as { ports: PortSet }).ports)).toBe('53/UDP');
  expect(readPort('dns', 'UDP')).toEqual({ name: 'dns', protocol: 'UDP' });
});

test.each(['', '0', '65536', '90-80', '80/tcp', '80/TCP/x', 'HTTP', '-', null as never, true as never])(
  '%j is refused',
  (port) => {
    expect(() => readPort(port)).toThrow(expect.objectContaining({ code: 'port-unreadable' }));
  },
);

test('sets are written by protocol, ranges merged', () => {
  const set = PortSet.range('UDP', 53)
    .or(PortSet.range('TCP', 80))
    .or(PortSet.range('TCP', 81, 90));
  expect([String(set), String(PortSet.NONE)]).toEqual(['80-90/TCP, 53/UDP', 'none']);
  expect(String(set.without(PortSet.ofProtocol('UDP')))).toBe('80-90/TCP');
});
