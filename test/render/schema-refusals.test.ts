import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ValidateFunction } from 'ajv';
import { diagnose } from '../../lib/aks/diagnosis';
import { previewOf } from '../../lib/cli/preview';
import { readManifests } from '../../lib/manifests/read-manifests';
import type { FieldChange } from '../../lib/model/field-changes';
import { NO_INTENT } from '../../lib/model/finding';
import type { PolicyDrift } from '../../lib/model/policy-drift';
import { diagnosisListing } from '../../lib/render/diagnosis-listing';
import { renderJson } from '../../lib/render/json';
import { renderLintJson } from '../../lib/render/lint-json';
import { type PolicyChanges, policyChangesJson } from '../../lib/render/policy-changes';
import { driftJson } from '../../lib/render/policy-drift';
import { prometheus } from '../support/makers';
import { cli } from '../support/run-cli';
import { deployment, policy, SHOP, UNCERTAIN } from '../support/shop';
import { ANSWER } from './lint-answer';
import { type NAMES, validatorOf } from './schemas';

const folder = mkdtempSync(join(tmpdir(), 'schemas-'));
afterAll(() => rmSync(folder, { recursive: true }));
const write = (name: string, text: string) => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};
const list = (name: string, items: readonly object[]) =>
  write(name, JSON.stringify({ apiVersion: 'v1', kind: 'List', items }));

const live = (name: string, podIP: string) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: {
    name,
    namespace: 'shop',
    labels: { app: 'cache' },
    ownerReferences: [
      { apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'cache', uid: 'u', controller: true },
    ],
  },
  spec: { containers: [{ name: 'cache', image: 'cache' }] },
  status: { phase: 'Running', podIP },
});
const shop = list('shop.json', SHOP);
const uncertain = list('uncertain.json', UNCERTAIN);
/** One pod of the cache and not the other may be called, on ports that are in doubt on an old Cilium. */
const HALVES = [
  { ...deployment('cache'), kind: 'StatefulSet' },
  live('cache-0', '10.0.0.1'),
  live('cache-1', '10.0.0.2'),
  deployment('web'),
  policy('web-egress', {
    podSelector: { matchLabels: { app: 'web' } },
    policyTypes: ['Egress'],
    egress: ['10.0.0.1/32', '203.0.113.0/24'].map((cidr) => ({
      to: [{ ipBlock: { cidr } }],
      ports: [{ port: 1, endPort: 9 }],
    })),
  }),
];
const halves = list('halves.json', HALVES);
/** Selects live pods, means a workload and something that is not there. */
const CACHE_INGRESS = [
  policy('cache-ingress', {
    podSelector: { matchLabels: { app: 'cache' } },
    policyTypes: ['Ingress'],
    ingress: [{ from: ['web', 'wep'].map((app) => ({ podSelector: { matchLabels: { app } } })) }],
  }),
];
/** As much of a profile as one cluster can have, and a row of which nobody knows. */
const DIAGNOSIS = diagnose(
  { daemonSets: [], policies: 3 },
  {
    engine: 'cilium',
    dataPlane: 'cilium',
    networkPlugin: 'azure',
    networkPluginMode: 'overlay',
    kubernetesVersion: '1.33',
    windowsNodePools: [],
    localDns: true,
    podCidrs: ['10.244.0.0/16'],
    nodeCidrs: ['10.224.0.0/16'],
    apiServerAddresses: ['20.50.1.2'],
    cloud: 'AzureCloud',
    acns: 'L7',
    managedNamespaces: [{ name: 'shop', ingress: 'DenyAll', egress: 'AllowAll' }, { name: 'web' }],
  },
);
const cilium = write('cilium.yaml', 'engine: cilium\nkubernetesVersion: "1.30"\n');

/** One that is a construct, one that stays an object, and one that is broken. */
const IMPORTED = [
  policy('db-ingress', { podSelector: {}, ingress: [{}] }),
  {
    ...policy('owned', { podSelector: {} }),
    metadata: { name: 'owned', generation: 1, finalizers: ['a/b'] },
  },
  policy('broken', { podSelector: 5 } as never),
]
  .map((each) => JSON.stringify(each))
  .join('\n---\n');

/** A policy that lets everybody in is changed: what that opens, and what is found about it. */
const PREVIEW = previewOf(
  readManifests(SHOP).cluster,
  {
    put: readManifests([policy('db-ingress', { podSelector: { matchLabels: { app: 'db' } }, ingress: [{}] })])
      .cluster.policies,
    remove: [{ namespace: 'shop', name: 'default-deny' }],
  },
  { profile: {}, intent: NO_INTENT },
);
const FIELDS: readonly FieldChange[] = [{ field: 'spec.ingress[0].ports', before: '[]', after: '[{}]' }];
const DRIFT: readonly PolicyDrift[] = [
  { drift: 'changed', namespace: 'shop', name: 'db', fields: FIELDS, managers: ['kubectl'] },
];
const POLICY_CHANGES: PolicyChanges = {
  ...PREVIEW,
  passedOver: [{ kind: 'Deployment', count: 2 }],
  policies: [
    { namespace: 'shop', name: 'a', action: 'create', fields: [], result: 'planned' },
    {
      ...{ namespace: 'shop', name: 'b', action: 'change', fields: FIELDS, result: 'refused' },
      refusal: { code: 'forbidden', at: 'shop/b', got: 'no', problem: 'your account may not', fix: 'ask' },
    },
  ],
};

/** Pods that no manifest tells of, and who may make them. */
const MADE = [
  prometheus(),
  policy('web-ingress', {
    podSelector: { matchLabels: { app: 'web' } },
    ingress: [{ from: [{ podSelector: { matchLabels: { app: 'prometheus' } } }] }],
  }),
];

interface Answer {
  readonly name: (typeof NAMES)[number];
  readonly validate: ValidateFunction;
  /** What the command line answers, with optional fields and without them, as one document. */
  readonly document: () => Promise<object>;
}

async function answer(...words: string[]) {
  return JSON.parse((await cli(...words, '--format', 'json')).out);
}

const ANSWERS: readonly Answer[] = [
  {
    name: 'changes',
    validate: validatorOf('changes'),
    document: async () => {
      const all = [
        await answer('diff', uncertain, list('open.json', [deployment('web'), deployment('db', [5432])])),
        await answer('diff', list('no-pods.json', [deployment('cache'), deployment('web')]), halves),
        await answer('diff', halves, list('no-policy.json', HALVES.slice(0, -1))),
      ];
      return { ...all[0], changes: all.flatMap(({ changes }) => changes) };
    },
  },
  {
    name: 'connections',
    validate: validatorOf('connections'),
    document: () => answer('connections', halves, list('made.json', MADE)),
  },
  {
    name: 'verdicts',
    validate: validatorOf('verdicts'),
    document: async () => {
      const all = [
        await answer('reach', 'shop/web', 'shop/db', '5432', shop),
        await answer('reach', 'internet', 'shop/db', '80', shop),
        await answer('reach', 'shop/web', 'shop/db', '80', uncertain),
        await answer('explain', 'shop/web', 'shop/cache', '5', '--profile', cilium, halves),
        await answer('explain', 'shop/web', '203.0.113.7', '5', '--profile', cilium, halves),
      ];
      return { ...all[0], verdicts: all.flatMap(({ verdicts }) => verdicts) };
    },
  },
  {
    name: 'drift',
    validate: validatorOf('drift'),
    document: async () => JSON.parse([...renderJson(driftJson({ ...PREVIEW, drift: DRIFT }))].join('')),
  },
  {
    name: 'import',
    validate: validatorOf('import'),
    document: () => answer('import', write('imported.yaml', IMPORTED)),
  },
  {
    name: 'policy-changes',
    validate: validatorOf('policy-changes'),
    document: async () => JSON.parse([...renderJson(policyChangesJson(POLICY_CHANGES))].join('')),
  },
  {
    name: 'policies',
    validate: validatorOf('policies'),
    document: async () => {
      const { policies, ...list } = await answer('list', shop);
      return { ...list, policies: [...policies, { ...policies[0], created: '2026-03-04T05:06:07Z' }] };
    },
  },
  {
    name: 'policy',
    validate: validatorOf('policy'),
    document: () => answer('show', 'cache-ingress', '-n', 'shop', halves, list('cache.json', CACHE_INGRESS)),
  },
  {
    name: 'diagnosis',
    validate: validatorOf('diagnosis'),
    document: async () => JSON.parse([...renderJson(diagnosisListing(DIAGNOSIS))].join('')),
  },
  {
    name: 'lint',
    validate: validatorOf('lint'),
    document: async () => JSON.parse([...renderLintJson(ANSWER)].join('')),
  },
];

type Fields = Record<string, unknown>;

/** What is done to one field. */
type Change = (object: Fields, key: string) => void;

/** The documents that have one field changed, each with the place where it was: `connections[].from`. */
function* changes(document: object, change: Change): Generator<{ place: string; changed: object }> {
  for (const path of pathsOf(document)) {
    const changed = structuredClone(document);
    const object = path.slice(0, -1).reduce<Fields>((value, key) => value[key] as Fields, changed as Fields);
    change(object, path.at(-1) as string);
    yield { place: path.join('.').replace(/\.\d+/g, '[]'), changed };
  }
}

/** Every field of a document, in every entry of its lists. */
function pathsOf(value: unknown, path: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== 'object' || value === null) {
    return [];
  }
  return Object.entries(value).flatMap(([key, inner]) => {
    const inside = pathsOf(inner, [...path, key]);
    return Array.isArray(value) ? inside : [[...path, key], ...inside];
  });
}

/** What stands in a manifest is Kubernetes' to say, and the names of labels are the user's. */
const IN_MANIFEST = /^policy\.manifest\.|\.matchLabels\./;

/** The places at which a change goes unnoticed. */
async function unnoticed({ document, validate }: Answer, change: Change): Promise<string[]> {
  const answered = await document();
  expect(validate(answered)).toBe(true);
  const places = [...changes(answered, change)].filter(({ changed }) => validate(changed));
  return [...new Set(places.map(({ place }) => place))].filter((place) => !IN_MANIFEST.test(place)).sort();
}

const rename: Change = (object, key) => {
  object[`${key}s`] = object[key];
  delete object[key];
};
const retype: Change = (object, key) => {
  object[key] = typeof object[key] === 'boolean' ? 'yes' : true;
};
const reword: Change = (object, key) => {
  object[key] = typeof object[key] === 'number' ? -1 : 'other';
};
const remove: Change = (object, key) => {
  delete object[key];
};
/** What holds one of a few words, a number or ports. */
const CLOSED = [
  'schemaVersion',
  'action',
  'as',
  'change',
  'count',
  'drift',
  'opened',
  'closed',
  'unknown',
  'does',
  'version',
  'verdict',
  'kind',
  'ports',
  'possiblePorts',
  'result',
  'direction',
  'rule',
  'code',
  'id',
  'severity',
  'enforced',
  'field',
  'engine',
  'dataPlane',
  'networkPlugin',
  'networkPluginMode',
  'cloud',
  'acns',
  'ingress',
  'egress',
];

/** Where any word may stand: objects of every kind and any field have findings, any kind may run pods, and a problem's code may be new. */
const OPEN =
  /\.object\.kind$|^problems\[\]\.code$|(findings|acknowledged|fields)\[\]\.field$|\.refusal\.code$|^passedOver\[\]\.kind$|(^|\.)(workloads|selects|madeBy|makers)\[\]\.kind$/;

describe.each(ANSWERS)('an answer of $name', (each) => {
  test('is refused when a field has another name', async () => {
    expect(await unnoticed(each, rename)).toEqual([]);
  });

  test('is refused when a value has another type', async () => {
    expect(await unnoticed(each, retype)).toEqual([]);
  });

  test('is refused when a word, a number or ports are none that the schema knows', async () => {
    const places = (await unnoticed(each, reword)).filter((place) => !OPEN.test(place));
    expect(places.filter((place) => CLOSED.includes(place.split('.').at(-1) as string))).toEqual([]);
  });
});

test('only what the types call optional may be missing', async () => {
  const missing = await Promise.all(ANSWERS.map((each) => unnoticed(each, remove)));
  expect(missing.flat().join('\n')).toMatchInlineSnapshot(`
"changes[].by[].policy.source
changes[].by[].policy.source.file
changes[].by[].policy.source.line
changes[].by[].rule.peer
changes[].by[].rule.port
changes[].by[].rule.source
changes[].by[].rule.source.file
changes[].by[].rule.source.line
changes[].from.possible.except
changes[].from.possible.except[].namespaceSelector
changes[].from.possible.except[].namespaceSelector.matchLabels
changes[].to.workloads[].pods
connections[].from.possible.madeBy
connections[].from.possible.namespace
connections[].from.possible.podSelector
connections[].from.possible.podSelector.matchLabels
connections[].to.workloads[].pods
makers
verdicts[].departures[].kubernetes
verdicts[].departures[].kubernetes.to
verdicts[].departures[].unknownFor
verdicts[].egress.allowedBy[].peer
verdicts[].egress.allowedBy[].port
verdicts[].egress.allowedBy[].source
verdicts[].egress.allowedBy[].source.file
verdicts[].egress.allowedBy[].source.line
verdicts[].egress.exempt
verdicts[].egress.isolatedBy[].source
verdicts[].egress.isolatedBy[].source.file
verdicts[].egress.isolatedBy[].source.line
verdicts[].egress.nearestMiss
verdicts[].egress.nearestMiss.rule.port
verdicts[].egress.nearestMiss.rule.source
verdicts[].egress.nearestMiss.rule.source.file
verdicts[].egress.nearestMiss.rule.source.line
verdicts[].ingress.allowedBy[].peer
verdicts[].ingress.allowedBy[].port
verdicts[].ingress.allowedBy[].source
verdicts[].ingress.allowedBy[].source.file
verdicts[].ingress.allowedBy[].source.line
verdicts[].ingress.exempt
verdicts[].ingress.isolatedBy[].source
verdicts[].ingress.isolatedBy[].source.file
verdicts[].ingress.isolatedBy[].source.line
verdicts[].question.port
changes[].by[].rule.source
drift[].fields[].after
drift[].fields[].before
policies[].name
policies[].namespace
policies[].source.file
policies[].source.line
problems[].object
problems[].source.column
problems[].source.file
problems[].source.line
changes[].by[].rule.source
findings[].field
findings[].object.namespace
findings[].source
findings[].witness
policies[].fields[].after
policies[].fields[].before
policies[].refusal
policies[].created
policy.findings[].field
policy.findings[].object.namespace
policy.findings[].source
policy.findings[].source.file
policy.findings[].source.line
diagnosis[].is
policies
profile.acns
profile.apiServerAddresses
profile.cloud
profile.dataPlane
profile.engine
profile.kubernetesVersion
profile.localDns
profile.managedNamespaces
profile.managedNamespaces[].egress
profile.managedNamespaces[].ingress
profile.networkPlugin
profile.networkPluginMode
profile.nodeCidrs
profile.podCidrs
profile.windowsNodePools
acknowledged[].acknowledgement.object
acknowledged[].acknowledgement.source
acknowledged[].acknowledgement.source.column
acknowledged[].acknowledgement.source.file
acknowledged[].acknowledgement.source.line
acknowledged[].acknowledgement.until
acknowledged[].field
acknowledged[].object.namespace
acknowledged[].source
acknowledged[].source.code
acknowledged[].source.construct
acknowledged[].source.file
acknowledged[].source.line
findings[].field
findings[].object.namespace
findings[].source
findings[].source.code
findings[].source.construct
findings[].source.file
findings[].source.line
findings[].witness
problems[].object
problems[].source.column
problems[].source.file
problems[].source.line"
`);
});
