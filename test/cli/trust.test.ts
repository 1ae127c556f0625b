import { copyFileSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FINDING_CODES } from '../../lib/model/finding';
import { useRecordedKubectl } from '../support/recorded-kubectl';
import { cli } from '../support/run-cli';
import { deployment, policy } from '../support/shop';
import { plantSideFile } from '../support/side-file';

const { answerBut } = useRecordedKubectl();

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'trust-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const write = (name: string, content: object | string) => {
  const file = join(folder, name);
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
};
const inFolder = (text: string) => text.replaceAll(folder, 'DIST');

const web = deployment('web');
/** It selects nobody. */
const lonely = policy('lonely', { podSelector: { matchLabels: { app: 'order' } }, policyTypes: ['Ingress'] });
/** It lets everybody in. */
const open = policy('open', { podSelector: {}, policyTypes: ['Ingress'], ingress: [{}] });
const MUST_NOT = 'mustNotReach: [{ from: internet, to: shop/web }]\n';

describe('a side file that somebody has put beside the manifests', () => {
  test('accepts nothing that the operator expects', async () => {
    const objects = [web, open];
    objects.forEach((object, i) => {
      write(`${i}.json`, object);
    });
    plantSideFile(folder, objects, FINDING_CODES);
    const config = write('aks-netpol.yml', MUST_NOT);
    const { out, exitCode } = await cli(
      'lint',
      '--config',
      config,
      join(folder, '0.json'),
      join(folder, '1.json'),
    );
    expect(exitCode).toBe(1);
    expect(out).toMatch(/^error {2}must-not-reach .*\n +Expectation internet must-not-reach shop\/web /m);
  });

  test('lets no apply through that the operator’s expectations stop', async () => {
    const denied = policy('default-deny', { podSelector: {}, policyTypes: ['Ingress'] });
    const { namespace: _, ...metadata } = denied.metadata;
    plantSideFile(folder, [{ ...denied, metadata }], FINDING_CODES);
    copyFileSync(join(__dirname, 'manifests/denied.yaml'), join(folder, 'denied.yaml'));
    const apply = (...words: string[]) => cli('apply', '--yes', '-n', 'shop', ...words, folder);
    const config = write('expected.yml.txt', 'mustReach: [{ from: internet, to: shop/web }]\n');
    const { out, err, exitCode } = await apply('--config', config);
    expect([err, exitCode]).toEqual(['nothing was applied: a finding stops it (--fail-on error)\n', 1]);
    expect(out).toMatch(/^error +must-reach/m);
    expect(await apply()).toMatchObject({ err: '', exitCode: 0 });
    const accepts = write('accepted.yml.txt', 'acknowledge: [{ rule: must-reach, reason: later }]\n');
    const came = await apply(
      '--config',
      config,
      '--config',
      accepts,
      '--acknowledgements-from',
      write('none.yaml', ''),
    );
    expect(inFolder(came.err)).toContain(
      'Came with this change, so they accept nothing until they stand in DIST/none.yaml:\n  must-reach, by the operator, DIST/accepted.yml.txt:1:15: later\n',
    );
    expect(came.exitCode).toBe(1);
  });

  test.each([
    { why: 'counts for nothing that others manage in a policy', ingress: [{}], open: true },
    { why: 'counts for a policy that nobody else manages', ingress: undefined, open: false },
  ])('$why', async ({ ingress, open }) => {
    answerBut((answers) => {
      for (const [request, answer] of Object.entries(answers)) {
        if (request.includes('--dry-run=server') && answer.stdout.includes('"default-deny"')) {
          const stored = JSON.parse(answer.stdout);
          answers[request] = {
            ...answer,
            stdout: JSON.stringify({ ...stored, spec: { ...stored.spec, ingress } }),
          };
        }
      }
    });
    const denied = policy('default-deny', { podSelector: {}, policyTypes: ['Ingress'] });
    const { namespace: _, ...metadata } = denied.metadata;
    plantSideFile(folder, [{ ...denied, metadata }], FINDING_CODES);
    copyFileSync(join(__dirname, 'manifests/denied.yaml'), join(folder, 'denied.yaml'));
    const { out } = await cli('apply', '--dry-run', '--format', 'json', '-n', 'shop', folder);
    const { findings, acknowledged } = JSON.parse(out);
    const about = (list: { object: { name: string }; source?: { program?: object } }[]) =>
      list
        .filter(({ object }) => object.name === 'default-deny')
        .map(({ source }) => source?.program !== undefined);
    expect([about(findings), about(acknowledged)]).toEqual(open ? [[false], []] : [[], []]);
  });

  test.each([
    { why: 'counts for what it tells of', words: [], exitCode: 0 },
    { why: 'is left out where the operator says so', words: ['--no-side-files'], exitCode: 1 },
  ])('$why', async ({ words, exitCode }) => {
    for (const [i, object] of [web, lonely].entries()) {
      write(`${i}.json`, object);
    }
    plantSideFile(folder, [lonely], ['selects-no-workload', 'no-default-deny']);
    const rule = ['--rule', 'selects-no-workload'];
    expect(await cli('lint', '--fail-on', 'warning', ...rule, ...words, folder)).toMatchObject({ exitCode });
  });

  test('is told as a problem where it is a link, and what it leads to is not quoted', async () => {
    write('web.json', web);
    const secret = mkdtempSync(join(tmpdir(), 'trust-'));
    writeFileSync(join(secret, 'netrc'), 'machine example.com password hunter2');
    symlinkSync(join(secret, 'netrc'), join(folder, 'network-policies.netpol-meta'));
    const { out, err, exitCode } = await cli('lint', folder);
    rmSync(secret, { recursive: true });
    expect(exitCode).toBe(2);
    expect(err).toMatch(/network-policies\.netpol-meta: the input: is not a plain file, so it is not read/);
    expect(out + err).not.toMatch(/hunter2|machine/);
  });
});

describe('manifests of a cdk8s program without the file beside them', () => {
  const missed = 'DIST: no network-policies.netpol-meta stands beside the *.k8s.yaml; ';

  test.each([
    { why: 'are told of once by lint', verb: ['lint'], told: 1 },
    { why: 'are told of by apply', verb: ['apply', '--dry-run', '-n', 'shop'], told: 1 },
    { why: 'are as good as others where nothing is expected', verb: ['connections'], told: 0 },
    { why: 'are told of no more where the files do not count', verb: ['lint', '--no-side-files'], told: 0 },
  ])('$why', async ({ verb, told }) => {
    copyFileSync(join(__dirname, 'manifests/denied.yaml'), join(folder, 'denied.k8s.yaml'));
    write('web.k8s.yaml', web);
    const { err } = await cli(...(verb as [string, ...string[]]), folder);
    expect(inFolder(err).split(missed)).toHaveLength(told + 1);
  });
});

describe('what is accepted is listed', () => {
  const accepted = async (...words: string[]) => {
    const manifest = write('lonely.json', lonely);
    write('web.json', web);
    plantSideFile(folder, [lonely], ['selects-no-workload']);
    return { manifest, ...(await cli(...words.map((word) => (word === 'DIST' ? folder : word)))) };
  };

  test('by lint, with who accepts it', async () => {
    const { out } = await accepted('lint', '--rule', 'selects-no-workload', 'DIST');
    expect(inFolder(out)).toMatchInlineSnapshot(`
"No findings; 1 accepted.
Accepted:
  selects-no-workload  NetworkPolicy shop/lonely  by program main.ts (DIST/network-policies.netpol-meta): planted
"
`);
  });

  test('by lint with what the operator accepts, too', async () => {
    const config = write(
      'aks-netpol.yml',
      'acknowledge: [{ rule: selects-no-workload, object: shop/lonely, reason: waits, until: 2999-12-31 }]\n',
    );
    const { out } = await accepted(
      'lint',
      '--rule',
      'selects-no-workload',
      '--config',
      config,
      `${folder}/lonely.json`,
      `${folder}/web.json`,
    );
    expect(inFolder(out)).toMatchInlineSnapshot(`
"No findings; 1 accepted.
Accepted:
  selects-no-workload  NetworkPolicy shop/lonely  by the operator, DIST/aks-netpol.yml:1:15, until 2999-12-31: waits
"
`);
  });

  test('by apply, as text and as JSON', async () => {
    const { out } = await accepted('apply', '--dry-run', '-n', 'shop', 'DIST');
    expect(inFolder(out)).toContain(
      'Accepted:\n  selects-no-workload  NetworkPolicy shop/lonely  by program main.ts (DIST/network-policies.netpol-meta): planted\n',
    );
    const { out: json } = await cli('apply', '--dry-run', '--format', 'json', '-n', 'shop', folder);
    expect(JSON.parse(json).acknowledged).toMatchObject([
      {
        rule: 'selects-no-workload',
        object: { namespace: 'shop', name: 'lonely' },
        acknowledgement: { reason: 'planted', construct: '' },
        acceptedBy: { voice: 'program', program: { name: 'main.ts' } },
      },
    ]);
  });
});
