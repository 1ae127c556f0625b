import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import type { ReviewHost } from '../../lib/review/judge-review';
import { reviewChange } from '../../lib/review/review-change';
import { COMMANDS } from '../support/hostile';
import { azureCommands, githubCommands } from '../support/pipelines';
import { deployment, policy, SHOP } from '../support/shop';
import { type Asked, type Reply, StandIn } from './stand-in';

let folder: string;
let server: StandIn | undefined;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'review-'));
  server = undefined;
});
afterEach(async () => {
  await server?.stop();
  rmSync(folder, { recursive: true });
});

const write = (name: string, content: object | string) => {
  writeFileSync(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content));
  return join(folder, name);
};
const list = (name: string, items: readonly object[]) =>
  write(name, { apiVersion: 'v1', kind: 'List', items });
const shut = (name = 'shut.json') =>
  list(name, [
    ...SHOP.slice(0, 2),
    policy('db-ingress', { podSelector: { matchLabels: { app: 'db' } }, policyTypes: ['Ingress'] }),
  ]);
const shop = () => list('shop.json', SHOP);

const MARKER = '<!-- aks-netpol review default -->';

/** A change that opens a connection, and a gate that does not let it pass. */
const opening = () => ({
  AKS_NETPOL_BEFORE: shut(),
  AKS_NETPOL_PATHS: `${shop()}\n`,
  AKS_NETPOL_FAIL_ON: 'opened',
  AKS_NETPOL_LINT_FAIL_ON: 'never',
});
const unchanged = () => ({ ...opening(), AKS_NETPOL_BEFORE: shop() });

async function reviewed(host: ReviewHost, env: Readonly<Record<string, string>>) {
  let out = '';
  const stdout = new Writable({
    write(chunk, _, done) {
      out += chunk;
      done();
    },
  });
  const all = { AKS_NETPOL_OUTPUT: join(folder, 'out'), ...env };
  const exitCode = await reviewChange(host, { stdout, stderr: stdout, env: all });
  return { out, exitCode };
}

const report = () => readFileSync(join(folder, 'out/report.md'), 'utf8');

describe('on GitHub', () => {
  const inPullRequest = async (answer: (asked: Asked, origin: string) => Reply) => {
    server = await StandIn.start(answer);
    return {
      GITHUB_API_URL: server.origin,
      GITHUB_REPOSITORY: 'shop/deploy',
      GITHUB_EVENT_PATH: write('event.json', { pull_request: { number: 7 } }),
      GITHUB_STEP_SUMMARY: join(folder, 'summary.md'),
      AKS_NETPOL_TOKEN: 'secret',
    };
  };
  const comments =
    (...found: readonly object[]) =>
    (asked: Asked) =>
      asked.method === 'GET' ? { body: found } : { status: asked.method === 'POST' ? 201 : 200 };
  const bot = (id: number, body: string) => ({ id, body, user: { type: 'Bot' } });

  test('a first run makes a comment, writes the summary and the files, and fails for the gate', async () => {
    const env = await inPullRequest(comments(bot(1, 'something of another job')));
    const { out, exitCode } = await reviewed('github', { ...opening(), ...env });
    expect(exitCode).toBe(1);
    expect(server?.asked.map(({ method, path, token }) => [method, path, token])).toEqual([
      ['GET', '/repos/shop/deploy/issues/7/comments?per_page=100', 'Bearer secret'],
      ['POST', '/repos/shop/deploy/issues/7/comments', 'Bearer secret'],
    ]);
    const text = server?.asked[1]?.body.body as string;
    expect(text).toMatch(
      /^<!-- aks-netpol review default -->\n# Network policies: this change does not pass\n/,
    );
    expect(text).toContain('**gate opened fails**');
    expect(readFileSync(env.GITHUB_STEP_SUMMARY, 'utf8')).toBe(report());
    expect(`${MARKER}\n${report()}`).toBe(text);
    expect(text).toContain('```mermaid\ngraph LR\n');
    expect(JSON.parse(readFileSync(join(folder, 'out/lint.sarif'), 'utf8')).version).toBe('2.1.0');
    expect(readFileSync(join(folder, 'out/lint.xml'), 'utf8')).toContain('<testsuites');
    expect(out).toContain('Gate opened fails');
    expect(out).not.toContain('secret');
  });

  test('a later run writes the comment anew, also when there is nothing left to say', async () => {
    const env = await inPullRequest(
      comments(
        { id: 1, body: `${MARKER}\nquoted`, user: { type: 'User' } },
        bot(2, `> ${MARKER}`),
        bot(3, `${MARKER}\nold`),
      ),
    );
    const { exitCode } = await reviewed('github', { ...unchanged(), ...env });
    expect(exitCode).toBe(0);
    expect(server?.asked[1]).toMatchObject({
      method: 'PATCH',
      path: '/repos/shop/deploy/issues/comments/3',
      body: { body: expect.stringContaining('nothing stands against this change') },
    });
  });

  test('two jobs have a comment each', async () => {
    const env = await inPullRequest(comments(bot(3, `${MARKER}\nold`)));
    await reviewed('github', { ...opening(), ...env, AKS_NETPOL_KEY: 'prod' });
    expect(server?.methods).toBe('GET POST');
    expect(server?.asked[1]?.body.body).toMatch(/^<!-- aks-netpol review prod -->/);
  });

  test('the comment is found on a later page, and no token goes to another server', async () => {
    const env = await inPullRequest(({ path, method }, origin) =>
      method !== 'GET'
        ? {}
        : path.endsWith('page=2')
          ? { body: [bot(9, `${MARKER}\nold`)], headers: { Link: '<http://127.0.0.2:9/steal>; rel="next"' } }
          : {
              body: [],
              headers: { Link: `<${origin}/repos/shop/deploy/issues/7/comments?page=2>; rel="next"` },
            },
    );
    await reviewed('github', { ...opening(), ...env });
    expect(server?.methods).toBe('GET GET PATCH');
  });

  test.each([
    {
      why: 'a fork, whose token only reads',
      status: 403,
      says: 'a pull request from a fork has a read-only token',
    },
    {
      why: 'a server in trouble',
      status: 502,
      says: 'GitHub answered 502: Resource not accessible by integration',
    },
  ])('of $why the verdict stays, and a warning says so', async ({ status, says }) => {
    const env = await inPullRequest(({ method }) =>
      method === 'GET'
        ? { body: [] }
        : { status, body: { message: 'Resource not accessible by integration' } },
    );
    const { out, exitCode } = await reviewed('github', { ...opening(), ...env });
    expect(exitCode).toBe(1);
    expect(out).toMatch(/^::warning title=aks-netpol::The pull request has no comment of this run: /m);
    expect(out).toContain(says);
    expect(readFileSync(env.GITHUB_STEP_SUMMARY, 'utf8')).toContain('gate opened fails');
  });

  test('nobody answers, or sends elsewhere: the verdict stays, and nobody else is asked', async () => {
    const other = await StandIn.start(() => ({ body: [] }));
    const env = await inPullRequest(() => ({ status: 302, headers: { Location: other.origin } }));
    expect(await reviewed('github', { ...opening(), ...env })).toMatchObject({ exitCode: 1 });
    await other.stop();
    expect(other.asked).toEqual([]);
    await server?.stop();
    const { out, exitCode } = await reviewed('github', { ...unchanged(), ...env });
    expect(exitCode).toBe(0);
    expect(out).toContain('The pull request has no comment of this run');
  });

  test.each([
    { why: 'a push', env: { GITHUB_EVENT_PATH: 'push' } },
    { why: 'comments that are not wanted', env: { AKS_NETPOL_COMMENT: 'false' } },
  ])('$why asks no server', async ({ env }) => {
    const more = await inPullRequest(() => ({}));
    const event = write('push.json', { ref: 'refs/heads/main' });
    const own = 'GITHUB_EVENT_PATH' in env ? { GITHUB_EVENT_PATH: event } : env;
    await reviewed('github', { ...opening(), ...more, ...own });
    expect(server?.asked).toEqual([]);
  });
});

describe('on Azure DevOps', () => {
  const THREADS = '/shop%20team/_apis/git/repositories/repo-1/pullRequests/12/threads';
  const inPullRequest = async (answer: (asked: Asked) => Reply) => {
    server = await StandIn.start(answer);
    return {
      SYSTEM_COLLECTIONURI: `${server.origin}/`,
      SYSTEM_TEAMPROJECT: 'shop team',
      BUILD_REPOSITORY_ID: 'repo-1',
      BUILD_REPOSITORY_PROVIDER: 'TfsGit',
      SYSTEM_PULLREQUEST_PULLREQUESTID: '12',
      SYSTEM_ACCESSTOKEN: 'secret',
    };
  };
  const threads =
    (...value: readonly object[]) =>
    (asked: Asked) =>
      asked.method === 'GET' ? { body: { value } } : {};
  const own = (status: string, more: object = {}) => ({
    id: 5,
    status,
    properties: { aksNetpolReview: { $type: 'System.String', $value: 'default' } },
    comments: [{ id: 1, content: `${MARKER}\nold` }],
    ...more,
  });

  test('a change that does not pass begins a thread that is active', async () => {
    const env = await inPullRequest(
      threads({ id: 1, status: 'active', properties: null, comments: [{ id: 1, content: 'hm' }] }),
    );
    const { out, exitCode } = await reviewed('azure-devops', { ...opening(), ...env });
    expect(exitCode).toBe(1);
    expect(server?.asked).toMatchObject([
      { method: 'GET', path: `${THREADS}?api-version=7.1`, token: 'Bearer secret' },
      {
        method: 'POST',
        path: `${THREADS}?api-version=7.1`,
        body: {
          status: 'active',
          properties: { aksNetpolReview: 'default' },
          comments: [{ parentCommentId: 0 }],
        },
      },
    ]);
    expect(out).toContain(`##vso[task.uploadsummary]${join(folder, 'out/report.md')}\n`);
  });

  test.each([
    { why: 'passes now', inputs: unchanged, status: 'active', turns: [{ status: 'fixed' }] },
    { why: 'passes as before', inputs: unchanged, status: 'fixed', turns: [] },
    { why: 'does not pass any more', inputs: opening, status: 'fixed', turns: [{ status: 'active' }] },
  ])('a change that $why edits its thread', async ({ inputs, status, turns }) => {
    const env = await inPullRequest(threads(own('active', { isDeleted: true, id: 4 }), own(status)));
    await reviewed('azure-devops', { ...inputs(), ...env });
    const [, edited, ...others] = server?.asked ?? [];
    expect(edited).toMatchObject({ method: 'PATCH', path: `${THREADS}/5/comments/1?api-version=7.1` });
    expect(others.map(({ body }) => body)).toEqual(turns);
  });

  test('a change that passes and opens something begins a thread that is resolved', async () => {
    const env = await inPullRequest(threads());
    await reviewed('azure-devops', { ...opening(), AKS_NETPOL_FAIL_ON: '', ...env });
    expect(server?.asked[1]).toMatchObject({ method: 'POST', body: { status: 'fixed' } });
  });

  test('a change about which there is nothing to say begins no thread, and the thread of another job is left alone', async () => {
    const env = await inPullRequest(threads(own('active', { properties: { aksNetpolReview: 'prod' } })));
    await reviewed('azure-devops', { ...unchanged(), ...env });
    expect(server?.methods).toBe('GET');
  });

  test('a build that may not comment is told which permission is missing, and keeps its verdict', async () => {
    const message = "TF401027: You need the Git 'PullRequestContribute' permission to perform this action.";
    const env = await inPullRequest(({ method }) =>
      method === 'GET' ? { body: { value: [] } } : { status: 403, body: { message } },
    );
    const { out, exitCode } = await reviewed('azure-devops', { ...opening(), ...env });
    expect(exitCode).toBe(1);
    expect(out).toMatch(/^##vso\[task\.logissue type=warning;\].*TF401027.*"Contribute to pull requests"/m);
  });

  test.each([
    { why: 'a run of a branch', env: { SYSTEM_PULLREQUEST_PULLREQUESTID: '' }, says: undefined },
    { why: 'a repository elsewhere', env: { BUILD_REPOSITORY_PROVIDER: 'GitHub' }, says: undefined },
    {
      why: 'a token that is not mapped',
      env: { SYSTEM_ACCESSTOKEN: '$(System.AccessToken)' },
      says: 'map SYSTEM_ACCESSTOKEN',
    },
  ])('$why asks no server', async ({ env, says = 'Gate opened fails' }) => {
    const more = await inPullRequest(() => ({}));
    expect((await reviewed('azure-devops', { ...opening(), ...more, ...env })).out).toContain(says);
    expect(server?.asked).toEqual([]);
  });
});

describe('inputs', () => {
  test.each([
    { why: 'no paths', env: { AKS_NETPOL_PATHS: ' \n ' }, says: 'there is nothing to judge' },
    { why: 'a version before that is named twice', env: { AKS_NETPOL_GIT: 'main' }, says: 'named twice' },
    {
      why: 'a folder before beside several',
      env: { AKS_NETPOL_PATHS: 'a\nb' },
      says: 'compared with one other',
    },
    { why: 'a switch that is none', env: { AKS_NETPOL_COMMENT: 'yes' }, says: 'neither true nor false' },
    { why: 'a key that ends the marker', env: { AKS_NETPOL_KEY: 'a --> b' }, says: 'may have letters' },
    { why: 'several lines in one', env: { AKS_NETPOL_PROFILE: 'a\nb' }, says: 'is one line' },
  ])('$why is refused', async ({ env, says }) => {
    const { out, exitCode } = await reviewed('github', { ...opening(), ...env });
    expect(exitCode).toBe(2);
    expect(out).toMatch(new RegExp(`^::warning title=aks-netpol::.*${says}`));
  });

  test('a path that looks like an option is a path', async () => {
    const { exitCode } = await reviewed('github', {
      ...opening(),
      AKS_NETPOL_PATHS: `--format=csv=${join(folder, 'stolen')}`,
    });
    expect(exitCode).toBe(2);
    expect(existsSync(join(folder, 'stolen'))).toBe(false);
    expect(report()).toContain('not all of this change could be judged');
  });

  test('a gate that is none leaves the change unjudged, and says so on the page', async () => {
    const { exitCode } = await reviewed('github', { ...opening(), AKS_NETPOL_FAIL_ON: 'widened' });
    expect(exitCode).toBe(2);
    expect(report()).toContain('**Could not judge:**');
  });
});

test.each(['github', 'azure-devops'] as const)('on %s, what others write commands nothing', async (host) => {
  for (const text of COMMANDS) {
    const odd = list('odd.json', [
      ...SHOP,
      { ...deployment('web'), metadata: { name: text, namespace: 'shop' } },
    ]);
    const { out } = await reviewed(host, { ...opening(), AKS_NETPOL_PATHS: odd });
    const commands = host === 'github' ? githubCommands(out) : azureCommands(out);
    expect(
      commands.filter(
        (line) => !/^(::(error|warning|notice) |##vso\[task\.(logissue |uploadsummary\]))/.test(line),
      ),
    ).toEqual([]);
    expect(report()).not.toMatch(/##vso\[|^::/m);
    // A comment on Azure DevOps shows Mermaid as text.
    expect(report().includes('mermaid')).toBe(host === 'github');
  }
});
