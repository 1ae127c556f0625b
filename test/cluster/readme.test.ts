import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const ROOT = resolve(__dirname, '../..');

test('the code blocks of the README compile', () => {
  const readme = readFileSync(join(ROOT, 'lib/cluster/README.md'), 'utf8');
  const blocks = [...readme.matchAll(/^```ts\n([\s\S]*?)^```/gm)].map(([, code]) => code as string);
  expect(blocks.length).toBeGreaterThan(1);
  // Inside the checkout, so that its packages are found.
  const folder = mkdtempSync(join(ROOT, 'node_modules', '.readme-'));
  try {
    for (const [i, code] of blocks.entries()) {
      writeFileSync(join(folder, `block${i}.ts`), code);
    }
    const paths = { 'cdk8s-aks-network-policy/*': [join(ROOT, 'lib/*.ts')] };
    writeFileSync(
      join(folder, 'tsconfig.json'),
      JSON.stringify({
        extends: join(ROOT, 'tsconfig.json'),
        compilerOptions: { paths },
        include: ['*.ts'],
        exclude: [],
      }),
    );
    const tsc = join(ROOT, 'node_modules/.bin/tsc');
    expect(spawnSync(tsc, ['-p', folder], { encoding: 'utf8' })).toMatchObject({ stdout: '', status: 0 });
  } finally {
    rmSync(folder, { recursive: true });
  }
}, 60_000);
