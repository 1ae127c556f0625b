import { describePorts, firstPorts, portsCode } from '../../lib/lint/words';
import { PortSet } from '../../lib/model/port-set';

const WEB = PortSet.range('TCP', 80).or(PortSet.range('UDP', 8000, 8100));

test.each([
  {
    ports: WEB,
    said: '80/TCP, 8000-8100/UDP',
    first: '80/TCP',
    code: '[Port.tcp(80), Port.udpRange(8000, 8100)]',
  },
  {
    ports: PortSet.range('TCP', 1, 1023).or(PortSet.ofProtocol('SCTP')),
    said: '1-1023/TCP, */SCTP',
    first: '1-1023/TCP',
    code: '[Port.tcpRange(1, 1023), Port.allSctp()]',
  },
  {
    ports: PortSet.ALL,
    said: 'every port',
    first: '*',
    code: '[Port.allTcp(), Port.allUdp(), Port.allSctp()]',
  },
  {
    ports: PortSet.range('TCP', 30000, 65535),
    said: '30000-65535/TCP',
    first: '30000-65535/TCP',
    code: '[Port.tcpRange(30000, 65535)]',
  },
  { ports: PortSet.NONE, said: 'none', first: 'none', code: '[]' },
])('$said', ({ ports, said, first, code }) => {
  expect([describePorts(ports), firstPorts(ports), portsCode(ports)]).toEqual([said, first, code]);
});
