import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiObject, App, Chart } from 'cdk8s';
import { TerraformVariable } from 'cdktf';
import { Construct } from 'constructs';
import { KubernetesProvider, NetworkPolicyEngineCheck, PolicyManifests } from '../../lib/cluster';
import { refusal, synthesized } from './stacks';

/** A key that Terraform would take for a template. */
const TEMPLATE = `\${key}`;

const SHOP = { clusterName: 'shop', resourceGroupName: 'shop-rg' };

const chart = () => new Chart(new App(), 'store');
const policy = (scope: Construct, name: string, spec: object = {}) =>
  new ApiObject(scope, name, {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name, namespace: 'pets' },
    spec,
  });

// biome-ignore lint/suspicious/noExplicitAny: the JSON of Terraform has no type worth writing down.
function manifests(props: { chart?: Chart; directory?: string }, engine = 'cilium'): Record<string, any> {
  const stack = synthesized((scope) => {
    new KubernetesProvider(scope, 'kubernetes', { config: { config_path: '~/.kube/config' } });
    new PolicyManifests(scope, 'policies', { ...props, engine });
  });
  return Object.fromEntries(
    Object.entries(stack.resource.kubernetes_manifest).map(([name, block]) => [
      name.replace(/^policies_|_[0-9A-F]{8}$/g, ''),
      block,
    ]),
  );
}

const short = (address: string) => address.replace(/^kubernetes_manifest\.policies_|_[0-9A-F]{8}$/g, '');

describe('the objects of a chart', () => {
  test('are taken as they are, with numbers, lists, nulls and empty values', () => {
    const store = chart();
    const spec = {
      podSelector: {},
      ingress: [{ ports: [{ port: 8080, endPort: 8090 }, { port: 'http' }], from: [] }, {}],
      egress: [],
      policyTypes: ['Ingress', 'Egress'],
    };
    policy(store, 'web', spec);
    new ApiObject(store, 'config', {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'script', annotations: { nothing: null as never } },
      data: { 'run.sh': `echo \${HOME} %{ if } $\${x}`, [TEMPLATE]: '1' },
      immutable: false,
    });
    const { 'NetworkPolicy-pets-web': web, 'ConfigMap-script': config } = manifests({ chart: store });
    expect(web.manifest.spec).toEqual(spec);
    expect(config.manifest).toMatchObject({ immutable: false });
    expect(config.manifest.data).toEqual({
      'run.sh': `echo $\${HOME} %%{ if } $$\${x}`,
      [`$${TEMPLATE}`]: '1',
    });
  });

  test('are two where their names read alike, or their kinds are of two groups', () => {
    const store = chart();
    const object = (id: string, apiVersion: string, kind: string, namespace: string, name: string) =>
      new ApiObject(store, id, { apiVersion, kind, metadata: { namespace, name } });
    object('a', 'v1', 'ConfigMap', 'pets', 'shop-web');
    object('b', 'v1', 'ConfigMap', 'pets-shop', 'web');
    object('c', 'networking.istio.io/v1', 'Gateway', 'pets', 'main');
    object('d', 'gateway.networking.k8s.io/v1', 'Gateway', 'pets', 'main');
    const written = Object.entries(manifests({ chart: store }));
    expect(written.map(([name, { manifest }]) => [name, manifest.apiVersion, manifest.metadata])).toEqual([
      ['ConfigMap-pets-shop-web', 'v1', { namespace: 'pets', name: 'shop-web' }],
      ['ConfigMappets-shopweb', 'v1', { namespace: 'pets-shop', name: 'web' }],
      ['Gateway-pets-main', 'networking.istio.io/v1', { namespace: 'pets', name: 'main' }],
      [
        'Gatewaygatewaynetworkingk8siopetsmain',
        'gateway.networking.k8s.io/v1',
        { namespace: 'pets', name: 'main' },
      ],
    ]);
  });

  test('keep the dependencies between them, those of whole constructs too', () => {
    const store = chart();
    const base = new Construct(store, 'base');
    policy(base, 'deny');
    policy(base, 'dns');
    const rules = new Construct(store, 'rules');
    policy(rules, 'web');
    rules.node.addDependency(base);
    const { 'NetworkPolicy-pets-web': web, 'NetworkPolicy-pets-deny': deny } = manifests({ chart: store });
    expect(web.depends_on.map(short)).toEqual(['NetworkPolicy-pets-deny', 'NetworkPolicy-pets-dns']);
    expect(deny.depends_on).toEqual([]);
  });

  test('come after their namespace, which Terraform would make at the same time', () => {
    const store = chart();
    policy(store, 'web');
    new ApiObject(store, 'ns', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'pets' } });
    expect(manifests({ chart: store })['NetworkPolicy-pets-web'].depends_on.map(short)).toEqual([
      'Namespace-pets',
    ]);
  });

  test('are checked by the chart before', () => {
    const store = chart();
    policy(store, 'web').node.addValidation({ validate: () => ['no such port'] });
    expect(() => manifests({ chart: store })).toThrow('no such port');
  });
});

describe('the objects of a directory', () => {
  const directory = mkdtempSync(join(tmpdir(), 'manifests-'));
  afterAll(() => rmSync(directory, { recursive: true }));
  const object = (name: string) =>
    `apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: { name: ${name} }\nspec: { ingress: [{ ports: [{ port: 80 }] }] }\n`;

  test('are those of its YAML and JSON files, of lists and of directories below', () => {
    mkdirSync(join(directory, 'sub'));
    writeFileSync(join(directory, 'a.k8s.yaml'), `${object('a')}---\n---\n${object('b')}`);
    writeFileSync(join(directory, 'sub', 'c.yml'), object('c'));
    writeFileSync(
      join(directory, 'd.json'),
      JSON.stringify({
        kind: 'List',
        apiVersion: 'v1',
        items: [{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'd' } }],
      }),
    );
    writeFileSync(join(directory, 'README.md'), '# not a manifest');
    writeFileSync(join(directory, 'construct-metadata.json'), '{"version":"1.0.0","resources":{}}');
    const found = manifests({ directory });
    expect(Object.keys(found).sort()).toEqual([
      'Namespace-d',
      'NetworkPolicy-a',
      'NetworkPolicy-b',
      'NetworkPolicy-c',
    ]);
    expect(found['NetworkPolicy-a'].manifest.spec.ingress).toEqual([{ ports: [{ port: 80 }] }]);
  });

  test.each([
    {
      why: 'an object without a name',
      text: 'apiVersion: v1\nkind: Pod\n',
      fix: 'give the object its metadata.name',
    },
    {
      why: 'an object without a kind',
      text: 'apiVersion: v1\nmetadata: { name: x }\n',
      fix: 'give the object its kind',
    },
  ])('are refused with the file for $why', ({ text, fix }) => {
    const bad = mkdtempSync(join(tmpdir(), 'manifests-'));
    writeFileSync(join(bad, 'bad.yaml'), text);
    expect(refusal(() => manifests({ directory: bad }))).toMatchObject({
      code: 'object-unreadable',
      at: join(bad, 'bad.yaml'),
      fix,
    });
    rmSync(bad, { recursive: true });
  });

  const ANCHORS = Array.from({ length: 9 }, (_, i) => `a${i + 1}: &a${i + 1} [${`*a${i},`.repeat(9)}]`).join(
    '\n',
  );

  test.each([
    { why: 'no YAML', text: 'a: [', code: 'syntax-invalid', line: 1, fix: 'correct it' },
    {
      why: 'a key twice',
      text: `${object('a')}---\n${object('b')}kind: Pod\n`,
      code: 'key-duplicate',
      line: 10,
      fix: 'keep one of them',
    },
    {
      why: 'a key that is no text',
      text: `${object('a')}~: b\n`,
      code: 'key-not-text',
      line: 5,
      fix: 'quote it',
    },
    {
      why: 'aliases that grow without end',
      text: `a0: &a0 [x]\n${ANCHORS}`,
      code: 'aliases-excessive',
      line: 1,
      fix: 'write the values themselves',
    },
    {
      why: 'a document without its separator',
      text: `${object('a')}...\n${object('b')}`,
      code: 'document-without-separator',
      line: 6,
      fix: 'write a line "---" before it',
    },
  ])('are refused with file and line for $why', ({ text, code, line, fix }) => {
    const bad = mkdtempSync(join(tmpdir(), 'manifests-'));
    writeFileSync(join(bad, 'bad.yaml'), text);
    const error = refusal(() => manifests({ directory: bad }));
    expect(error).toMatchObject({ code, fix: expect.stringContaining(fix) });
    expect(error.at).toMatch(new RegExp(`^${join(bad, 'bad.yaml')}:${line}:\\d+: `));
    rmSync(bad, { recursive: true });
  });

  test('are read as kubectl reads them: octal numbers, and yes for true', () => {
    const own = mkdtempSync(join(tmpdir(), 'manifests-'));
    writeFileSync(
      join(own, 'pod.yaml'),
      [
        'apiVersion: v1',
        'kind: Pod',
        'metadata: { name: web }',
        'spec:',
        '  hostNetwork: yes',
        '  volumes: [{ name: key, secret: { secretName: "yes", defaultMode: 0400, optional: off } }]',
      ].join('\n'),
    );
    const { 'Pod-web': web } = manifests({ directory: own });
    expect(web.manifest.spec).toEqual({
      hostNetwork: true,
      volumes: [{ name: 'key', secret: { secretName: 'yes', defaultMode: 256, optional: false } }],
    });
    rmSync(own, { recursive: true });
  });
});

test('a file of a directory is read by its mark of byte order, and one that is no UTF-8 is refused by its name', () => {
  const directory = mkdtempSync(join(tmpdir(), 'encoding-'));
  const file = join(directory, 'a.yaml');
  const text = 'kind: ConfigMap\napiVersion: v1\nmetadata: {name: a, namespace: shop, labels: {of: "é"}}\n';
  writeFileSync(file, Buffer.from(`\ufeff${text}`));
  expect(Object.keys(manifests({ directory }))).toEqual(['ConfigMap-shop-a']);
  writeFileSync(file, Buffer.from(`\ufeff${text}`, 'utf16le'));
  expect(Object.keys(manifests({ directory }))).toEqual(['ConfigMap-shop-a']);
  writeFileSync(file, Buffer.from(text, 'latin1'));
  expect(refusal(() => manifests({ directory }))).toMatchObject({
    code: 'encoding-invalid',
    at: file,
    got: 'bytes that are not UTF-8, the first of them after 82 bytes',
  });
  rmSync(directory, { recursive: true });
});

test('a directory that is not there, as before a first synth, is refused by its name', () => {
  expect(refusal(() => manifests({ directory: 'no/such/dist' }))).toMatchObject({
    code: 'file-unreadable',
    at: 'no/such/dist',
  });
});

describe('the gate', () => {
  const store = () => {
    const all = chart();
    policy(all, 'deny');
    policy(all, 'web');
    new ApiObject(all, 'ns', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'pets' } });
    return all;
  };

  test('stands before every object, and says how many policies are refused and why', () => {
    const stack = synthesized((scope) => {
      const engine = new NetworkPolicyEngineCheck(scope, 'engine', SHOP);
      KubernetesProvider.forCluster(scope, 'kubernetes', engine);
      new PolicyManifests(scope, 'policies', { chart: store(), engine });
    });
    // biome-ignore lint/suspicious/noExplicitAny: as above.
    const blocks: any[] = Object.values(stack.resource.kubernetes_manifest);
    expect(blocks).toHaveLength(3);
    for (const { lifecycle } of blocks) {
      expect(lifecycle.precondition[0].condition).toMatch(
        /^\$\{coalesce\(try\(data\.azurerm_kubernetes_cluster\./,
      );
      expect(lifecycle.precondition[0].error_message).toMatch(
        /^2 network policies are refused, and 1 other object with them: The cluster shop \(resource group shop-rg\) has no network policy engine/,
      );
    }
  });

  test('takes an engine that only a plan knows', () => {
    const stack = synthesized((scope) => {
      new KubernetesProvider(scope, 'kubernetes');
      const engine = new TerraformVariable(scope, 'engine', { type: 'string' });
      new PolicyManifests(scope, 'policies', { chart: store(), engine: engine.stringValue });
    });
    expect(Object.values(stack.locals)).toEqual([`\${var.engine}`]);
    expect(JSON.stringify(stack.resource)).toMatch(
      /contains\(\[.*\], try\(coalesce\(local\.policies_engine_/,
    );
  });

  test('is not needed for an engine that is known, and refuses at synth where there is none', () => {
    expect(manifests({ chart: store() })['NetworkPolicy-pets-web'].lifecycle.precondition).toEqual([]);
    expect(refusal(() => manifests({ chart: store() }, 'none'))).toMatchObject({
      code: 'engine-not-offered',
      problem: '2 network policies would be stored and not enforced',
    });
    expect(refusal(() => manifests({ chart: store() }, null as never)).code).toBe('engine-not-offered');
  });
});

describe('refused', () => {
  test('neither chart nor directory, both, and a chart without objects', () => {
    expect(refusal(() => manifests({})).code).toBe('objects-missing');
    expect(refusal(() => manifests({ chart: chart(), directory: '.' })).code).toBe('objects-missing');
    expect(refusal(() => manifests({ chart: chart() })).fix).toContain('before PolicyManifests is created');
  });

  test('two objects of one kind, namespace and name', () => {
    const store = chart();
    policy(store, 'web');
    new ApiObject(store, 'again', {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: 'web', namespace: 'pets' },
    });
    expect(refusal(() => manifests({ chart: store }))).toMatchObject({
      code: 'object-duplicate',
      got: 'NetworkPolicy.networking.k8s.io pets/web',
    });
  });
});

test('the kubernetes provider logs in with the certificate of the cluster, or with kubelogin', () => {
  const provider = (login?: 'certificate' | 'kubelogin') =>
    synthesized((scope) => {
      const check = new NetworkPolicyEngineCheck(scope, 'engine', SHOP);
      KubernetesProvider.forCluster(scope, 'kubernetes', check, login);
    }).provider.kubernetes[0];
  expect(Object.keys(provider())).toEqual([
    'client_certificate',
    'client_key',
    'cluster_ca_certificate',
    'host',
  ]);
  expect(provider('kubelogin').exec).toMatchObject({ command: 'kubelogin' });
});
