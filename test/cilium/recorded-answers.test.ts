import recorded from '../corpus/engine-cilium-recorded.json';
import { type Case, type Expectation, nameOf, SHARED, sharedCases } from '../reachability/cases';
import { ask, passes, type Verdict } from './oracle';

/** The connections of a case that the agent's code judges otherwise. */
async function disagreements(each: Case, right: (expectation: Expectation) => unknown): Promise<string[]> {
  const { namespaces, policies, expected } = each;
  const end = (name: string) => {
    const pod = each.pods.findIndex((candidate) => `${candidate.namespace}/${candidate.name}` === name);
    return pod === -1 ? { address: name } : { pod };
  };
  const { invalid, verdicts } = await ask({
    namespaces,
    pods: each.pods.map(({ ips: [ip] = [], ...pod }) => (ip === undefined ? pod : { ...pod, ip })),
    policies,
    // The records are of Cilium's own default.
    defaultLocalCluster: true,
    probes: expected.map(({ from, to, protocol, port }) => ({
      from: end(from),
      to: end(to),
      protocol,
      port,
    })),
  });
  expect(invalid).toEqual(policies.map(() => null));
  return expected
    .filter((expectation, i) => right(expectation) !== passes(verdicts[i] as Verdict))
    .map(nameOf);
}

test.each(recorded as unknown as Case[])('$name', async (each) => {
  expect(await disagreements(each, ({ observed }) => observed)).toEqual([]);
});

/** An ipBlock that means pods, which Cilium never reads so. */
const hasBlocks = ({ policies }: Case) => JSON.stringify(policies).includes('"ipBlock"');

describe.each(SHARED)('%s', (file) => {
  const cases = sharedCases(file);
  if (cases === undefined) {
    test.skip(`${file} is not beside this checkout`, () => {});
    return;
  }
  test.each(cases.filter((each) => each.known_disagreement === undefined && !hasBlocks(each)))(
    '$name',
    async (each) => {
      expect(await disagreements(each, ({ allowed }) => allowed)).toEqual([]);
    },
  );
});
