import { type AskOptions, Kubectl, type KubectlAnswer } from '../../../lib/cli/live/kubectl';
import { PolicyWriter } from '../../../lib/cli/live/policy-writer';
import { networkPolicyEntry } from '../../../lib/model/network-policy-entry';

const policy = (name: string, namespace = 'shop') =>
  networkPolicyEntry({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name, namespace },
    spec: { podSelector: {} },
  });

/** Does all that it is asked for, and keeps the names that came with each request. */
class WillingKubectl extends Kubectl {
  public readonly asked: { readonly words: readonly string[]; readonly names: readonly string[] }[] = [];

  public constructor() {
    super({});
  }

  public override async ask(
    words: readonly string[],
    { input = '' }: AskOptions = {},
  ): Promise<KubectlAnswer> {
    const { items } = JSON.parse(input) as { items: { metadata: { name: string } }[] };
    this.asked.push({ words, names: items.map(({ metadata }) => metadata.name) });
    return { isDone: true, stdout: '', stderr: '' };
  }
}

const names = (count: number) => Array.from({ length: count }, (_, i) => `p${i}`);
const RUNNING = { isAsked: false, stop: new AbortController().signal };

test.each([
  { why: 'ten at a time', policies: names(11).map((name) => policy(name)), sizes: [10, 1] },
  { why: 'one name at a time', policies: [policy('a'), policy('a', 'bank')], sizes: [1, 1] },
  { why: 'not at all once a stop is asked for', policies: [policy('a')], isAsked: true, sizes: [] },
])('policies are applied $why', async ({ policies, isAsked = false, sizes }) => {
  const kubectl = new WillingKubectl();
  await new PolicyWriter(kubectl).apply(policies, { ...RUNNING, isAsked }, async () => {});
  expect(kubectl.asked.map((request) => request.names.length)).toEqual(sizes);
});

test.each([{ forceConflicts: true }, { forceConflicts: false }])(
  'fields of others are taken over where that is asked for: $forceConflicts',
  async ({ forceConflicts }) => {
    const kubectl = new WillingKubectl();
    await new PolicyWriter(kubectl, { forceConflicts }).apply([policy('a')], RUNNING, async () => {});
    expect(kubectl.asked[0]?.words.includes('--force-conflicts')).toBe(forceConflicts);
  },
);
