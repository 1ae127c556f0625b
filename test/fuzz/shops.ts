import fc from 'fast-check';
import { dump } from 'js-yaml';
import { deployment, policy } from '../support/shop';
import { mutation } from './mutations';

const named = (apiVersion: string, kind: string, name: string, namespace?: string) => ({
  apiVersion,
  kind,
  metadata: namespace === undefined ? { name } : { name, namespace },
});
const to = (app: string) => ({ matchLabels: { app } });

/** Small objects of which each may decide about traffic, or about what is found. */
const OBJECTS = [
  { ...named('v1', 'Namespace', 'shop'), spec: { finalizers: ['kubernetes'] } },
  {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: 'mon', labels: { team: 'mon' } },
    spec: { finalizers: ['kubernetes'] },
  },
  deployment('web', [8080]),
  deployment('db', [5432]),
  {
    ...named('apps/v1', 'DaemonSet', 'probe', 'mon'),
    spec: {
      selector: to('probe'),
      template: { metadata: { labels: { app: 'probe' } }, spec: { hostNetwork: true } },
    },
  },
  {
    ...named('v1', 'Pod', 'once', 'shop'),
    metadata: { name: 'once', namespace: 'shop', labels: { app: 'once' } },
    spec: { nodeName: 'node-1', containers: [{ name: 'a', ports: [{ name: 'http', containerPort: 80 }] }] },
    status: { phase: 'Running', podIPs: [{ ip: '10.0.0.7' }] },
  },
  { ...named('v1', 'Service', 'db', 'shop'), spec: { selector: { app: 'db' }, ports: [{ port: 5432 }] } },
  {
    ...named('v1', 'Service', 'web', 'shop'),
    spec: { type: 'LoadBalancer', selector: { app: 'web' }, ports: [{ port: 80, targetPort: 'http' }] },
  },
  policy('deny', { podSelector: {}, policyTypes: ['Ingress', 'Egress'] }),
  policy('db', {
    podSelector: to('db'),
    ingress: [
      {
        from: [{ podSelector: to('web') }, { namespaceSelector: { matchLabels: { team: 'mon' } } }],
        ports: [{ port: 5432 }],
      },
    ],
  }),
  policy('web', {
    podSelector: to('web'),
    policyTypes: ['Ingress', 'Egress'],
    ingress: [
      { from: [{ ipBlock: { cidr: '10.0.0.0/8', except: ['10.0.1.0/24'] } }] },
      { ports: [{ port: 'http' }] },
    ],
    egress: [
      {
        to: [
          { podSelector: { matchExpressions: [{ key: 'app', operator: 'NotIn', values: ['web', 'once'] }] } },
        ],
      },
      {
        to: [{ namespaceSelector: {} }],
        ports: [
          { port: 53, protocol: 'UDP' },
          { port: 1000, endPort: 2000 },
        ],
      },
    ],
  }),
  {
    ...named('cilium.io/v2', 'CiliumNetworkPolicy', 'l7', 'shop'),
    spec: { endpointSelector: to('web'), egressDeny: [{ toEntities: ['world'] }] },
  },
];

/** A document: what object it is, and what that says. */
interface Document {
  readonly head: string;
  readonly body: string;
}

type Written = (typeof OBJECTS)[number];

const inYaml = ({ apiVersion, kind, metadata, ...rest }: Written): Document => ({
  head: dump({ apiVersion, kind, metadata }),
  body: dump(rest),
});

const inJson = ({ apiVersion, kind, metadata, ...rest }: Written): Document => ({
  head: JSON.stringify({ apiVersion, kind, metadata }).slice(0, -1),
  body: `,${JSON.stringify(rest).slice(1)}\n`,
});

/** Manifests of which one was changed. */
export interface ChangedShop {
  readonly before: string;
  readonly after: string;
  /** Those that were not changed. */
  readonly others: string;
  /** Whether the changed one still begins by saying what object it is, and does not say so again. */
  readonly isNamed: boolean;
}

const write = (documents: readonly Document[]) =>
  documents.map(({ head, body }) => head + body).join('---\n');

export const changedShop: fc.Arbitrary<ChangedShop> = fc
  .record({
    objects: fc.subarray(OBJECTS, { minLength: 2, maxLength: 4 }),
    form: fc.constantFrom(inYaml, inJson),
    place: fc.nat(),
    isNamed: fc.boolean(),
    mutations: fc.array(mutation, { minLength: 1, maxLength: 6 }),
  })
  .map(({ objects, form, place, isNamed, mutations }) => {
    const documents = objects.map(form);
    const at = place % documents.length;
    const { head, body } = documents[at] as Document;
    const mutate = (text: string) => mutations.reduce((all, each) => each(all), text).slice(0, 4_000);
    const changed = isNamed ? { head, body: mutate(body) } : { head: mutate(head + body), body: '' };
    return {
      before: write(documents),
      after: write(documents.map((each, i) => (i === at ? changed : each))),
      others: write(documents.filter((_, i) => i !== at)),
      isNamed: isNamed && !/apiVersion|kind|metadata/.test(changed.body),
    };
  });
