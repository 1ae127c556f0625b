import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { prometheus } from '../support/makers';
import { rollout } from '../support/rollout';
import { cli } from '../support/run-cli';
import { deployment, policy } from '../support/shop';

const folder = mkdtempSync(join(tmpdir(), 'other-kinds-'));
afterAll(() => rmSync(folder, { recursive: true }));

let files = 0;
const write = (value: object) => {
  const file = join(folder, `${files++}.json`);
  writeFileSync(file, JSON.stringify(value));
  return file;
};
const manifests = (...items: readonly object[]) => write({ apiVersion: 'v1', kind: 'List', items });

const app = (name: string) => ({ podSelector: { matchLabels: { app: name } } });
const operated = (name: string) => join(__dirname, 'operated', name);

/** The rules that call a selector or a peer in vain, each with whom it tells it of. */
async function inVain(path: string) {
  const { out } = await cli('lint', '--format', 'json', path);
  const { findings } = JSON.parse(out) as {
    findings: readonly { rule: string; object: { name: string }; field: string }[];
  };
  return findings
    .filter(({ rule }) => ['selects-no-workload', 'peer-matches-nothing', 'misspelt-word'].includes(rule))
    .map(({ rule, object, field }) => `${rule} ${object.name} ${field}`);
}

const rows = (out: string) =>
  [...out.matchAll(/^\| (.*) \|$/gm)].slice(2).map(([, row = '']) => row.replaceAll('\\', '').split(' | '));

describe('reported: a Rollout', () => {
  const batch = rollout('batch');
  batch.spec.template.metadata.labels = { app: 'batch', tier: 'back' } as never;
  const web = deployment('web');
  const ingress = [{ from: [{ podSelector: { matchLabels: { tier: 'back' } } }], ports: [{ port: 5432 }] }];
  const db = policy('db', { ...app('db'), policyTypes: ['Ingress'], ingress });

  test('is one of those that only others may be', async () => {
    const config = write({ onlyFrom: [{ to: 'shop/db', port: 5432, from: ['shop/web', 'shop/tier=back'] }] });
    const without = await cli(
      'lint',
      '--rule',
      'only-from',
      '--config',
      config,
      manifests(web, deployment('db'), db),
    );
    expect(without.exitCode).toBe(0);
    const narrow = write({ onlyFrom: [{ to: 'shop/db', port: 5432, from: ['shop/web'] }] });
    const { out, exitCode } = await cli(
      'lint',
      '--rule',
      'only-from',
      '--config',
      narrow,
      manifests(batch, web, deployment('db'), db),
    );
    expect(out).toContain(
      'others reach it as well: shop/batch and pods with tier=back in namespace shop on 5432/TCP',
    );
    expect(exitCode).toBe(1);
  });

  test('is not gone when it was a Deployment', async () => {
    const both = (orders: object) =>
      manifests(
        orders,
        web,
        policy('orders', { ...app('orders'), policyTypes: ['Ingress'], ingress: [{ from: [app('web')] }] }),
      );
    const { out, exitCode } = await cli(
      'diff',
      '--exit-code',
      '--format',
      'markdown',
      both(deployment('orders')),
      both(rollout('orders')),
    );
    expect({ rows: rows(out), exitCode }).toEqual({ rows: [], exitCode: 0 });
  });

  test('is whom policies select, and mean', async () => {
    const orders = policy('orders', {
      ...app('orders'),
      policyTypes: ['Ingress'],
      ingress: [{ from: [app('web')] }],
    });
    const onWeb = policy('web', {
      ...app('web'),
      policyTypes: ['Ingress'],
      ingress: [{ from: [app('orders')] }],
    });
    expect(await inVain(manifests(rollout('orders'), web, orders, onWeb))).toEqual([]);
    expect(await inVain(manifests(web, orders, onWeb))).toEqual([
      'selects-no-workload orders spec.podSelector',
      'peer-matches-nothing web spec.ingress[0].from[0].podSelector',
    ]);
  });
});

test('reported: so is a ReplicationController', async () => {
  const { spec, ...rest } = deployment('orders');
  const controller = {
    ...rest,
    apiVersion: 'v1',
    kind: 'ReplicationController',
    spec: { ...spec, selector: { app: 'orders' } },
  };
  const orders = policy('orders', { ...app('orders'), policyTypes: ['Ingress'] });
  expect(await inVain(manifests(controller, deployment('web'), orders))).toEqual([]);
  const { out } = await cli(
    'reach',
    'shop/web',
    'shop/orders',
    '80',
    manifests(controller, deployment('web'), orders),
  );
  expect(out).toContain('denied');
});

describe('what an operator makes', () => {
  test('of a Prometheus is not in vain, beside what is', async () => {
    expect(await inVain(operated('kube-prometheus'))).toEqual([
      'peer-matches-nothing grafana spec.ingress[1].from[0].podSelector',
    ]);
    const { out, err } = await cli(
      'connections',
      '--format',
      'markdown',
      '--to',
      'monitoring/grafana',
      operated('kube-prometheus'),
    );
    expect(rows(out).map(([from]) => from)).toEqual([
      'pods with app.kubernetes.io/name=blackbox-exporter in namespace monitoring',
      'pods with app.kubernetes.io/name=prometheus in namespace monitoring (Prometheus k8s may make them)',
    ]);
    expect(err).toBe(
      'not judged exactly: the pods of Prometheus monitoring/k8s, Alertmanager monitoring/main; no manifest declares them\n',
    );
  });

  test('of an Application is not in vain in its namespace alone', async () => {
    expect(await inVain(operated('argo-cd'))).toEqual(['selects-no-workload redis spec.podSelector']);
    const { out } = await cli('connections', '--format', 'markdown', '--to', 'shop/web', operated('argo-cd'));
    expect(rows(out).map(([from]) => from)).toEqual([
      'pods with app=orders in namespace shop (Application argocd/shop may make them)',
    ]);
  });

  test('is told above every answer for a program, and for other places', async () => {
    const all = [
      deployment('web'),
      deployment('db'),
      policy('db', { ...app('db'), policyTypes: ['Ingress'] }),
    ];
    const file = manifests(...all, prometheus());
    const [made, none] = [[{ kind: 'Prometheus', namespace: 'shop', name: 'main' }], undefined];
    const answers = (path: string) => [
      ['connections', path],
      ['reach', 'shop/web', 'shop/db', '80', path],
      ['diff', path, path],
      ['diff', path, manifests(...all)],
      ['lint', path],
    ];
    for (const words of answers(file)) {
      expect(JSON.parse((await cli(...words, '--format', 'json')).out).makers).toEqual(made);
    }
    for (const words of answers(manifests(...all)).slice(0, -1)) {
      expect(JSON.parse((await cli(...words, '--format', 'json')).out).makers).toEqual(none);
    }
    const { out } = await cli('connections', '--format', 'markdown', file);
    expect(out).toContain('Not judged exactly: the pods of Prometheus shop/main; no manifest declares them.');
    expect((await cli('connections', file)).out).not.toContain('Not judged exactly');
  });

  test('is named in JSON', async () => {
    const db = policy('db', {
      ...app('db'),
      policyTypes: ['Ingress'],
      ingress: [{ from: [app('prometheus')] }],
    });
    const madeBy = [{ kind: 'Prometheus', namespace: 'shop', name: 'main' }];
    const whole = manifests(deployment('db'), prometheus(), db);
    const { out } = await cli('connections', '--format', 'json', '--to', 'shop/db', whole);
    expect(JSON.parse(out).connections).toMatchObject([
      { from: { possible: { namespace: 'shop', madeBy } } },
    ]);
    const shut = manifests(deployment('db'), policy('db', { ...app('db'), policyTypes: ['Ingress'] }));
    const { out: changes } = await cli('diff', '--format', 'json', shut, whole);
    expect(JSON.parse(changes).changes).toMatchObject([{ change: 'opened', from: { possible: { madeBy } } }]);
  });
});
