import { EgressRule, IngressRule, Peer, Port, type PortLike, type Protocol } from 'cdk8s-aks-network-policy';
import { expectRefusal, refusal } from '../support/synth';

test.each([
  { why: 'one TCP port', port: Port.tcp(5432), text: '5432/TCP', spec: { protocol: 'TCP', port: 5432 } },
  { why: 'the first port', port: Port.tcp(1), text: '1/TCP', spec: { protocol: 'TCP', port: 1 } },
  { why: 'the last port', port: Port.udp(65535), text: '65535/UDP', spec: { protocol: 'UDP', port: 65535 } },
  { why: 'one SCTP port', port: Port.sctp(7777), text: '7777/SCTP', spec: { protocol: 'SCTP', port: 7777 } },
  {
    why: 'a range',
    port: Port.tcpRange(8000, 8100),
    text: '8000-8100/TCP',
    spec: { protocol: 'TCP', port: 8000, endPort: 8100 },
  },
  {
    why: 'a range of one port',
    port: Port.udpRange(53, 53),
    text: '53-53/UDP',
    spec: { protocol: 'UDP', port: 53, endPort: 53 },
  },
  {
    why: 'an SCTP range',
    port: Port.sctpRange(1, 65535),
    text: '1-65535/SCTP',
    spec: { protocol: 'SCTP', port: 1, endPort: 65535 },
  },
  {
    why: 'every TCP port, without the port 0 that the API server refuses',
    port: Port.allTcp(),
    text: '*/TCP',
    spec: { protocol: 'TCP' },
  },
  { why: 'every UDP port', port: Port.allUdp(), text: '*/UDP', spec: { protocol: 'UDP' } },
  { why: 'every SCTP port', port: Port.allSctp(), text: '*/SCTP', spec: { protocol: 'SCTP' } },
  {
    why: 'a port name, TCP unless said',
    port: Port.named('http'),
    text: 'http/TCP',
    spec: { protocol: 'TCP', port: 'http' },
  },
  {
    why: 'a port name of UDP',
    port: Port.named('dns', 'UDP'),
    text: 'dns/UDP',
    spec: { protocol: 'UDP', port: 'dns' },
  },
])('$why is $text', ({ port, text, spec }) => {
  expect(port.toSpec()).toEqual(spec);
  expect(String(port)).toBe(text);
});

test.each([
  { why: 'zero, which other tools widen to every port', call: () => Port.tcp(0), code: 'port-out-of-range' },
  { why: 'a port that is too large', call: () => Port.udp(65536), code: 'port-out-of-range' },
  { why: 'a negative port', call: () => Port.sctp(-1), code: 'port-out-of-range' },
  { why: 'half a port', call: () => Port.tcp(80.5), code: 'port-out-of-range' },
  { why: 'no number at all', call: () => Port.tcp(Number.NaN), code: 'port-out-of-range' },
  { why: 'nothing', call: () => Port.tcp(undefined as never), code: 'type-mismatch' },
  { why: 'a number in quotes', call: () => Port.tcp('80' as never), code: 'type-mismatch' },
  { why: 'a range backwards', call: () => Port.tcpRange(90, 80), code: 'port-range-reversed' },
  { why: 'a range from zero', call: () => Port.udpRange(0, 80), code: 'port-out-of-range' },
  { why: 'a range over the end', call: () => Port.sctpRange(1, 65536), code: 'port-out-of-range' },
  { why: 'a range without an end', call: () => Port.tcpRange(80, undefined as never), code: 'type-mismatch' },
  { why: 'a port name in capitals', call: () => Port.named('HTTP'), code: 'port-name-invalid' },
  { why: 'a port name of digits', call: () => Port.named('8080'), code: 'port-name-invalid' },
  { why: 'a port name of 16 letters', call: () => Port.named('a'.repeat(16)), code: 'port-name-invalid' },
  { why: 'an empty port name', call: () => Port.named(''), code: 'port-name-invalid' },
  { why: 'two hyphens in a row', call: () => Port.named('a--b'), code: 'port-name-invalid' },
  { why: 'a number as a name', call: () => Port.named(80 as never), code: 'type-mismatch' },
  {
    why: 'a protocol in small letters',
    call: () => Port.named('http', 'tcp' as Protocol),
    code: 'protocol-unknown',
  },
] as const)('$why is refused', ({ call, code }) => {
  expectRefusal(call, code);
});

test('a refusal says where, what, got and what to write instead', () => {
  expect(refusal(() => Port.tcpRange(90, 80)).message).toMatchInlineSnapshot(
    `"Port.tcpRange: the last port must not be smaller than the first; got 90-80; write the range from 80 to 90 [port-range-reversed]"`,
  );
  expect(refusal(() => Port.tcp(0)).message).toMatchInlineSnapshot(
    `"Port.tcp: a port is a whole number from 1 to 65535; got 0; write Port.allTcp() for every port [port-out-of-range]"`,
  );
  expect(refusal(() => Port.named('8080')).message).toMatchInlineSnapshot(
    `"Port.named: a port name has 1 to 15 of a-z, 0-9 and "-", at least one letter, no "--", and no "-" at either end; got "8080"; write the number 8080 [port-name-invalid]"`,
  );
});

describe('a port as it is written', () => {
  test.each<{ port: PortLike; is: string }>([
    { port: 5432, is: '5432/TCP' },
    { port: '5432', is: '5432/TCP' },
    { port: '5432/TCP', is: '5432/TCP' },
    { port: '53/udp', is: '53/UDP' },
    { port: '8000-8100/TCP', is: '8000-8100/TCP' },
    { port: '53-53', is: '53/TCP' },
    { port: 'http', is: 'http/TCP' },
    { port: 'dns/UDP', is: 'dns/UDP' },
    { port: '*/SCTP', is: '*/SCTP' },
    { port: '*', is: '*' },
    { port: Port.udp(53), is: '53/UDP' },
  ])('$port is $is', ({ port, is }) => {
    expect(String(Port.of(port))).toBe(is);
  });

  test('stands in a rule as the port that it means', () => {
    const { ports } = IngressRule.allow({ from: [Peer.anywhere()], ports: [5432, 'http', Port.udp(53)] });
    expect(ports?.map((port) => port.toSpec())).toEqual([
      { protocol: 'TCP', port: 5432 },
      { protocol: 'TCP', port: 'http' },
      { protocol: 'UDP', port: 53 },
    ]);
  });

  test('every port is a rule without ports, and no entry of it', () => {
    const rule = EgressRule.allow({ to: [Peer.anywhere()], ports: [Port.tcp(80), Port.all()] });
    expect(rule.ports).toBeUndefined();
    expect(rule.toSpec('shop')).toEqual({});
    expectRefusal(() => Port.all().toSpec(), 'port-unreadable', 'leave ports out');
  });

  test.each([
    { port: 0, code: 'port-out-of-range' },
    { port: '0', code: 'port-unreadable' },
    { port: 80.5, code: 'port-out-of-range' },
    { port: 'tcp/80', code: 'port-unreadable' },
    { port: '80,81', code: 'port-unreadable' },
    { port: 'a-name-that-is-too-long', code: 'port-name-invalid' },
    { port: '', code: 'port-unreadable' },
    { port: null, code: 'type-mismatch' },
    { port: { port: 80 }, code: 'type-mismatch' },
  ] as const)('$port is refused, at its place', ({ port, code }) => {
    expectRefusal(
      () => IngressRule.allow({ from: [Peer.anywhere()], ports: [80, port as never] }),
      code,
      'IngressRule.allow ports[1]',
    );
  });
});
