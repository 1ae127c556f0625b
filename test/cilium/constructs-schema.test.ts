import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv, { type ValidateFunction } from 'ajv';
import fc from 'fast-check';
import { load } from 'js-yaml';
import { composed, drawnPolicy, PLAIN } from '../support/cilium-constructs';
import { sampleSeed } from '../support/sample-seed';
import { succeed } from '../tools/run';

/** What the constructs write fits the definitions of the kinds, as the API server has them from Cilium. */

const { Dir: source } = JSON.parse(
  succeed('go', ['mod', 'download', '-json', 'github.com/cilium/cilium'], { cwd: join(__dirname, 'oracle') }),
) as { readonly Dir: string };

interface Definition {
  readonly spec: { readonly versions: readonly { readonly schema: { readonly openAPIV3Schema: object } }[] };
}

/** A schema that takes no field it does not know, as `kubectl apply` does. */
function closed(schema: unknown): unknown {
  if (typeof schema !== 'object' || schema === null || Array.isArray(schema)) {
    return schema;
  }
  const inner = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, closed(value)]));
  return inner.type === 'object' && inner.properties !== undefined && inner.additionalProperties === undefined
    ? { ...inner, additionalProperties: false }
    : inner;
}

function validatorOf(plural: string): ValidateFunction {
  const file = join(source, 'pkg/k8s/apis/cilium.io/client/crds/v2', `${plural}.yaml`);
  const definition = load(readFileSync(file, 'utf8')) as Definition;
  const schema = closed(definition.spec.versions[0]?.schema.openAPIV3Schema) as object;
  // The patterns are Go's, and CIDRs are checked by the constructs.
  return new Ajv({ strict: false, validateFormats: false, unicodeRegExp: false }).compile(schema);
}

test('every policy fits the definition of its kind', () => {
  const isFit = {
    namespaced: validatorOf('ciliumnetworkpolicies'),
    clusterwide: validatorOf('ciliumclusterwidenetworkpolicies'),
  };
  const misspelt = { endpointSelector: {}, ingress: [{ fromEntity: ['all'] }] };
  expect(isFit.namespaced({ metadata: {}, spec: misspelt })).toBe(false);
  fc.assert(
    fc.property(drawnPolicy(PLAIN), (drawn) => {
      const validate = drawn.isClusterwide ? isFit.clusterwide : isFit.namespaced;
      validate(composed(drawn));
      expect(validate.errors ?? []).toEqual([]);
    }),
    { numRuns: 2000, seed: sampleSeed() },
  );
});
