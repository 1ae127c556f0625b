import { readManifests } from '../../lib/manifests/read-manifests';
import { controller, ownedBy, pod, web } from './workload-objects';

describe('by which labels a controller knows its pods', () => {
  const selecting = (kind: string, selector: unknown) => {
    const { spec, ...rest } = controller(kind, 'web', { app: 'web', tier: '' });
    return { ...rest, spec: { ...spec, selector } };
  };
  const selectorOf = (...objects: object[]) => {
    const { cluster, problems } = readManifests(objects);
    expect(problems).toEqual([]);
    return cluster.workloads.map(({ selector }) => selector);
  };

  test.each(['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'Job'])('is kept of a %s', (kind) => {
    expect(selectorOf(selecting(kind, { matchLabels: web }))).toEqual([{ matchLabels: web }]);
  });

  test.each([
    { why: 'expressions are kept', selector: { matchExpressions: [{ key: 'app', operator: 'Exists' }] } },
    {
      why: 'null is what the API server reads it as',
      selector: {
        matchLabels: { tier: null },
        matchExpressions: [{ key: 'tier', operator: 'In', values: [null] }],
      },
      kept: { matchLabels: { tier: '' }, matchExpressions: [{ key: 'tier', operator: 'In', values: [''] }] },
    },
    { why: 'none is left out', selector: undefined, kept: undefined },
    { why: 'null is none', selector: null, kept: undefined },
    { why: 'what is no selector is left out', selector: ['app'], kept: undefined },
    { why: 'so are labels that stand in no matchLabels', selector: web, kept: undefined },
    {
      why: 'one with an operator that there is not is left out',
      selector: { matchExpressions: [{ key: 'app', operator: 'Is' }] },
      kept: undefined,
    },
    { why: 'one of every pod is left out, which the API server refuses', selector: {}, kept: undefined },
    {
      why: 'one that misses the template is left out, which it refuses, too',
      selector: { matchLabels: { app: 'api' } },
      kept: undefined,
    },
  ])('$why', ({ selector, ...rest }) => {
    const kept = 'kept' in rest ? rest.kept : selector;
    expect(selectorOf(selecting('Deployment', selector))).toEqual([kept]);
  });

  test.each([
    { why: 'is written as plain labels', selector: web, kept: web },
    { why: 'is that of its pods where none is written', selector: undefined, kept: { app: 'web', tier: '' } },
    { why: 'is that of its pods where it is empty', selector: {}, kept: { app: 'web', tier: '' } },
    { why: 'is none where it misses them', selector: { app: 'api' }, kept: undefined },
  ])('of a ReplicationController $why', ({ selector, kept }) => {
    const matchLabels = kept && { matchLabels: kept };
    expect(selectorOf(selecting('ReplicationController', selector))).toEqual([matchLabels]);
  });

  test('is that of a Deployment, not of the ReplicaSets that it made', () => {
    const made = selecting('ReplicaSet', { matchLabels: web });
    const ofDeployment = { ...made, metadata: { ...made.metadata, ...ownedBy('Deployment', 'web') } };
    expect(selectorOf(selecting('Deployment', { matchLabels: { tier: '' } }), ofDeployment)).toEqual([
      { matchLabels: { tier: '' } },
    ]);
    expect(selectorOf(ofDeployment)).toEqual([undefined]);
  });

  test('is not that of a pod whose labels differ', () => {
    const objects = [
      selecting('StatefulSet', { matchLabels: web }),
      pod('web-0', web, ['StatefulSet', 'web']),
    ];
    expect(selectorOf(...objects)).toEqual([{ matchLabels: web }, undefined]);
  });

  test('is not read where a CronJob has its schedule', () => {
    const { spec, ...rest } = controller('CronJob', 'web', web);
    const cronJob = {
      ...rest,
      apiVersion: 'batch/v1',
      spec: { selector: { matchLabels: web }, jobTemplate: { spec } },
    };
    expect(selectorOf(cronJob)).toEqual([undefined]);
  });
});
