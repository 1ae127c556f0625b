import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { load } from 'js-yaml';
import { moduleSources } from '../../tools/go';
import type { Api } from './api';

const MODULE = 'github.com/cilium/cilium';
const ORACLE = resolve(__dirname, '../../cilium/oracle/go.mod');
const DEFINITIONS = 'pkg/k8s/apis/cilium.io/client/crds/v2';

/** Makes Cilium's own kinds of policies known to a server, with the definitions of the version that the oracle has. */
export async function installCiliumKinds(api: Api): Promise<void> {
  const [, version = ''] = new RegExp(`^\\s*${MODULE} (v\\S+)`, 'm').exec(readFileSync(ORACLE, 'utf8')) ?? [];
  const sources = moduleSources(MODULE, version);
  for (const plural of ['ciliumnetworkpolicies', 'ciliumclusterwidenetworkpolicies']) {
    const definition = load(readFileSync(join(sources, DEFINITIONS, `${plural}.yaml`), 'utf8')) as object;
    await api.create('/apis/apiextensions.k8s.io/v1/customresourcedefinitions', definition);
    await api.until(`/apis/cilium.io/v2/${plural}`);
  }
}

const placeOf = (namespace?: string) =>
  namespace === undefined
    ? '/apis/cilium.io/v2/ciliumclusterwidenetworkpolicies'
    : `/apis/cilium.io/v2/namespaces/${namespace}/ciliumnetworkpolicies`;

/** The path of a policy of a namespace, or of the whole cluster. */
export const ciliumPath = (name: string, namespace?: string) => `${placeOf(namespace)}/${name}`;

export async function addCiliumPolicy(api: Api, object: CiliumManifest): Promise<void> {
  await api.create(placeOf(object.metadata.namespace), object);
}

/** What the operator writes of a policy that it refuses. */
export async function callInvalid(api: Api, path: string, message: string): Promise<void> {
  const condition = { type: 'Valid', status: 'False', message, lastTransitionTime: '2026-03-04T05:06:07Z' };
  await api.patch(`${path}/status`, { status: { conditions: [condition] } });
}

export interface CiliumManifest {
  readonly metadata: { readonly name: string; readonly namespace?: string };
}

/** A policy as a manifest has it, of a namespace or of the whole cluster. */
export const ciliumPolicy = (name: string, spec: object, namespace?: string) => ({
  apiVersion: 'cilium.io/v2',
  kind: namespace === undefined ? 'CiliumClusterwideNetworkPolicy' : 'CiliumNetworkPolicy',
  metadata: { name, ...(namespace === undefined ? {} : { namespace }) },
  spec,
});
