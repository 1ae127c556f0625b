import fc from 'fast-check';
import { readCiliumPolicy } from '../../lib/cilium-kinds/cilium-rules';
import { schemaProblems } from '../../lib/cilium-kinds/cilium-schema';
import type { Refusal } from '../../lib/model/refusal';
import { sampleSeed } from '../support/sample-seed';
import { type BrokenPolicy, brokenPolicies } from './broken';
import { ask } from './oracle';

/** What is said of broken policies, beside the schema of Cilium's kinds and the agent's own code. */

const read = (policy: BrokenPolicy) => readCiliumPolicy({ ...policy }, policy.metadata.namespace);
const show = (policy: BrokenPolicy, says: unknown) => ({ says, policy: JSON.stringify(policy) });

/** Each run has more than one policy on average. */
const RUNS = Number(process.env.CILIUM_RUNS ?? 10_000);
const settings = () => ({ numRuns: RUNS, seed: sampleSeed() });

/** Kubernetes lets a list pass where the schema asks for a text in a format; the agent cannot read such a policy. */
const hasListForCidr = (policy: BrokenPolicy) => /\[\[|"cidr":\[/.test(JSON.stringify(policy));

test('the API server refuses what is called a problem, and nothing else', async () => {
  const seen = { refused: 0, stored: 0 };
  await fc.assert(
    fc.asyncProperty(brokenPolicies, async (all) => {
      const list = all.filter((each) => !hasListForCidr(each));
      const { refused } = await ask({ policies: [], stored: list, pods: [], probes: [] });
      for (const [i, policy] of list.entries()) {
        const says = refused[i] ?? null;
        seen[says === null ? 'stored' : 'refused'] += 1;
        expect({ isProblem: schemaProblems({ ...policy }).length > 0, ...show(policy, says) }).toEqual({
          isProblem: says !== null,
          ...show(policy, says),
        });
      }
    }),
    settings(),
  );
  expect(Math.min(seen.refused, seen.stored)).toBeGreaterThan(RUNS / 10);
}, 3_600_000);

/** Cilium looks through a map, so either may come first. */
function isIn(message: string, text: string): boolean {
  const [, a, b] = /^combining (\w+) and (\w+) is not supported yet$/.exec(message) ?? [];
  return a !== undefined && b !== undefined
    ? /combining \w+ and \w+ is not supported yet/.test(text)
    : text.includes(message);
}

test.each([
  { why: 'with its proxy', l7Proxy: true },
  { why: 'without its proxy', l7Proxy: false },
])(
  'Cilium 1.19 $why refuses what is said to be refused, in these words, and takes what is read',
  async ({ l7Proxy }) => {
    const concerns = ({ to, unless }: Refusal) =>
      to === undefined && (!l7Proxy || (unless !== 'http-proxy' && unless !== 'dns-proxy'));
    const seen = { refused: 0, taken: 0 };
    await fc.assert(
      fc.asyncProperty(brokenPolicies, async (all) => {
        const list = all.filter((each) => schemaProblems({ ...each }).length === 0);
        const { invalid } = await ask({ policies: list, l7Proxy, pods: [], probes: [] });
        for (const [i, policy] of list.entries()) {
          const says = invalid[i] ?? null;
          const { refusals, rules } = read(policy);
          const refusal = refusals.find(concerns);
          if (refusal !== undefined) {
            seen.refused += 1;
            expect({ isRefused: isIn(refusal.message, says ?? ''), refusal, ...show(policy, says) }).toEqual({
              isRefused: true,
              refusal,
              ...show(policy, says),
            });
          } else if (rules !== undefined) {
            seen.taken += 1;
            expect(show(policy, says)).toEqual(show(policy, null));
          }
        }
      }),
      settings(),
    );
    expect(Math.min(seen.refused, seen.taken)).toBeGreaterThan(RUNS / 20);
  },
  3_600_000,
);
