import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EXIT_CODE } from '../../lib/cli/exit-code';
import { type AskOptions, Kubectl, type KubectlAnswer } from '../../lib/cli/live/kubectl';
import { FIELD_MANAGER } from '../../lib/plan/ownership';
import { useRecordedKubectl } from '../support/recorded-kubectl';
import { cli, cliAsking } from '../support/run-cli';

const { answerBut } = useRecordedKubectl();

const manifest = (name: string) => join(__dirname, `manifests/${name}.yaml`);

interface Policy {
  readonly kind: string;
  readonly apiVersion: string;
  readonly metadata: { readonly name: string; readonly namespace: string };
  readonly spec: object;
}

const LIST = 'get --raw /apis/networking.k8s.io/v1/networkpolicies?limit=500';
const RECORDED = JSON.parse(readFileSync(join(__dirname, 'recordings/shop.json'), 'utf8'));
const [DB_INGRESS] = JSON.parse(RECORDED[LIST].stdout).items as readonly Policy[];

/** The names that are applied for good. */
let written: string[][];

/** A server that stores what it is sent, confirms what it took, and refuses what it is told to. */
function storing(refuse: (name: string, isTrial: boolean) => string | undefined = () => undefined): void {
  const { ask } = Kubectl.prototype;
  written = [];
  jest.spyOn(Kubectl.prototype, 'ask').mockImplementation(async function (
    this: Kubectl,
    words: readonly string[],
    options: AskOptions = {},
  ): Promise<KubectlAnswer> {
    if (words[0] !== 'apply') {
      return ask.call(this, words, options);
    }
    const isTrial = words.includes('--dry-run=server');
    const { items } = JSON.parse(options.input ?? '') as { items: readonly Policy[] };
    const names = items.map(({ metadata }) => metadata.name);
    if (!isTrial) {
      written.push(names);
    }
    const stderr = names.map((name) => refuse(name, isTrial)).find((each) => each !== undefined);
    return stderr === undefined
      ? { isDone: true, stdout: JSON.stringify({ items }), stderr: '' }
      : { isDone: false, stdout: '', stderr };
  });
}

/** The policy of the cluster, with more in its metadata. */
function liveWith(metadata: object): void {
  answerBut((answers) => {
    const items = [{ ...DB_INGRESS, metadata: { ...DB_INGRESS?.metadata, ...metadata } }];
    answers[LIST] = {
      stdout: JSON.stringify({
        kind: 'NetworkPolicyList',
        apiVersion: 'networking.k8s.io/v1',
        metadata: {},
        items,
      }),
      stderr: '',
      status: 0,
    };
  });
}

const FILE = join(mkdtempSync(join(tmpdir(), 'changes-')), 'db-ingress.json');

/** A manifest of that policy, as it is or with another spec. */
function dbIngress(spec: object | undefined = DB_INGRESS?.spec): string {
  const metadata = { name: 'db-ingress', namespace: 'shop' };
  writeFileSync(
    FILE,
    JSON.stringify({
      ...DB_INGRESS,
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata,
      spec,
    }),
  );
  return FILE;
}

test('what is in the cluster as it should be is not applied again', async () => {
  liveWith({ managedFields: [{ manager: FIELD_MANAGER, operation: 'Apply' }] });
  storing();
  const { out, exitCode } = await cli('apply', '--yes', '-n', 'shop', dbIngress(), manifest('denied'));
  expect(exitCode).toBe(0);
  expect(out).toMatch(/^context bed\ncreate {2}shop\/default-deny\n/m);
  expect(written).toEqual([['default-deny']]);
});

test('what is refused when it is applied is told, with what was done and what is left', async () => {
  storing((name, isTrial) =>
    name === 'default-deny' && !isTrial ? 'Error from server:\n  no\n\n  really' : undefined,
  );
  const { out, err, exitCode } = await cli('apply', '--yes', '-n', 'shop', dbIngress(), manifest('denied'));
  expect(exitCode).toBe(1);
  expect(`${out}${err}`).toContain('got Error from server:; no; really;');
  expect(err).toMatch(/\nrun the same again to finish\n$/);
  expect(err).toContain('applied: shop/db-ingress\nnot applied: shop/default-deny\n');
});

test('what nobody answers is told as what may have been done', async () => {
  storing((_, isTrial) => (isTrial ? undefined : 'Unable to connect to the server: i/o timeout'));
  const { err, exitCode } = await cli('apply', '--yes', '-n', 'shop', manifest('denied'));
  expect(err).toMatch(/^stopped: NetworkPolicy shop\/default-deny: the cluster cannot be reached from here;/);
  expect(err).toContain(
    'applied: none\nasked for and not answered, so perhaps applied: shop/default-deny\nnot applied: none\n',
  );
  expect(exitCode).toBe(EXIT_CODE.noCluster);
});

test('a person is asked about as many as there are', async () => {
  storing();
  const files = [dbIngress({ podSelector: {} }), manifest('denied')];
  const { err } = await cliAsking(() => 'y\n', 'apply', '-n', 'shop', ...files);
  expect(err).toContain('apply 2 network policies, context bed? [y/N] ');
});

test('manifests with a problem are not compared with the cluster', async () => {
  storing();
  const { err, exitCode } = await cli('apply', '--yes', dbIngress({ podSelector: 1 }));
  expect(err).toMatch(
    /^\S+: NetworkPolicy shop\/db-ingress: spec\.podSelector: must be an object.*\nerror: the manifests: .*; got 1 problem; /,
  );
  expect(exitCode).toBe(EXIT_CODE.cannotJudge);
  expect(written).toEqual([]);
});

test('of what is refused at the trial, labels and annotations of others are no change', async () => {
  liveWith({ labels: { cost: '1' }, annotations: { note: 'x' } });
  storing(() => 'Error from server (Forbidden): exceeded quota: q');
  const { out } = await cli('apply', '--dry-run', '-n', 'shop', dbIngress({ podSelector: {} }));
  expect(out).toMatch(/^context bed\nchange {2}shop\/db-ingress\n/);
  expect(out).toContain('spec.');
  expect(out).not.toContain('metadata');
});

test('objects of other kinds are counted, for they are not applied', async () => {
  storing();
  const { out } = await cli(
    'apply',
    '--dry-run',
    '-n',
    'shop',
    ...['denied', 'web', 'settings'].map(manifest),
  );
  expect(out).toContain('1 ConfigMap, 1 Deployment');
});

test('with --ignore-not-found a name that is not there is told, and the others are deleted', async () => {
  const words = ['delete', 'db-ingress', 'db', '-n', 'shop', '--yes'];
  const { out, err, exitCode } = await cli(...words, '--ignore-not-found');
  expect(err).toBe('not there: shop/db\n');
  expect(out).toMatch(/^deleted {2}shop\/db-ingress\n$/m);
  expect(exitCode).toBe(0);
});
