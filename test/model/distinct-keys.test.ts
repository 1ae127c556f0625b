import { uniteMakers } from '../../lib/model/made-pods';
import { keyOfNames, type PortNames } from '../../lib/model/port-names';
import { unjudgedKey } from '../../lib/model/unjudged-policy';

/** Names are not checked everywhere: what stands between the parts of a key must not make two values one. */

test('makers whose names read alike stay two', () => {
  const maker = (namespace: string, name: string) => ({ kind: 'Prometheus', namespace, name, podLabels: {} });
  const [a, b] = [maker('a', 'b/c'), maker('a/b', 'c')];
  expect(uniteMakers([a], [b])).toEqual([a, b]);
  expect(uniteMakers([a], [a])).toEqual([a]);
});

test('policies whose names read alike have two keys', () => {
  const policy = (namespace: string | undefined, name: string) =>
    unjudgedKey({
      kind: 'CiliumNetworkPolicy',
      group: 'cilium.io',
      name,
      ...(namespace === undefined ? {} : { namespace }),
    });
  const keys = [policy('a', 'b/c'), policy('a/b', 'c'), policy(undefined, 'a/b/c')];
  expect(new Set(keys).size).toBe(3);
});

test('port names whose texts read alike have two keys', () => {
  const port = (number: number) => ({ port: number, protocol: 'TCP', by: 'container' }) as const;
  const names = (...entries: [string, ReturnType<typeof port>[]][]): PortNames => new Map(entries);
  const [one, two] = [
    names(['a container 80/TCP b', [port(81)]]),
    names(['a', [port(80)]], ['b', [port(81)]]),
  ];
  expect(keyOfNames(one)).not.toBe(keyOfNames(two));
  expect(keyOfNames(names(['b', [port(81)]], ['a', [port(80)]]))).toBe(keyOfNames(two));
});
