import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ValidateFunction } from 'ajv';
import { diagnose } from '../../lib/aks/diagnosis';
import { previewOf } from '../../lib/cli/live/preview';
import { readManifests } from '../../lib/manifests/read-manifests';
import { NO_INTENT } from '../../lib/model/finding';
import { managedPoliciesIn } from '../../lib/plan/any-policy';
import type { FieldChange } from '../../lib/plan/field-changes';
import type { PolicyDrift } from '../../lib/plan/policy-drift';
import { diagnosisListing } from '../../lib/render/diagnosis-listing';
import { driftJson } from '../../lib/render/drift-listing';
import { renderJson } from '../../lib/render/json-output';
import { renderLintJson } from '../../lib/render/lint-json';
import { changesJson, type PolicyChanges } from '../../lib/render/policy-changes';
import { prometheus } from '../support/makers';
import { AKS_BLOCK, cilium as ciliumPolicy } from '../support/other-policies';
import { cli } from '../support/run-cli';
import { deployment, policy, SHOP, UNCERTAIN } from '../support/shop';
import { ANSWER } from './lint-answer';
import { type NAMES, validatorOf } from './schemas';

/** One answer for each schema, with every field that the schema has, and with optional ones left out. */

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
/** AKS's own, and one that is not understood. */
const ciliumOnes = list('cilium-policies.json', [
  ...SHOP,
  AKS_BLOCK,
  ciliumPolicy('web', { ingress: [{ fromRequires: [{}] }] }),
]);
/** As much of a profile as one cluster can have, and a row of which nobody knows. */
const DIAGNOSIS = diagnose(
  {
    daemonSets: [],
    policies: 3,
    ciliumPolicies: [
      { kind: 'CiliumNetworkPolicy', namespace: 'shop', name: 'web', invalid: 'a rule without a peer' },
      { kind: 'CiliumClusterwideNetworkPolicy', name: 'all', invalid: 'a rule without a peer' },
    ],
  },
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

/** One with a twin and a note, one without a twin, and one that is broken. */
const CONVERTED = [
  policy('db-ingress', { policyTypes: ['Ingress'], egress: [{}] }),
  policy('label', { podSelector: { matchLabels: { 'io.cilium.a': 'b' } } }),
  policy('broken', { podSelector: 5 } as never),
]
  .map((each) => JSON.stringify(each))
  .join('\n---\n');

function managed(...objects: readonly object[]) {
  return managedPoliciesIn(readManifests(objects).cluster);
}

/** A policy that lets everybody in is changed: what that opens, and what is found about it. */
const PREVIEW = previewOf(
  readManifests(SHOP).cluster,
  {
    put: managed(policy('db-ingress', { podSelector: { matchLabels: { app: 'db' } }, ingress: [{}] })),
    remove: managed(policy('default-deny', { podSelector: {} })),
  },
  { profile: {}, intent: NO_INTENT },
);
const FIELDS: readonly FieldChange[] = [{ field: 'spec.ingress[0].ports', before: '[]', after: '[{}]' }];
const DRIFT: readonly PolicyDrift[] = [
  {
    drift: 'changed',
    kind: 'NetworkPolicy',
    namespace: 'shop',
    name: 'db',
    fields: FIELDS,
    managers: ['kubectl'],
  },
];
const POLICY_CHANGES: PolicyChanges = {
  ...PREVIEW,
  passedOver: [{ kind: 'Deployment', count: 2 }],
  policies: [
    { kind: 'NetworkPolicy', namespace: 'shop', name: 'a', action: 'create', fields: [], result: 'planned' },
    {
      ...{
        kind: 'NetworkPolicy',
        namespace: 'shop',
        name: 'b',
        action: 'change',
        fields: FIELDS,
        result: 'refused',
      },
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

/** Asks for names, and filters requests. */
const named = list('named.json', [
  deployment('web'),
  {
    apiVersion: 'cilium.io/v2',
    kind: 'CiliumNetworkPolicy',
    metadata: { name: 'web', namespace: 'shop' },
    spec: {
      endpointSelector: { matchLabels: { app: 'web' } },
      egress: [
        {
          toPorts: [
            { ports: [{ port: '53' }], rules: { dns: [{ matchPattern: '*.example.com' }] } },
            {
              ports: [{ port: '80', protocol: 'TCP' }],
              rules: { http: [{ method: 'GET', path: '/', host: 'a', headers: ['X-A'] }] },
            },
          ],
        },
        { toFQDNs: [{ matchName: 'www.example.com' }, { matchPattern: '*.example.org' }] },
      ],
    },
  },
]);
const l7 = write('l7.yaml', 'engine: cilium\nacns: L7\nkubernetesVersion: "1.35"\n');

export interface Answer {
  readonly name: (typeof NAMES)[number];
  readonly validate: ValidateFunction;
  /** What the command line answers, with optional fields and without them, as one document. */
  readonly document: () => Promise<object>;
}

async function answer(...words: string[]) {
  return JSON.parse((await cli(...words, '--format', 'json')).out);
}

export const ANSWERS: readonly Answer[] = [
  {
    name: 'changes',
    validate: validatorOf('changes'),
    document: async () => {
      const all = [
        await answer('diff', uncertain, list('open.json', [deployment('web'), deployment('db', [5432])])),
        await answer('diff', list('no-pods.json', [deployment('cache'), deployment('web')]), halves),
        await answer('diff', halves, list('no-policy.json', HALVES.slice(0, -1))),
      ];
      const gated = await answer('diff', '--fail-on', 'opened', uncertain, halves);
      return { ...gated, ...all[0], changes: all.flatMap(({ changes }) => changes) };
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
        await answer('reach', 'shop/web', 'www.example.com', '53/UDP', '--profile', l7, named),
        await answer('reach', 'shop/web', '8.8.8.8', '80', '--http', 'GET /a', '--profile', l7, named),
      ];
      return { ...all[0], verdicts: all.flatMap(({ verdicts }) => verdicts) };
    },
  },
  {
    name: 'drift',
    validate: validatorOf('drift'),
    document: async () => JSON.parse([...driftJson({ ...PREVIEW, drift: DRIFT })].join('')),
  },
  {
    name: 'import',
    validate: validatorOf('import'),
    document: () => answer('import', write('imported.yaml', IMPORTED)),
  },
  {
    name: 'convert',
    validate: validatorOf('convert'),
    document: () => answer('convert', '--to', 'cilium', write('converted.yaml', CONVERTED)),
  },
  {
    name: 'policy-changes',
    validate: validatorOf('policy-changes'),
    document: async () => JSON.parse([...changesJson(POLICY_CHANGES)].join('')),
  },
  {
    name: 'policies',
    validate: validatorOf('policies'),
    document: async () => {
      const { policies, ...list } = await answer('list', ciliumOnes);
      const live = { created: '2026-03-04T05:06:07Z', invalid: 'a rule without a peer' };
      return { ...list, policies: [...policies, { ...policies[0], ...live }] };
    },
  },
  {
    name: 'policy',
    validate: validatorOf('policy'),
    document: async () => {
      const { policy: one, ...rest } = await answer(
        'show',
        'cache-ingress',
        '-n',
        'shop',
        halves,
        list('cache.json', CACHE_INGRESS),
      );
      return { ...rest, policy: { ...one, invalid: 'a rule without a peer', ofAks: true } };
    },
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
