import { readManifests } from '../../lib/manifests/read-manifests';
import { PodSet } from '../../lib/model/pod-set';
import { PortSet } from '../../lib/model/port-set';
import { PartyWords } from '../../lib/reachability/answers/party-words';
import { Reachability } from '../../lib/reachability/reachability';
import { describeFlows } from '../../lib/testing/told-flows';

test('flows whose ends read alike one behind the other stay two lines', () => {
  const words = PartyWords.of(Reachability.of(readManifests([]).cluster).judged);
  const pods = (namespaces: Record<string, string>, labels: Record<string, string>) => ({
    possible: {
      set: PodSet.of({
        namespaces: { matchLabels: namespaces },
        pods: { matchLabels: labels },
      }) as PodSet,
      except: [],
    },
  });
  const ports = PortSet.range('TCP', 80);
  const flows = [
    { from: pods({ c: '3' }, { d: '4' }), to: pods({ n: '0' }, { a: '1', b: '2' }), ports },
    { from: pods({ b: '2', c: '3' }, { d: '4' }), to: pods({ n: '0' }, { a: '1' }), ports },
  ];
  expect(describeFlows(flows, words)).toHaveLength(2);
});
