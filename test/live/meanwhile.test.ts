import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { boundTo } from '../../lib/cli/live/bound-policies';
import { readLivePolicies } from '../../lib/cli/live/live-cluster';
import { PolicyWriter, type WriteOutcome } from '../../lib/cli/live/policy-writer';
import type { NetworkPolicyEntry } from '../../lib/model/cluster';
import { networkPolicyEntry } from '../../lib/model/network-policy-entry';
import type { ManagedPolicy } from '../../lib/plan/any-policy';
import { pairsOf } from '../../lib/plan/policy-pairs';
import { changedSince } from '../../lib/plan/policy-plan';
import { LiveCluster } from './bed/cluster';
import { addNamespace, addPolicy } from './bed/shop';

const folder = mkdtempSync(join(tmpdir(), 'meanwhile-'));
let cluster: LiveCluster;
beforeAll(async () => {
  cluster = await LiveCluster.start();
  await addNamespace(cluster.server.api, 'meanwhile');
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await cluster?.stop();
});

const POLICIES = '/apis/networking.k8s.io/v1/namespaces/meanwhile/networkpolicies';
const NEVER = { isAsked: false, stop: new AbortController().signal };
const open = { podSelector: {}, policyTypes: ['Ingress'], ingress: [{}] };
const outwards = { podSelector: {}, policyTypes: ['Egress'] };
const shut = { podSelector: {}, policyTypes: ['Ingress'] };

const wanted = (name: string, spec: object): NetworkPolicyEntry =>
  networkPolicyEntry({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name, namespace: 'meanwhile' },
    spec,
  } as never);
const results = (outcomes: ReadonlyMap<ManagedPolicy, WriteOutcome>) =>
  [...outcomes].map(([{ name }, { result, refusal }]) => [name, result, refusal?.code]);
const specOf = async (name: string) =>
  (await cluster.server.api.get<{ spec: object }>(`${POLICIES}/${name}`)).spec;
const readNow = async () =>
  (await readLivePolicies(cluster.library(), [])).filter(({ namespace }) => namespace === 'meanwhile');

describe('what somebody else has done meanwhile to a policy:', () => {
  const writer = (forceConflicts: boolean) => new PolicyWriter(cluster.library(), { forceConflicts });

  test('what they wrote is not overwritten, and not deleted', async () => {
    const { api } = cluster.server;
    for (const name of ['a', 'b']) {
      await addPolicy(api, 'meanwhile', name, shut);
    }
    const before = await readNow();
    await api.patch(`${POLICIES}/a`, { spec: open });
    expect(changedSince(before, await readNow())).toEqual(['meanwhile/a']);

    const asRead = boundTo(pairsOf(before, before));
    expect((await writer(true).tryOut(asRead, () => {})).refusals.get('meanwhile/a')?.code).toBe(
      'changed-meanwhile',
    );
    expect(results(await writer(true).apply(asRead, NEVER, async () => {}))).toEqual([
      ['a', 'refused', 'changed-meanwhile'],
      ['b', 'done', undefined],
    ]);
    expect(results(await writer(true).delete(before.slice(0, 1), NEVER, async () => {}))).toEqual([
      ['a', 'refused', 'changed-meanwhile'],
    ]);
    expect(await specOf('a')).toEqual(open);
  });

  test.each([
    { why: 'says otherwise', spec: open, forceConflicts: true, code: 'changed-meanwhile' },
    { why: 'says the same', spec: shut, forceConflicts: true, code: 'changed-meanwhile' },
    {
      why: 'says the same, and no field is fought for',
      spec: shut,
      forceConflicts: false,
      code: 'changed-meanwhile',
    },
    // The server looks at fields first.
    {
      why: 'has other fields, and none is taken over',
      spec: outwards,
      forceConflicts: false,
      code: 'field-conflict',
    },
  ])(
    'one that they created and that $why is not taken for the new one',
    async ({ spec, forceConflicts, code }) => {
      const { api } = cluster.server;
      const sent = boundTo(pairsOf([wanted('new', shut)], await readNow()));
      expect((await writer(forceConflicts).tryOut(sent, () => {})).refusals.size).toBe(0);
      await addPolicy(api, 'meanwhile', 'new', spec);
      const there = await api.get<{ metadata: { resourceVersion: string } }>(`${POLICIES}/new`);

      expect((await writer(forceConflicts).tryOut(sent, () => {})).refusals.get('meanwhile/new')?.code).toBe(
        code,
      );
      expect(results(await writer(forceConflicts).apply(sent, NEVER, async () => {}))).toEqual([
        ['new', 'refused', code],
      ]);
      expect(await api.get(`${POLICIES}/new`)).toEqual(there);
      await api.delete(`${POLICIES}/new`);
    },
  );

  test('one that is still not there is created, with its own version', async () => {
    const sent = boundTo(pairsOf([wanted('fresh', shut)], await readNow()));
    expect(results(await writer(false).apply(sent, NEVER, async () => {}))).toEqual([
      ['fresh', 'done', undefined],
    ]);
    const again = boundTo(pairsOf([wanted('fresh', open)], await readNow()));
    expect(results(await writer(false).apply(again, NEVER, async () => {}))).toEqual([
      ['fresh', 'done', undefined],
    ]);
    expect(await specOf('fresh')).toEqual(open);
  });

  test('one that they deleted is not created again', async () => {
    const { api } = cluster.server;
    await addPolicy(api, 'meanwhile', 'gone', shut);
    const before = await readNow();
    await api.delete(`${POLICIES}/gone`);
    const sent = boundTo(pairsOf([wanted('gone', open)], before));
    expect(results(await writer(true).apply(sent, NEVER, async () => {}))).toEqual([
      ['gone', 'refused', 'changed-meanwhile'],
    ]);
    expect((await readNow()).map(({ name }) => name)).not.toContain('gone');
  });
});

describe('a context that somebody chooses meanwhile', () => {
  /** A kubectl after whose first answer another context is the current one: that of a server that is not there. */
  function switching(): { readonly kubeconfig: string; readonly path: string } {
    const kubeconfig = join(folder, 'kubeconfig');
    const config = JSON.parse(readFileSync(cluster.kubeconfig(), 'utf8'));
    const [{ context }] = config.contexts;
    config.clusters.push({ name: 'prod', cluster: { server: 'https://127.0.0.1:1' } });
    config.contexts.push({ name: 'prod', context: { ...context, cluster: 'prod' } });
    writeFileSync(kubeconfig, JSON.stringify(config));
    const file = join(folder, 'kubectl');
    const real = cluster.program;
    writeFileSync(
      file,
      `#!/bin/sh\n'${real}' "$@"\nstatus=$?\n'${real}' config use-context prod >&2\nexit $status\n`,
    );
    chmodSync(file, 0o755);
    return { kubeconfig, path: folder };
  }

  test('changes nothing of where an apply reads and writes', async () => {
    const manifest = join(folder, 'policy.json');
    writeFileSync(manifest, JSON.stringify(wanted('switched', shut).written));
    const { kubeconfig, path } = switching();
    const { out, status } = await cluster.cli(['apply', '--yes', manifest], { kubeconfig, path });
    expect(readFileSync(kubeconfig, 'utf8')).toMatch(/current-context"?: "?prod/);
    expect({ out, status }).toEqual({ out: expect.stringMatching(/^context bed\n/), status: 0 });
    expect(await specOf('switched')).toEqual(shut);
  });
});
