import { ApiObject, App, Chart } from 'cdk8s';
import { KubernetesProvider, NetworkPolicyEngineCheck, PolicyManifests } from '../../../lib/cluster';
import { testFiles } from '../tools/messages';
import { dataAddress, mockedTest, type StackJson, stackJson, withStandIns } from '../tools/stacks';
import { workspace } from '../tools/terraform';

/** A key that Terraform would take for a template. */
const TEMPLATE = `\${key}`;

const SHOP = { clusterName: 'shop', resourceGroupName: 'shop-rg' };

function store(): Chart {
  const chart = new Chart(new App(), 'store');
  const object = (id: string, kind: string, apiVersion: string, rest: object) =>
    new ApiObject(chart, id, { apiVersion, kind, metadata: { name: id }, ...rest });
  const deny = object('deny', 'NetworkPolicy', 'networking.k8s.io/v1', {
    spec: { podSelector: {}, ingress: [], policyTypes: ['Ingress'] },
  });
  object('web', 'NetworkPolicy', 'networking.k8s.io/v1', {
    spec: {
      podSelector: { matchLabels: { app: 'web' } },
      ingress: [{ ports: [{ port: 8080, endPort: 8090 }, { port: 'http' }] }, {}],
    },
  }).addDependency(deny);
  object('script', 'ConfigMap', 'v1', {
    data: { 'run.sh': `echo \${HOME} %{ if x } $\${y} $$\${z} 100% $`, [TEMPLATE]: 'on' },
    nothing: null,
    list: [1, null, [], {}, 'yes'],
  });
  return chart;
}

function gated(props: { onMissing?: 'fail' | 'warn' } = {}): StackJson {
  return withStandIns(
    stackJson((stack) => {
      const engine = new NetworkPolicyEngineCheck(stack, 'engine', { ...SHOP, ...props });
      KubernetesProvider.forCluster(stack, 'kubernetes', engine);
      new PolicyManifests(stack, 'policies', { chart: store(), engine });
    }),
  );
}

const cluster = (network_policy: string) => ({
  network_profile: [{ network_policy, network_plugin: 'azure' }],
  agent_pool_profile: [],
});

test('no object goes out to a cluster without an engine, and each says how many policies are refused', () => {
  const stack = gated({ onMissing: 'warn' });
  const place = workspace(stack, {
    'none.tftest.hcl': mockedTest(dataAddress(stack), cluster('none')),
    'calico.tftest.hcl': mockedTest(dataAddress(stack), cluster('calico')),
  });
  expect(JSON.parse(place.terraform('validate', '-json').stdout)).toMatchObject({ valid: true });
  const found = testFiles(place.terraform('test', '-json').stdout);
  place.remove();
  const refused = found['none.tftest.hcl']?.diagnostics.filter(({ summary }) =>
    summary.includes('precondition'),
  );
  // deny and script; web depends on deny, and is not reached.
  expect(refused).toHaveLength(2);
  for (const { detail } of refused ?? []) {
    expect(detail).toMatch(
      /^2 network policies are refused, and 1 other object with them: The cluster shop \(resource group shop-rg\) has no network policy engine: it stores network policies and enforces none of them/,
    );
  }
  expect(found['calico.tftest.hcl']).toEqual({ status: 'pass', diagnostics: [] });
});

test('what the chart says reaches the plan as it is: numbers, nulls, empty values and what looks like a template', () => {
  const stack = gated();
  const { terraform_data } = stack.resource as { terraform_data: StackJson };
  // Without the check: nothing but the objects, so that no cluster has to be read.
  const place = workspace({
    resource: {
      terraform_data: Object.fromEntries(
        Object.entries(terraform_data).map(([name, { input }]) => [name, { input }]),
      ),
    },
  });
  const saved = place.terraform('plan', '-out=plan', '-input=false', '-no-color');
  expect(saved.stderr).toBe('');
  const plan = JSON.parse(place.terraform('show', '-json', 'plan').stdout);
  place.remove();
  const written = plan.planned_values.root_module.resources.map(({ values }: StackJson) => values.input);
  const meant = JSON.parse(JSON.stringify(store().toJson()));
  expect(sorted(written)).toEqual(sorted(meant));
});

const sorted = (objects: { metadata: { name: string } }[]) =>
  [...objects].sort((a, b) => a.metadata.name.localeCompare(b.metadata.name));
