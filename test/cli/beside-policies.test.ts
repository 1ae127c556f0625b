import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { other } from '../support/other-policies';
import { useRecordedKubectl } from '../support/recorded-kubectl';
import { rollout } from '../support/rollout';
import { cli } from '../support/run-cli';
import { deployment } from '../support/shop';

useRecordedKubectl();

const folder = mkdtempSync(join(tmpdir(), 'beside-'));
afterAll(() => rmSync(folder, { recursive: true }));

const object = (apiVersion: string, kind: string, more: object = {}) => ({
  apiVersion,
  kind,
  metadata: { name: 'one', namespace: 'shop' },
  ...more,
});

/** A policy, objects of every sort that the verbs of policies leave alone, and a file that kubectl passes over. */
beforeAll(() => {
  const items = [
    other('GlobalNetworkPolicy', 'crd.projectcalico.org/v1', 'db', { selector: "app == 'db'" }),
    deployment('web'),
    deployment('api'),
    // The same once more is no other.
    deployment('api'),
    rollout('batch'),
    object('gateway.networking.k8s.io/v1', 'Gateway', { spec: { gatewayClassName: 'approuting-istio' } }),
    object('networking.istio.io/v1', 'Gateway', { spec: { selector: { istio: 'ingress' }, servers: [] } }),
    object('networking.istio.io/v1', 'VirtualService', { spec: { hosts: ['shop.example'], http: [] } }),
    {
      ...object('admissionregistration.k8s.io/v1', 'ValidatingWebhookConfiguration', { webhooks: [] }),
      metadata: { name: 'one' },
    },
    object('v1', 'ConfigMap'),
  ];
  copyFileSync(join(__dirname, 'manifests/denied.yaml'), join(folder, 'denied.yaml'));
  writeFileSync(join(folder, 'others.json'), JSON.stringify({ apiVersion: 'v1', kind: 'List', items }));
  writeFileSync(join(folder, 'late.YAML'), 'kind: NetworkPolicy\n');
});

test('apply counts all that it leaves to kubectl, of whatever kind', async () => {
  const { out } = await cli('apply', '--dry-run', '-n', 'shop', folder);
  expect(out.split('\n')[1]).toBe(
    'passed over, for kubectl to apply: 1 ConfigMap, 2 Deployment, ' +
      '1 Gateway.gateway.networking.k8s.io, 1 Gateway.networking.istio.io, ' +
      '1 GlobalNetworkPolicy.crd.projectcalico.org, 1 Rollout, ' +
      '1 ValidatingWebhookConfiguration.admissionregistration.k8s.io, 1 VirtualService.networking.istio.io',
  );
});

test('what is left out as asked is kubectl’s to apply as well', async () => {
  const words = ['--dry-run', '--format', 'json', '--ignore-kind', 'GlobalNetworkPolicy', '-n', 'shop'];
  const { out } = await cli('apply', ...words, folder);
  expect(JSON.parse(out)).toMatchObject({
    passedOver: expect.arrayContaining([{ kind: 'GlobalNetworkPolicy.crd.projectcalico.org', count: 1 }]),
  });
});

test.each([['apply', '--dry-run'], ['drift'], ['import']])(
  '%s tells of a file that it does not read',
  async (...verb) => {
    const { err } = await cli(...verb, '-n', 'shop', folder);
    expect(err).toContain(`${join(folder, 'late.YAML')}: the input: kubectl reads only files of a folder`);
  },
);

test('drift tells which policies of the manifests it does not compare', async () => {
  const { err } = await cli('drift', '-n', 'shop', folder);
  expect(err).toContain('not compared with the cluster: 1 GlobalNetworkPolicy.crd.projectcalico.org (db)\n');
  const asked = await cli('drift', '--ignore-kind', 'GlobalNetworkPolicy', '-n', 'shop', folder);
  expect(asked.err).not.toContain('not compared');
});

test('import tells which policies it does not write', async () => {
  const { err, exitCode } = await cli('import', folder);
  expect(err).toContain('not imported: 1 GlobalNetworkPolicy.crd.projectcalico.org (db)\n');
  expect(exitCode).toBe(0);
});
