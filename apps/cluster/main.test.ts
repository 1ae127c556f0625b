import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Testing } from 'cdktf';
import { addStacks } from './app';

test('the whole app', () => {
  const app = Testing.app();
  addStacks(app);
  const { outdir } = app;
  app.synth();
  const stacks = ['cluster', 'policies'].map((stack) => [
    stack,
    JSON.parse(
      // Terraform's state lies in the working directory.
      readFileSync(join(outdir, 'stacks', stack, 'cdk.tf.json'), 'utf8').replaceAll(process.cwd(), '.'),
    ),
  ]);
  expect(Object.fromEntries(stacks)).toMatchSnapshot();
});

test('the policies are deployed after the cluster', () => {
  const { cluster, policies } = addStacks(Testing.app());
  expect(policies.dependencies).toContain(cluster);
});
