import type { AksClusterProfile } from '../../lib/aks/cluster-profile';
import { ENGINE_CHANGE_COST, startCommand } from '../../lib/aks/engine-changes';
import { enforcesPolicies, judgeSupport } from '../../lib/aks/judgements';

describe('whether policies are enforced', () => {
  test.each<{ profile: AksClusterProfile; answer: string; reason: string }>([
    { profile: {}, answer: 'unknown', reason: 'the cluster’s network policy engine is not known' },
    {
      profile: { engine: 'none' },
      answer: 'no',
      reason: 'the cluster stores network policies and enforces none of them',
    },
    {
      profile: { engine: 'azure' },
      answer: 'yes',
      reason: 'Azure Network Policy Manager enforces network policies',
    },
    {
      profile: { engine: 'byo-cilium' },
      answer: 'yes',
      reason: 'Cilium of your own enforces network policies',
    },
  ])('$profile: $answer', ({ profile, answer, reason }) => {
    expect(enforcesPolicies(profile)).toEqual({ answer, reason });
  });
});

describe('the end of support', () => {
  const linux: AksClusterProfile = { engine: 'azure', networkPlugin: 'azure', windowsNodePools: [] };

  test.each([
    { today: '2028-04-02', answer: 'ahead', verb: 'ends' },
    { today: '2028-04-03', answer: 'near', verb: 'ends' },
    { today: '2028-09-30', answer: 'near', verb: 'ends' },
    { today: '2028-10-01', answer: 'ended', verb: 'ended' },
  ])('of azure on Linux is $answer on $today', ({ today, answer, verb }) => {
    expect(judgeSupport(linux, today)).toMatchObject([
      { answer, reason: `the support of Azure Network Policy Manager ${verb} on 2028-09-30; move to cilium` },
    ]);
  });

  test.each<{ why: string; profile: AksClusterProfile; answers: string[] }>([
    {
      why: 'azure on Windows is past it',
      profile: { ...linux, windowsNodePools: ['win1'] },
      answers: ['ended', 'ahead'],
    },
    {
      why: 'calico on kubenet has that of kubenet',
      profile: { engine: 'calico', networkPlugin: 'kubenet' },
      answers: ['ahead'],
    },
    { why: 'cilium has none', profile: { engine: 'cilium', networkPlugin: 'azure' }, answers: [] },
    {
      why: 'nothing known leaves all of them unknown',
      profile: {},
      answers: ['unknown', 'unknown', 'unknown'],
    },
    {
      why: 'azure on pools that are not known may be past it',
      profile: { engine: 'azure', networkPlugin: 'azure' },
      answers: ['unknown', 'ahead'],
    },
  ])('$why', ({ profile, answers }) => {
    expect(judgeSupport(profile, '2026-11-22').map(({ answer }) => answer)).toEqual(answers);
  });

  test('an unknown answer names the field that is missing', () => {
    const [windows] = judgeSupport({ engine: 'azure', networkPlugin: 'azure' }, '2026-11-22');
    expect(windows?.reason).toBe(
      'whether there are Windows node pools is not known, and the support of Azure Network Policy Manager on Windows node pools ends on 2026-09-30; move to calico for Windows node pools',
    );
  });
});

test('an engine is turned on by one command, and every node pays for it', () => {
  expect(startCommand('cilium', 'shop-rg', 'shop')).toBe(
    'az aks update --resource-group shop-rg --name shop --network-dataplane cilium',
  );
  expect(startCommand('calico', 'shop-rg', 'shop')).toBe(
    'az aks update --resource-group shop-rg --name shop --network-policy calico',
  );
  expect(ENGINE_CHANGE_COST).toBe('all node pools are reimaged at once');
});
