import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LiveCluster } from './bed/cluster';
import { livePolicies, policy, writeManifest } from './bed/policies';
import { addNamespace } from './bed/shop';

/** What is told of a change that ends half-way, and that running it again finishes it. */

const folder = mkdtempSync(join(tmpdir(), 'interrupted-'));
let cluster: LiveCluster;
beforeAll(async () => {
  cluster = await LiveCluster.start();
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await cluster?.stop();
});

const file = (name: string, ...objects: readonly object[]) => writeManifest(folder, name, ...objects);

test('Ctrl-C ends a change after what is under way, and says what is left', async () => {
  await addNamespace(cluster.server.api, 'stopped');
  const many = Array.from({ length: 40 }, (_, i) =>
    policy(`p-${i + 10}`, { podSelector: {}, policyTypes: ['Ingress'], ingress: [{}] }, 'stopped'),
  );
  const path = file('stopped', ...many);
  const words = ['apply', '--yes', '--fail-on', 'never', path];
  let isAsked = false;
  const { err, status } = await cluster.cli(words, {
    watch: (out, child) => {
      if (!isAsked && /^applied {2}stopped/m.test(out)) {
        isAsked = true;
        child.kill('SIGINT');
      }
    },
  });
  expect(status).toBe(130);
  const [, done = ''] = /^applied: (.*)$/m.exec(err) ?? [];
  const [, left = ''] = /^not applied: (.*)$/m.exec(err) ?? [];
  expect([...done.split(', '), ...left.split(', ')].sort()).toEqual(
    many.map((each) => `stopped/${each.metadata.name}`),
  );
  expect(await livePolicies(cluster, 'stopped')).toEqual(
    done.split(', ').map((name) => name.replace('stopped/', '')),
  );
  expect(await cluster.cli(words)).toMatchObject({ status: 0 });
  expect(await livePolicies(cluster, 'stopped')).toHaveLength(40);
});

test('fifty policies, the server killed half-way: what was applied is told, and running again finishes it', async () => {
  await addNamespace(cluster.server.api, 'many');
  const many = Array.from({ length: 50 }, (_, i) =>
    policy(
      `p-${String(i).padStart(2, '0')}`,
      { podSelector: { matchLabels: { n: `${i}` } }, policyTypes: ['Ingress'] },
      'many',
    ),
  );
  const path = file('many', ...many);
  const running = cluster.cli(['apply', '--yes', '--fail-on', 'never', path]);
  for (let seen = 0; seen < 10; ) {
    seen = (await livePolicies(cluster, 'many')).length;
  }
  await cluster.server.kill();
  const { err, status } = await running;
  const named = (words: string) => new RegExp(`^${words}: (.*)$`, 'm').exec(err)?.[1]?.split(', ') ?? [];
  expect(status).toBe(3);
  expect(
    [
      ...named('applied'),
      ...named('asked for and not answered, so perhaps applied'),
      ...named('not applied'),
    ].sort(),
  ).toEqual(many.map((each) => `many/${each.metadata.name}`));
  await cluster.server.revive();
  expect(await cluster.cli(['apply', '--yes', '--fail-on', 'never', path])).toMatchObject({ status: 0 });
  expect(await livePolicies(cluster, 'many')).toHaveLength(50);
});
