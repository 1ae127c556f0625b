import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Chart } from 'cdk8s';
import * as root from 'cdk8s-aks-network-policy';
import { AksNetworkPolicy, Findings, NamespaceBaseline, PodSelector } from 'cdk8s-aks-network-policy';
import {
  NetworkPolicyValidation,
  type NetworkPolicyValidationProps,
} from 'cdk8s-aks-network-policy/validation';
import type { Validation, ValidationContext, ValidationViolation } from 'cdk8s-cli/plugins';
import { Deployment } from 'cdk8s-plus-28';
import { asksForManifests } from '../../lib/validation/clean-stdout';
import { ReportPlaces } from '../../lib/validation/violations';
import { prometheus } from '../support/makers';
import { deployment } from '../support/shop';

/** As cdk8s-cli has it, so that the compiler holds the plugin to its contract. */
const plugin = (properties?: NetworkPolicyValidationProps): Validation =>
  new NetworkPolicyValidation(properties);

import { policyYaml } from '../manifests/read';

let outdir: string;
beforeEach(() => {
  outdir = mkdtempSync(join(tmpdir(), 'plugin-'));
});
afterEach(() => rmSync(outdir, { recursive: true }));

interface Report {
  readonly violations: ValidationViolation[];
  readonly metadata: Record<string, { readonly path: string }>;
  status?: string;
  summary?: Record<string, string>;
}

async function validate(
  properties?: NetworkPolicyValidationProps,
  files: readonly string[] = ['shop.k8s.yaml'],
): Promise<Report> {
  const report: Report = { violations: [], metadata: {} };
  await plugin(properties).validate({
    manifests: files.map((file) => join(outdir, file)),
    metadata: report.metadata,
    report: {
      addViolation: (violation: ValidationViolation) => report.violations.push(violation),
      submit: (status: string, summary: Record<string, string>) => Object.assign(report, { status, summary }),
    },
  } as unknown as ValidationContext);
  return report;
}

/** A policy that means pods `app: order`, where there are only pods `app: orders`. */
function synthesize(change: (policy: AksNetworkPolicy) => void = () => undefined): void {
  const app = new App({ outdir });
  const shop = new Chart(app, 'shop', { namespace: 'shop' });
  new Deployment(shop, 'web', {
    metadata: { name: 'orders' },
    podMetadata: { labels: { app: 'orders' } },
    containers: [{ image: 'orders' }],
  });
  new NamespaceBaseline(shop, 'baseline', { ingress: 'DenyAll', egress: 'DenyAll' });
  change(
    new AksNetworkPolicy(shop, 'policy', {
      name: 'orders',
      podSelector: PodSelector.labels({ app: 'order' }),
    }),
  );
  app.synth();
}

test('a finding is told with its construct, its object and what to write', async () => {
  synthesize();
  const { status, violations, metadata, summary } = await validate();
  expect(status).toBe('success');
  expect(violations).toEqual([
    {
      ruleName: 'selects-no-workload',
      recommendation: 'warning: a policy selects no workload of its namespace',
      fix: "write podSelector: PodSelector.labels({ app: 'orders' })",
      violatingResources: [
        {
          resourceName: 'NetworkPolicy shop/orders',
          manifestPath: join(outdir, 'shop.k8s.yaml'),
          locations: [expect.stringContaining('did you mean app=orders')],
        },
      ],
    },
  ]);
  // The report looks constructs up by these names: the Deployment of the same name has another.
  expect(metadata).toEqual({ 'NetworkPolicy shop/orders': { path: 'shop/policy' } });
  expect(summary).toMatchObject({ Findings: '1 warning', 'Fails on': 'error' });
});

test.each([
  { failOn: 'error', status: 'success' },
  { failOn: 'warning', status: 'failure' },
  { failOn: 'info', status: 'failure' },
  { failOn: 'never', status: 'success' },
] as const)('failOn $failOn: $status', async ({ failOn, status }) => {
  synthesize();
  expect((await validate({ failOn })).status).toBe(status);
});

test('what the program accepts is accepted', async () => {
  synthesize((policy) => Findings.of(policy).acknowledge('selects-no-workload', { reason: 'later' }));
  expect(await validate({ failOn: 'info' })).toMatchObject({
    status: 'success',
    violations: [],
    summary: { Accepted: '1' },
  });
});

test('what aks-netpol.yaml accepts is accepted, and its failOn counts', async () => {
  synthesize();
  const config = join(outdir, 'aks-netpol.yml');
  writeFileSync(config, 'failOn: warning\n');
  expect((await validate({ config })).status).toBe('failure');
  writeFileSync(config, 'acknowledge: [{ rule: selects-no-workload, object: shop/*, reason: later }]\n');
  expect(await validate({ config, failOn: 'info' })).toMatchObject({ status: 'success', violations: [] });
  writeFileSync(config, 'acknowledge: 7\n');
  expect((await validate({ config, failOn: 'never' })).status).toBe('failure');
});

test('a baseline stands beside aks-netpol.yaml, and its reasons are asked for', async () => {
  synthesize();
  const [config, baseline] = [join(outdir, 'aks-netpol.yml'), join(outdir, 'baseline.yml')];
  writeFileSync(config, 'failOn: info\n');
  writeFileSync(baseline, 'acknowledge: [{ rule: selects-no-workload, reason: "TODO: why?" }]\n');
  expect(await validate({ config: [config, baseline] })).toMatchObject({
    status: 'success',
    violations: [],
    summary: {
      'To be written': expect.stringContaining('baseline.yml:1:15: acknowledge: a reason is not written'),
    },
  });
});

test('objects in which others stand are told, for nothing judges these', async () => {
  synthesize();
  writeFileSync(
    join(outdir, 'work.k8s.yaml'),
    JSON.stringify({
      apiVersion: 'placement.kubernetes-fleet.io/v1',
      kind: 'Work',
      metadata: { name: 'shop', namespace: 'fleet' },
      spec: { workload: { manifests: [deployment('web')] } },
    }),
  );
  expect((await validate({}, ['shop.k8s.yaml', 'work.k8s.yaml'])).summary).toMatchObject({
    'Not built': '1 object in Work fleet/shop',
  });
});

test('an app that has only just begun has nothing that is wrong', async () => {
  writeFileSync(join(outdir, 'shop.k8s.yaml'), '');
  expect(await validate({}, ['shop.k8s.yaml'])).toMatchObject({ status: 'success', violations: [] });
});

test('a finding about a manifest that no construct wrote is told with the line of its field', async () => {
  synthesize();
  const manifest = policyYaml('policyTypes: [Ingress]\npodSelector: {matchLabels: {app: order}}', 'hand');
  writeFileSync(join(outdir, 'hand.k8s.yaml'), manifest);
  const { violations } = await validate({}, ['shop.k8s.yaml', 'hand.k8s.yaml']);
  const found = violations.flatMap(({ violatingResources }) => violatingResources);
  expect(found.find(({ resourceName }) => resourceName === 'NetworkPolicy shop/hand')?.locations).toEqual([
    expect.stringContaining(`${join(outdir, 'hand.k8s.yaml')}:6:3: spec.podSelector: `),
  ]);
});

test.each([
  { why: 'an engine', properties: { engine: 'cilium' } },
  { why: 'a profile', properties: { profile: { engine: 'cilium' } } },
  { why: 'a profile, with another engine', properties: { profile: { engine: 'azure' }, engine: 'cilium' } },
] as const)('the engine is known by $why', async ({ properties }) => {
  synthesize();
  expect((await validate(properties)).summary).toMatchObject({ Engine: 'cilium' });
});

test('the profile may stand in a file', async () => {
  synthesize();
  const profile = join(outdir, 'profile.yml');
  writeFileSync(profile, 'engine: calico\n');
  expect((await validate({ profile })).summary).toMatchObject({ Engine: 'calico' });
});

test.each([
  { why: 'a manifest', files: { 'shop.k8s.yaml': 'kind: NetworkPolicy\n' }, code: 'version-unknown' },
  { why: 'the file beside them', files: { 'network-policies.netpol-meta': '{' }, code: 'side-file-invalid' },
])('$why that cannot be understood fails, whatever failOn says', async ({ files, code }) => {
  synthesize();
  for (const [name, text] of Object.entries(files)) {
    writeFileSync(join(outdir, name), text);
  }
  const { status, violations } = await validate({ failOn: 'never' });
  expect(status).toBe('failure');
  expect(violations.map(({ ruleName }) => ruleName)).toContain(code);
});

test('policies of other kinds, which may decide otherwise, are told', async () => {
  synthesize();
  writeFileSync(
    join(outdir, 'cilium.yaml'),
    '{ apiVersion: cilium.io/v2, kind: CiliumNetworkPolicy, metadata: { name: hosts } }',
  );
  expect((await validate()).summary).not.toHaveProperty('Other policies');
  expect((await validate({}, ['shop.k8s.yaml', 'cilium.yaml'])).summary).toMatchObject({
    'Other policies': expect.stringMatching(
      /^not judged: 1 CiliumNetworkPolicy\.cilium\.io \(default\/hosts\); a verdict/,
    ),
  });
});

test('objects from which somebody makes pods are told', async () => {
  synthesize();
  writeFileSync(join(outdir, 'prometheus.json'), JSON.stringify(prometheus()));
  expect((await validate()).summary).not.toHaveProperty('Pods made elsewhere');
  expect((await validate({}, ['shop.k8s.yaml', 'prometheus.json'])).summary).toMatchObject({
    'Pods made elsewhere': 'not judged exactly: the pods of Prometheus shop/main; no manifest declares them',
  });
});

test.each([
  { properties: { failon: 'error' }, code: 'field-unknown' },
  { properties: { failOn: 'fatal' }, code: 'value-unknown' },
  { properties: { engine: 'flannel' }, code: 'value-unknown' },
  { properties: { profile: 7 }, code: 'type-mismatch' },
  { properties: { profile: 'none.yaml' }, code: 'file-unreadable' },
  { properties: { config: 7 }, code: 'type-mismatch' },
  { properties: { config: ['a.yaml', 7] }, code: 'type-mismatch' },
])('$properties is refused: $code', async ({ properties, code }) => {
  await expect(validate(properties as never)).rejects.toMatchObject({ name: 'NetworkPolicyError', code });
});

test('the line to mend is that of the program, or of the manifest', () => {
  const places = new ReportPlaces({ metadata: {} });
  const finding = {
    rule: 'blank-selector',
    severity: 'warning',
    object: { kind: 'NetworkPolicy', namespace: 'shop', name: 'db' },
    message: '',
    fix: '',
    source: {
      file: 'dist/a.yaml',
      line: 3,
      construct: 'shop/db',
      code: { file: 'main.ts', line: 1, column: 1 },
    },
  } as const;
  expect(places.line(finding)).toBe('main.ts:1:1');
  const { code: _, ...source } = finding.source;
  expect(places.line({ ...finding, source })).toBe('dist/a.yaml:3');
  const underStdout = new ReportPlaces({ metadata: {}, stdout: true });
  expect(underStdout.line({ ...finding, source })).toBe('a.yaml:3');
});

test.each([
  { words: 'synth --stdout', asks: true },
  { words: 'synth -p', asks: true },
  { words: 'synthesize -a main.js -p', asks: true },
  { words: 'synth', asks: false },
  { words: 'synth --no-stdout', asks: false },
  { words: 'synth --output dist', asks: false },
  { words: 'import -p', asks: false },
])('cdk8s $words asks for manifests on standard output: $asks', ({ words, asks }) => {
  expect(asksForManifests(words.split(' '))).toBe(asks);
});

test('the main import path has the same class', () => {
  expect(root.NetworkPolicyValidation).toBe(NetworkPolicyValidation);
});
