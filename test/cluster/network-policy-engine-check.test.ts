import { AzurermProvider } from '@cdktf/provider-azurerm/lib/provider';
import { TerraformVariable } from 'cdktf';
import { NetworkPolicyEngineCheck, type NetworkPolicyEngineCheckProps } from '../../lib/cluster';
import { emptyStack, only, refusal, synthesized } from './stacks';

const SHOP = { clusterName: 'shop', resourceGroupName: 'shop-rg' };

function checked(props: Partial<NetworkPolicyEngineCheckProps> = {}) {
  return synthesized((stack) => new NetworkPolicyEngineCheck(stack, 'engine', { ...SHOP, ...props }));
}

const assertions = (props: Partial<NetworkPolicyEngineCheckProps> = {}) =>
  only(checked(props).data.azurerm_kubernetes_cluster).lifecycle.postcondition;

describe('a cluster without an engine', () => {
  test('fails the plan with what happens to policies, how to turn an engine on, and what that costs', () => {
    expect(assertions()[0]).toEqual({
      condition: `\${coalesce(try(self.network_profile[0].network_policy, null), "none") != "none"}`,
      error_message:
        'The cluster shop (resource group shop-rg) has no network policy engine: it stores network policies and enforces none of them, so every pod stays open to every other. Turn one on with: az aks update --resource-group shop-rg --name shop --network-dataplane cilium (needs Azure CNI and no Windows node pools), or with --network-policy calico (needs Kubernetes 1.30 or later); all node pools are reimaged at once.',
    });
  });

  test.each([
    {
      accept: ['calico'] as const,
      says: 'Turn one on with: az aks update --resource-group shop-rg --name shop --network-policy calico (needs Kubernetes 1.30 or later); all',
    },
    {
      accept: ['azure'] as const,
      says: 'Turn one on with: az aks update --resource-group shop-rg --name shop --network-policy azure (needs Azure CNI and Kubernetes 1.30 or later); all',
    },
    {
      accept: ['byo-cilium'] as const,
      says: 'Cilium of your own cannot run on its network plugin; make a cluster with the network plugin none.',
    },
  ])('is offered only what is accepted: $accept', ({ accept, says }) => {
    expect(assertions({ accept })[0].error_message).toContain(says);
  });

  test('is a check block, which lets the plan go on, when a warning is asked for', () => {
    const stack = checked({ onMissing: 'warn' });
    expect(only(stack.data.azurerm_kubernetes_cluster).lifecycle).toBeUndefined();
    const [name, block] = Object.entries(stack.check).find(([key]) => /^engine_[0-9A-F]{8}$/.test(key)) as [
      string,
      { assert: { condition: string; error_message: string }[] },
    ];
    expect(name).toMatch(/^engine_/);
    expect(block.assert[0]?.condition).toMatch(
      /^\$\{coalesce\(try\(data\.azurerm_kubernetes_cluster\.engine_cluster_/,
    );
    expect(block.assert[0]?.error_message).toContain('has no network policy engine');
  });
});

describe('the engines that are accepted', () => {
  const ENGINES_OFFERED = 'name one or more of azure, calico, cilium, byo-calico, byo-cilium';

  test('are named beside the one that is found', () => {
    expect(assertions({ accept: ['cilium'] })[1]).toEqual({
      condition: `\${contains(["none","cilium"], coalesce(try(self.network_profile[0].network_policy, null), "none"))}`,
      error_message: `The cluster shop (resource group shop-rg) runs the network policy engine \${coalesce(try(self.network_profile[0].network_policy, null), "none")}, and only cilium is accepted here: policies can mean something else on another engine. Accept it, or change the cluster's engine (all node pools are reimaged at once).`,
    });
  });

  test('include an own one only by name, which is then the engine of a cluster that shows none', () => {
    const { condition } = assertions({ accept: ['cilium', 'byo-cilium'] })[0];
    expect(condition).toContain(
      'contains(["none","azure"], try(self.network_profile[0].network_plugin, ""))',
    );
    expect(condition).toContain('? "byo-cilium" :');
  });

  test.each([
    {
      accept: [] as string[],
      code: 'engines-missing',
      problem: 'a check that accepts no engine fails for every cluster',
      fix: ENGINES_OFFERED,
    },
    {
      accept: ['none'],
      code: 'value-unknown',
      problem: 'a cluster without an engine enforces nothing',
      fix: 'write onMissing: warn for a plan that continues nevertheless',
    },
    { accept: ['npm'], code: 'value-unknown', problem: 'there is no such engine', fix: ENGINES_OFFERED },
  ])('cannot be $accept', ({ accept, code, problem, fix }) => {
    expect(refusal(() => checked({ accept: accept as never }))).toMatchObject({ code, problem, fix });
  });
});

const WHOLE_DAYS = 'write a whole number of days from 0 to 3650';

test.each([
  {
    why: 'a misspelt word for what happens, which would check nothing',
    props: { onMissing: 'wran' },
    fix: 'write fail or warn',
  },
  { why: 'a notice that is no number', props: { supportNoticeDays: Number.NaN }, fix: WHOLE_DAYS },
  { why: 'a notice of less than no day', props: { supportNoticeDays: -1 }, fix: WHOLE_DAYS },
  { why: 'a notice of more than ten years', props: { supportNoticeDays: 3651 }, fix: WHOLE_DAYS },
  {
    why: 'an engine without brackets',
    props: { accept: 'cilium' },
    code: 'type-mismatch',
    fix: 'put it in brackets',
  },
])('$why is refused', ({ props, code = 'value-unknown', fix }) => {
  expect(refusal(() => checked(props as never))).toMatchObject({
    code,
    at: expect.stringContaining(Object.keys(props)[0] as string),
    fix,
  });
});

describe('the end of support', () => {
  test('has a check block for each part, which starts to warn half a year before', () => {
    const { check } = checked();
    expect(Object.keys(check).map((name) => name.replace(/_[0-9A-F]{8}$/, ''))).toEqual([
      'engine_azure_support',
      'engine_azure_windows_support',
      'engine_kubenet_support',
    ]);
    const [linux] = only(Object.fromEntries(Object.entries(check).slice(0, 1))).assert;
    expect(linux.condition).toContain('timecmp(plantimestamp(), "2028-04-03T00:00:00Z") >= 0');
    expect(linux.error_message).toBe(
      `The cluster shop (resource group shop-rg): the support of Azure Network Policy Manager \${timecmp(plantimestamp(), "2028-10-01T00:00:00Z") >= 0 ? "ended" : "ends"} on 2028-09-30; move to cilium.`,
    );
  });

  test.each([
    { why: 'earlier', supportNoticeDays: 365, from: '2027-10-01T00:00:00Z' },
    { why: 'as early as ten years before', supportNoticeDays: 3650, from: '2018-10-03T00:00:00Z' },
    { why: 'no earlier than on its last day', supportNoticeDays: 0, from: '2028-09-30T00:00:00Z' },
  ])('can be announced $why', ({ supportNoticeDays, from }) => {
    const { check } = checked({ supportNoticeDays });
    const [linux] = only(Object.fromEntries(Object.entries(check).slice(0, 1))).assert;
    expect(linux.condition).toContain(`timecmp(plantimestamp(), "${from}") >= 0`);
  });
});

describe('the outputs', () => {
  test('read the cluster by its address, for they stand outside of it', () => {
    const { output } = checked();
    for (const { value } of Object.values<{ value: string }>(output)) {
      expect(value).toContain('data.azurerm_kubernetes_cluster.engine_cluster_');
      expect(value).not.toContain('self.');
    }
  });

  test('are the engine and a profile without anything secret', () => {
    const { output } = checked();
    expect(Object.keys(output)).toEqual(['network_policy_engine', 'network_policy_profile']);
    expect(output.network_policy_profile.value).not.toMatch(/kube_config|sensitive/);
  });

  test('of a second check of a stack have its id before them', () => {
    const { output } = synthesized((stack) => {
      new NetworkPolicyEngineCheck(stack, 'blue', SHOP);
      new NetworkPolicyEngineCheck(stack, 'green', { ...SHOP, clusterName: 'green' });
    });
    expect(Object.keys(output).sort()).toEqual([
      'green_network_policy_engine',
      'green_network_policy_profile',
      'network_policy_engine',
      'network_policy_profile',
    ]);
  });
});

describe('the provider', () => {
  test('is the one that is named, where a stack has several', () => {
    const stack = synthesized((scope) => {
      const provider = new AzurermProvider(scope, 'other', { alias: 'other', features: [{}] });
      new NetworkPolicyEngineCheck(scope, 'engine', { ...SHOP, provider });
    });
    expect(only(stack.data.azurerm_kubernetes_cluster).provider).toBe('azurerm.other');
  });

  test('is 4.x from 4.59.0 on, where engines change in place, unless the stack says otherwise', () => {
    expect(checked().terraform.required_providers.azurerm.version).toBe('>= 4.59.0, < 5.0.0');
    expect(checked({ providerVersion: '5.2.0' }).terraform.required_providers.azurerm.version).toBe('5.2.0');
  });

  test('cannot be required twice in two ways, and one demand holds for the whole stack', () => {
    const stack = emptyStack();
    new NetworkPolicyEngineCheck(stack, 'a', { ...SHOP, providerVersion: '~> 4.60' });
    new NetworkPolicyEngineCheck(stack, 'b', SHOP);
    const error = refusal(
      () => new NetworkPolicyEngineCheck(stack, 'c', { ...SHOP, providerVersion: '5.2.0' }),
    );
    expect(error).toMatchObject({ code: 'provider-version-conflict', got: '5.2.0' });
    expect(error.problem).toContain('~> 4.60');
  });
});

test('the names may be values that only a plan knows', () => {
  const stack = synthesized((scope) => {
    const name = new TerraformVariable(scope, 'name', { type: 'string' });
    new NetworkPolicyEngineCheck(scope, 'engine', { ...SHOP, clusterName: name.stringValue });
  });
  expect(only(stack.data.azurerm_kubernetes_cluster).name).toBe(`\${var.name}`);
  expect(JSON.stringify(stack)).toContain(`The cluster \${var.name} (resource group shop-rg) has no`);
});
