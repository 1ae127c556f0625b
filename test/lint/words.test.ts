import { describePorts, firstPorts, listWords, listWorkloads, portsCode } from '../../lib/lint/words';
import { readManifests } from '../../lib/manifests/read-manifests';
import { PortSet } from '../../lib/model/port-set';
import { workload } from './judge';

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

test.each([
  { words: [], said: 'nothing' },
  { words: ['a'], said: 'a' },
  { words: ['a', 'b'], said: 'a and b' },
  { words: ['a', 'b', 'c', 'd'], said: 'a, b, c and d' },
  { words: ['a', 'b', 'c', 'd', 'e'], said: 'a, b, c and 2 more' },
])('$said', ({ words, said }) => {
  expect(listWords(words)).toBe(said);
  const { workloads } = readManifests(words.map((name) => workload(`shop/${name}`))).cluster;
  expect(listWorkloads(workloads).replaceAll('shop/', '')).toBe(said);
});
