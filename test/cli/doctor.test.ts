import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { type Answers, useRecordedKubectl } from '../support/recorded-kubectl';
import { type CliAnswer, cli } from '../support/run-cli';
import { deployment, policy } from '../support/shop';

const ROOT = resolve(__dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'doctor-'));
const write = (name: string, content: unknown) => {
  writeFileSync(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content));
  return join(folder, name);
};

const { answerBut } = useRecordedKubectl();
afterAll(() => rmSync(folder, { recursive: true }));

const NONE = 'doctor-none';
const CILIUM = 'doctor-cilium';
const FORBIDDEN = 'doctor-forbidden';

const NO_POLICIES = '{"kind":"NetworkPolicyList","apiVersion":"networking.k8s.io/v1","items":[]}';

/** Runs doctor on a recorded cluster; the words of a request tell which answers change. */
function doctor(
  recording: string,
  words: readonly string[] = [],
  changed: Readonly<Record<string, Partial<Answers[string]>>> = {},
): Promise<CliAnswer> {
  answerBut((answers) => {
    for (const [part, answer] of Object.entries(changed)) {
      const key = Object.keys(answers).find((each) => each.includes(part)) as string;
      answers[key] = { stdout: '', stderr: '', status: 0, ...answer };
    }
  }, recording);
  return cli('doctor', ...words);
}

const AZ_AKS_SHOW = {
  name: 'shop',
  currentKubernetesVersion: '1.33.2',
  fqdn: 'shop-1.hcp.westeurope.azmk8s.io',
  agentPoolProfiles: [{ name: 'system', osType: 'Linux' }],
  networkProfile: {
    networkPolicy: 'cilium',
    networkDataplane: 'cilium',
    networkPlugin: 'azure',
    networkPluginMode: 'overlay',
    podCidrs: ['10.244.0.0/16'],
    serviceCidrs: ['10.0.0.0/16'],
  },
};

test('policies that nothing enforces are exit code 1, and what to do is said first', async () => {
  expect(await doctor(NONE)).toMatchInlineSnapshot(`
{
  "err": "",
  "exitCode": 1,
  "out": "Nothing enforces the network policies of this cluster: az aks update --network-dataplane cilium, or --network-policy.

WHAT                   IS                        FROM
Network policy engine  no network policy engine  no DaemonSet kube-system/azure-npm, calico-system/calico-node, kube-system/cilium
Network policies       1                         NetworkPolicy objects
Data plane             cannot tell               only az aks show tells
Network configuration  cannot tell               only az aks show tells
Kubernetes version     1.36.3                    the API server
Nodes                  0                         Node objects
Windows node pools     none                      the nodes’ operating systems
Pod CIDR               cannot tell               only az aks show tells
Service CIDR           10.0.0.0/16               ServiceCIDR objects
LocalDNS               cannot tell               only az aks show tells
kube-proxy             none                      no DaemonSet kube-system/kube-proxy
",
}
`);
});

test('an engine is seen by its agent', async () => {
  expect(await doctor(CILIUM)).toMatchInlineSnapshot(`
{
  "err": "",
  "exitCode": 0,
  "out": "The cluster enforces network policies.

WHAT                   IS           FROM
Network policy engine  Cilium       DaemonSet kube-system/cilium (v1.18.6)
Network policies       1            NetworkPolicy objects
Data plane             cannot tell  only az aks show tells
Network configuration  cannot tell  only az aks show tells
Kubernetes version     1.36.3       the API server
Nodes                  1            Node objects
Windows node pools     none         the nodes’ operating systems
Pod CIDR               cannot tell  only az aks show tells; the nodes have a range of it, from 10.244.0.0/24
Service CIDR           10.0.0.0/16  ServiceCIDR objects
LocalDNS               cannot tell  only az aks show tells
kube-proxy             none         no DaemonSet kube-system/kube-proxy
",
}
`);
});

test('an account that may not look cannot tell, which is not none', async () => {
  const { out, err, exitCode } = await doctor(FORBIDDEN);
  expect({ err, exitCode }).toEqual({ err: '', exitCode: 2 });
  expect(out).toMatch(
    /^Whether anything enforces network policies cannot be told: this account may not list/,
  );
  expect(out).toMatch(/^Network policy engine {2}cannot tell /m);
});

test.each([
  { why: 'no policies and no engine', changed: { '/networkpolicies': { stdout: NO_POLICIES } }, exitCode: 0 },
  {
    why: 'policies that may not be listed',
    changed: { '/networkpolicies': { stderr: 'Error from server (Forbidden): no', status: 1 } },
    exitCode: 2,
  },
  {
    why: 'a version that may not be asked for',
    changed: { version: { stderr: 'Error from server (Forbidden): no', status: 1 } },
    exitCode: 1,
  },
  {
    why: 'ranges of services that only newer servers tell',
    changed: {
      servicecidrs: {
        stderr: 'Error from server (NotFound): the server could not find the requested resource',
        status: 1,
      },
    },
    exitCode: 1,
  },
  {
    why: 'a cluster that is not there',
    changed: { daemonsets: { stderr: 'Unable to connect to the server', status: 1 } },
    exitCode: 3,
  },
])('$why: exit code $exitCode', async ({ changed, exitCode }) => {
  expect((await doctor(NONE, [], changed)).exitCode).toBe(exitCode);
});

describe('in JSON', () => {
  test('what cannot be told is left out', async () => {
    const { out } = await doctor(FORBIDDEN, ['--format', 'json']);
    const { enforced, policies, profile, diagnosis } = JSON.parse(out);
    expect({ enforced, policies, profile }).toEqual({
      enforced: 'unknown',
      policies: 1,
      profile: { kubernetesVersion: '1.36.3', windowsNodePools: [] },
    });
    expect(diagnosis[0]).toEqual({
      field: 'engine',
      what: 'Network policy engine',
      from: 'this account may not list DaemonSets in kube-system; ask with one that may, or az aks show',
    });
  });

  test('what az aks show tells is merged with what is seen', async () => {
    const { out, exitCode } = await doctor(FORBIDDEN, [
      '--format',
      'json',
      '--az-aks-show',
      write('az.json', AZ_AKS_SHOW),
    ]);
    const { enforced, profile } = JSON.parse(out);
    expect({ enforced, exitCode }).toEqual({ enforced: 'yes', exitCode: 0 });
    expect(profile).toMatchObject({
      engine: 'cilium',
      dataPlane: 'cilium',
      kubernetesVersion: '1.33.2',
      podCidrs: ['10.244.0.0/16'],
      cloud: 'AzureCloud',
    });
  });

  test('an engine that ARM does not show, and an agent does, is the user’s own', async () => {
    const networkProfile = { networkPolicy: 'none', networkDataplane: 'azure', networkPlugin: 'none' };
    const file = write('own.json', { ...AZ_AKS_SHOW, networkProfile });
    const { out } = await doctor(CILIUM, ['--format', 'json', '--az-aks-show', file]);
    expect(JSON.parse(out).profile.engine).toBe('byo-cilium');
  });
});

test('az aks show comes through a pipe', () => {
  const env = {
    ...process.env,
    PATH: `${join(ROOT, 'test/support/recorded')}${delimiter}${process.env.PATH}`,
    KUBECTL_RECORDING: join(__dirname, 'recordings', `${FORBIDDEN}.json`),
  };
  const { stdout, status } = spawnSync(
    process.execPath,
    ['--import', 'tsx', join(ROOT, 'lib/cli/main.ts'), 'doctor', '--az-aks-show', '-', '--format', 'csv'],
    { cwd: ROOT, input: JSON.stringify(AZ_AKS_SHOW), encoding: 'utf8', env },
  );
  expect(status).toBe(0);
  expect(stdout).toContain('Pod CIDR,10.244.0.0/16,az aks show\r\n');
});

test.each([
  { words: ['--az-aks-show', join(folder, 'nowhere.json')], code: 'file-unreadable' },
  { words: ['--az-aks-show', write('empty.json', {})], code: 'profile-unreadable' },
  { words: ['--write-profile', folder], code: 'file-unwritable' },
])('a file that does not serve is told: $code', async ({ words, code }) => {
  const { err, exitCode } = await doctor(CILIUM, words);
  expect(err).toContain(`[${code}]`);
  expect(exitCode).toBe(2);
});

test('the profile that it writes is what lint judges by', async () => {
  const manifests = write('range.json', {
    apiVersion: 'v1',
    kind: 'List',
    items: [
      deployment('web'),
      policy('web', {
        podSelector: { matchLabels: { app: 'web' } },
        ingress: [{ from: [{ ipBlock: { cidr: '10.244.0.0/16' } }] }],
      }),
    ],
  });
  const FINDING = /lies where the pods and nodes of the cluster are, and matches none of them on Cilium/;
  const lint = async (...words: string[]) => (await cli('lint', ...words, manifests)).out;
  const profile = join(folder, 'prod.yaml');
  await doctor(CILIUM, ['--az-aks-show', write('az.json', AZ_AKS_SHOW), '--write-profile', profile]);
  expect(readFileSync(profile, 'utf8')).toMatch(/^engine: cilium$/m);
  expect(await lint()).not.toMatch(FINDING);
  expect(await lint('--profile', profile)).toMatch(FINDING);
});
