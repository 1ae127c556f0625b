import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { describeNote } from '../../lib/codegen/module';
import { MANAGED_BY, MANAGED_BY_LABEL } from '../../lib/plan/ownership';
import { synthesizeApp } from '../support/synth-app';
import { importPolicies, importYaml } from './imported';

const ROOT = resolve(__dirname, '../..');

const SHOP = `# Who talks to the shop's database.
---
# Source: shop/templates/db.yaml
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: db-ingress
  namespace: shop
  uid: 0c2c8a4e-6d6f-4a39-8a5f-0e3b6a8b3f10
  resourceVersion: "4711"
  creationTimestamp: "2026-01-01T00:00:00Z"
  managedFields: [{ manager: kubectl }]
  labels:
    helm.sh/chart: shop-1.2.3 # by release
  annotations:
    example.com/owner: "it's # the shop's"
    kubectl.kubernetes.io/last-applied-configuration: '{}'
spec:
  # Only the primary; replicas follow it.
  podSelector:
    matchLabels: { app: db }
    matchExpressions:
    - { key: role, operator: In, values: [primary] }
  policyTypes: [Ingress, Egress]
  ingress:
  # The web pods.
  - from:
    - podSelector: { matchLabels: { app: web } }
    # Backups, nightly.
    - namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: backup } }
      podSelector: { matchLabels: { app: borg } }
    ports:
    - port: 5432 # postgres
    - { port: 8000, endPort: 8100, protocol: UDP }
  - from: []
    ports: [{ port: metrics }]
  egress:
  - to: [{ ipBlock: { cidr: 203.0.113.0/24, except: [203.0.113.128/25] } }]
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: default-deny, namespace: shop }
spec: { policyTypes: [Ingress, Egress] }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: half, namespace: shop }
spec: { podSelector: {}, policyTypes: [Egress], ingress: [{}] }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: from-anywhere-else, namespace: kube-system }
spec:
  podSelector: {}
  ingress:
  - from:
    - namespaceSelector:
        matchExpressions:
        - { key: kubernetes.io/metadata.name, operator: Exists }
        - { key: kubernetes.io/metadata.name, operator: NotIn, values: [dev] }
    - { ipBlock: { cidr: 0.0.0.0/0 } }
    - { ipBlock: { cidr: "::/0" } }
`;

test('a file of policies becomes what a person would write', () => {
  const { text, notes } = importYaml(SHOP);
  expect(text).toMatchInlineSnapshot(`
"import { ApiObject, Chart } from 'cdk8s';
import {
  AksNetworkPolicy,
  EgressRule,
  IngressRule,
  NamespaceSelector,
  Peer,
  PodSelector,
  Port,
} from 'cdk8s-aks-network-policy';
import type { Construct } from 'constructs';

/** The network policies of namespace shop. */
export class ShopPolicies extends Chart {
  public constructor(scope: Construct, id = 'shop') {
    super(scope, id, { namespace: 'shop' });

    // Who talks to the shop's database.
    // Source: shop/templates/db.yaml
    new AksNetworkPolicy(this, 'db-ingress', {
      // Only the primary; replicas follow it.
      podSelector: PodSelector.labels({ app: 'db' }).matching([
        { key: 'role', operator: 'In', values: ['primary'] },
      ]),
      rules: [
        // The web pods.
        IngressRule.allow({
          from: [
            Peer.sameNamespace(PodSelector.labels({ app: 'web' })),
            // Backups, nightly.
            Peer.otherNamespaces({
              namespaces: NamespaceSelector.named('backup'),
              pods: PodSelector.labels({ app: 'borg' }),
            }),
          ],
          ports: [
            // postgres
            Port.tcp(5432),
            Port.udpRange(8000, 8100),
          ],
        }),
        // from: [] allows everybody, like a missing from
        IngressRule.allow({ from: [Peer.anywhere()], ports: [Port.named('metrics')] }),
        EgressRule.allow({
          to: [Peer.ipBlock('203.0.113.0/24', { except: ['203.0.113.128/25'] })],
        }),
      ],
      labels: {
        // by release
        'helm.sh/chart': 'shop-1.2.3',
      },
      annotations: { 'example.com/owner': "it's # the shop's" },
    });

    new AksNetworkPolicy(this, 'default-deny', {
      rules: [IngressRule.denyAll(), EgressRule.denyAll()],
    });

    // Left as it was written: spec.ingress has rules of a type that spec.policyTypes omits, so they
    // do nothing; a construct would put them in force
    new ApiObject(this, 'half', {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: 'half' },
      spec: { podSelector: {}, policyTypes: ['Egress'], ingress: [{}] },
    });
  }
}

/** The network policies of namespace kube-system. */
export class KubeSystemPolicies extends Chart {
  public constructor(scope: Construct, id = 'kube-system') {
    super(scope, id, { namespace: 'kube-system' });

    new AksNetworkPolicy(this, 'from-anywhere-else', {
      rules: [
        IngressRule.allow({
          from: [
            Peer.otherNamespaces({ namespaces: NamespaceSelector.except('dev') }),
            Peer.allIpBlocks({ ipv6: true }),
          ],
        }),
      ],
    });
  }
}

/** Adds a chart for each namespace to an app. */
export function addNetworkPolicies(app: Construct): void {
  new ShopPolicies(app);
  new KubeSystemPolicies(app);
}
"
`);
  expect(notes.map(describeNote)).toMatchInlineSnapshot(`
[
  "a.yaml:45: NetworkPolicy shop/half: left as an ApiObject: spec.ingress has rules of a type that spec.policyTypes omits, so they do nothing; a construct would put them in force",
]
`);
});

describe('comments', () => {
  const policy = (spec: string) => `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: a }
spec:
${spec}`;
  const linesOf = (yaml: string) =>
    importYaml(yaml)
      .text.split('\n')
      .map((line) => line.trim());
  const below = (yaml: string, comment: string) => {
    const lines = linesOf(yaml);
    return lines[lines.indexOf(comment) + 1];
  };

  test.each([
    {
      why: 'above the document',
      yaml: `# c\n${policy('  podSelector: {}\n')}`,
      line: /^new AksNetworkPolicy/,
    },
    {
      why: 'above the first separator',
      yaml: `# c\n---\n${policy('  podSelector: {}\n')}`,
      line: /^new Aks/,
    },
    { why: 'at the end', yaml: `${policy('  podSelector: {}\n')}# c\n`, line: /^new AksNetworkPolicy/ },
    {
      why: 'beside the selector',
      yaml: policy('  podSelector: # c\n    matchLabels: { app: a }\n'),
      line: /^podSelector:/,
    },
    {
      why: 'above the list of rules, for its first rule',
      yaml: policy('  podSelector: {}\n  # c\n  ingress:\n  - {}\n'),
      line: /^IngressRule.allowAll/,
    },
    {
      why: 'on a rule that denies',
      yaml: policy('  podSelector: {}\n  policyTypes: [Ingress]\n  ingress: [] # c\n'),
      line: /^IngressRule.denyAll/,
    },
    {
      why: 'on the second port',
      yaml: policy('  podSelector: {}\n  ingress:\n  - ports:\n    - port: 1\n    - port: 2 # c\n'),
      line: /^Port.tcp\(2\)/,
    },
    {
      why: 'deep in a peer, for the peer',
      yaml: policy(
        '  podSelector: {}\n  ingress:\n  - from:\n    - podSelector:\n        matchLabels:\n          # c\n          app: a\n',
      ),
      line: /^Peer.sameNamespace/,
    },
  ])('$why stand where they belong', ({ yaml, line }) => {
    expect(below(yaml, '// c')).toMatch(line);
  });

  test('a # in a text is none', () => {
    const annotations = 'annotations: { a: "x # y", b: z#z, c: "# z" }';
    const text = importYaml(
      policy('  podSelector: {}\n').replace('name: a }', `name: a, ${annotations} }`),
    ).text;
    expect(text).not.toContain('//');
    const block = policy('  podSelector: {}\n').replace(
      'metadata: { name: a }',
      'metadata:\n  name: a\n  annotations:\n    a: |\n      # no\n      x\n    # yes\n    b: z',
    );
    expect(linesOf(block).filter((line) => line.startsWith('//'))).toEqual(['// yes']);
  });

  test('in a List each policy has its own', () => {
    const item = (name: string) =>
      `# of ${name}\n- apiVersion: networking.k8s.io/v1\n  kind: NetworkPolicy\n  metadata: { name: ${name} }\n  spec: { podSelector: {} }\n`;
    const list = `apiVersion: v1\nkind: List\nitems:\n${item('b')}${item('a')}`;
    expect(linesOf(list).filter((line) => /^(\/\/|new )/.test(line))).toEqual([
      '// of b',
      "new AksNetworkPolicy(this, 'b', { rules: [IngressRule.denyAll()] });",
      '// of a',
      "new AksNetworkPolicy(this, 'a', { rules: [IngressRule.denyAll()] });",
    ]);
  });
});

describe('what constructs do not say', () => {
  const policy = (metadata: object, spec: object) => ({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { namespace: 'shop', ...metadata },
    spec: { podSelector: {}, ...spec },
  });
  const ipBlock = { cidr: '10.1.2.3/8' };

  test.each([
    { why: 'host bits', object: policy({ name: 'a' }, { ingress: [{ from: [{ ipBlock }] }] }) },
    { why: 'a misspelt rule list', object: policy({ name: 'a' }, { egres: [] }) },
    { why: 'labels that are a list', object: policy({ name: 'a', labels: [] }, {}), lost: true },
    { why: 'an unknown field that is null', object: policy({ name: 'a', status: null }, {}), lost: true },
    {
      why: 'rules without effect',
      object: policy({ name: 'a' }, { policyTypes: ['Ingress'], egress: [{}] }),
    },
    { why: 'a name that the server makes', object: policy({ generateName: 'a-' }, {}) },
    { why: 'finalizers', object: policy({ name: 'a', finalizers: ['example.com/x'] }, {}) },
  ])('$why: it stays as it is, or is named', ({ object, lost = false }) => {
    const { objects, notes, text } = importPolicies([object]);
    expect(notes.map(({ kind }) => kind)).toEqual([lost ? 'not-imported' : 'left-as-object']);
    expect(objects).toEqual(lost ? [] : [object]);
    expect(text).toContain(lost ? '// Not imported: NetworkPolicy shop/a' : '// Left as it was written: ');
  });

  test('of two that differ under one name neither is guessed', () => {
    const { objects, notes } = importPolicies([
      policy({ name: 'a' }, {}),
      policy({ name: 'a' }, { egress: [{}] }),
    ]);
    expect(objects).toEqual([]);
    expect(notes.map(({ kind }) => kind)).toEqual(['not-imported', 'not-imported']);
  });
});

test('adopted policies are labelled, and what Helm manages stays Helm’s and is told', () => {
  const policy = (name: string, labels: object) => ({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name, namespace: 'shop', labels },
    spec: { podSelector: {} },
  });
  const policies = [policy('a', { app: 'a' }), policy('b', { [MANAGED_BY_LABEL]: 'Helm' })];
  const { objects, notes } = importPolicies(policies, { adopt: true });
  expect(objects.map(({ metadata }) => (metadata as { labels: unknown }).labels)).toEqual([
    { app: 'a', [MANAGED_BY_LABEL]: MANAGED_BY },
    { [MANAGED_BY_LABEL]: 'Helm' },
  ]);
  expect(notes.map(describeNote)).toEqual([
    'NetworkPolicy shop/b: not adopted: app.kubernetes.io/managed-by stays Helm; remove the policy there before the program owns it',
  ]);
  expect(importPolicies(policies).notes).toEqual([]);
});

test('what a label holds that is no text is told as it is', () => {
  const { notes } = importYaml(
    `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: a, namespace: shop, labels: { ${MANAGED_BY_LABEL}: { toString: 1 } } }
spec: { podSelector: {} }
`,
    { adopt: true },
  );
  expect(notes.map(describeNote)).toContain(
    'a.yaml:1: NetworkPolicy shop/a: not adopted: app.kubernetes.io/managed-by stays {"toString":1}; remove the policy there before the program owns it',
  );
});

describe('modules', () => {
  const folder = mkdtempSync(join(tmpdir(), 'modules-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const modules = {
    shop: importYaml(SHOP, { adopt: true }).text,
    boutique: importPolicies(synthesizeApp('online-boutique').policies).text,
    form: importPolicies(synthesizeApp('portal-form').policies).text,
    nothing: importPolicies([]).text,
  };
  const run = (tool: string, ...args: string[]) =>
    execFileSync(join(ROOT, 'node_modules/.bin', tool), args, {
      cwd: folder,
      encoding: 'utf8',
      stdio: 'pipe',
    });

  beforeAll(() => {
    symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
    for (const [name, text] of Object.entries(modules)) {
      writeFileSync(join(folder, `${name}.ts`), text);
    }
  });

  test('pass the compiler at its strictest', () => {
    const files = Object.keys(modules).map((name) => `${name}.ts`);
    const extended = relative(folder, join(ROOT, 'tsconfig.json'));
    const config = { extends: extended, include: [], files };
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config));
    expect(run('tsc', '-p', folder)).toBe('');
  });

  test('are formatted as a formatter would', () => {
    const formatter = { indentStyle: 'space', indentWidth: 2, lineWidth: 100 };
    writeFileSync(
      join(folder, 'biome.json'),
      JSON.stringify({ formatter, javascript: { formatter: { quoteStyle: 'single' } } }),
    );
    run('biome', 'format', '--write', ...Object.keys(modules).map((name) => `${name}.ts`));
    for (const [name, text] of Object.entries(modules)) {
      expect(readFileSync(join(folder, `${name}.ts`), 'utf8')).toBe(text);
    }
  });
});
