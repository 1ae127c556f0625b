import { ANSWERS, type Answer } from './schema-answers';

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
const IN_MANIFEST = /^policy\.manifest\.|\.twins\[\]\.|\.matchLabels\./;

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
  /\.object\.kind$|(^|\.)problems\[\]\.code$|(findings|acknowledged|fields|means)\[\]\.field$|\.refusal\.code$|^passedOver\[\]\.kind$|(^|\.)(workloads|selects|madeBy|makers|allowedBy|by|isolatedBy)\[\]\.kind$/;

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
gates
gates[].because[].ports
connections[].from.possible.madeBy
connections[].from.possible.namespace
connections[].from.possible.podSelector
connections[].from.possible.podSelector.matchLabels
connections[].to.workloads[].pods
makers
verdicts[].departures[].kubernetes
verdicts[].departures[].kubernetes.to
verdicts[].departures[].unknownFor
verdicts[].egress.allowedBy[].kind
verdicts[].egress.allowedBy[].peer
verdicts[].egress.allowedBy[].port
verdicts[].egress.allowedBy[].source
verdicts[].egress.allowedBy[].source.file
verdicts[].egress.allowedBy[].source.line
verdicts[].egress.exempt
verdicts[].egress.filters
verdicts[].egress.filters[].by[].kind
verdicts[].egress.filters[].by[].port
verdicts[].egress.filters[].by[].source
verdicts[].egress.filters[].by[].source.file
verdicts[].egress.filters[].by[].source.line
verdicts[].egress.filters[].names
verdicts[].egress.filters[].requests
verdicts[].egress.filters[].requests[].headers
verdicts[].egress.filters[].requests[].host
verdicts[].egress.filters[].requests[].method
verdicts[].egress.filters[].requests[].path
verdicts[].egress.isolatedBy[].kind
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
verdicts[].question.http
verdicts[].question.port
changes[].by[].rule.source
drift[].fields[].after
drift[].fields[].before
drift[].namespace
policies[].name
policies[].namespace
policies[].source.file
policies[].source.line
problems[].object
problems[].source.column
problems[].source.file
problems[].source.line
policies[].name
policies[].namespace
policies[].problems[].object
policies[].problems[].source.column
policies[].problems[].source.file
policies[].problems[].source.line
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
policies[].namespace
policies[].refusal
policies[].assumed
policies[].created
policies[].invalid
policies[].namespace
policies[].ofAks
policies[].rules
policies[].unread
policy.findings[].field
policy.findings[].object.namespace
policy.findings[].source
policy.findings[].source.file
policy.findings[].source.line
policy.invalid
policy.namespace
policy.ofAks
ciliumPolicies
diagnosis[].is
invalid
invalid[].namespace
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
