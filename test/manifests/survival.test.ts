import fc from 'fast-check';
import { dump } from 'js-yaml';
import { type ReadManifests, readManifests } from '../../lib/manifests/read-manifests';
import { describePlace } from '../../lib/model/place';
import { readablePolicy } from '../support/arbitraries';

const name = fc.constantFrom('a', 'b', 'c', 'd', 'yes', 'no', '1', '010', 'e');
const labels = fc.dictionary(
  fc.constantFrom('app', 'tier', 'y', '1'),
  fc.constantFrom('web', '', 'y', 'no', '1', '010', '~'),
  { noNullPrototype: true },
);

const workload = fc.record({
  apiVersion: fc.constant('apps/v1'),
  kind: fc.constantFrom('Deployment', 'StatefulSet', 'DaemonSet'),
  metadata: fc.record({ name, namespace: name }),
  spec: fc.record({
    template: fc.record({
      metadata: fc.record({ labels }),
      spec: fc.record({
        containers: fc.array(
          fc.record({
            ports: fc.array(
              fc.record({
                containerPort: fc.integer({ min: 1, max: 65535 }),
                protocol: fc.constantFrom('TCP', 'UDP'),
              }),
            ),
          }),
          { maxLength: 2 },
        ),
      }),
    }),
  }),
});
const namespace = fc.record({
  apiVersion: fc.constant('v1'),
  kind: fc.constant('Namespace'),
  metadata: fc.record({ name, labels }),
});

/** Objects of distinct names, legal and illegal. */
const objects = fc
  .uniqueArray(fc.oneof(workload, namespace, readablePolicy), {
    maxLength: 12,
    selector: ({ kind, metadata }) => {
      const { namespace = 'default', name = '' } = metadata as { namespace?: string; name?: string };
      return `${kind} ${kind === 'Namespace' ? '' : namespace} ${name}`;
    },
  })
  .map((found) => JSON.stringify(found))
  // Half of a surrogate pair is no text in YAML, not even as an escape.
  .filter((json) => !/\\ud[89a-f]/i.test(json))
  .map((json) => JSON.parse(json) as object[]);

/** All but the places. */
function contentsOf({ cluster, problems, skipped }: ReadManifests): unknown {
  const { unreadable, inventory: _, ...rest } = cluster;
  const bare = JSON.parse(JSON.stringify(rest, (key, value) => (key === 'source' ? undefined : value)));
  const lost = unreadable
    .map(({ source, problem, ...known }) => JSON.stringify([known, problem.code]))
    .sort();
  return {
    ...bare,
    lost,
    problems: problems.map(({ code, at }) => `${describePlace(at)} ${code}`).sort(),
    skipped,
  };
}

const text = (text: string, file = 'a.yaml') => ({ file, text });
const yaml = (object: object) => dump(object, { noRefs: true });
const list = (items: object[]) => ({ apiVersion: 'v1', kind: 'List', items });

test.each([
  { form: 'as YAML in one file', write: (all: object[]) => [text(all.map(yaml).join('---\n'))] },
  { form: 'as JSON', write: (all: object[]) => [text(JSON.stringify(list(all), null, 2))] },
  { form: 'as a List in YAML', write: (all: object[]) => [text(yaml(list(all)))] },
  { form: 'split over files', write: (all: object[]) => all.map((each, i) => text(yaml(each), `${i}.yaml`)) },
  { form: 'in another order', write: (all: object[]) => [[...all].reverse()] },
])('objects come out the same when they are written $form', ({ write }) => {
  fc.assert(
    fc.property(objects, (all) => {
      expect(contentsOf(readManifests(write(all)))).toEqual(contentsOf(readManifests(all)));
    }),
    { numRuns: 200 },
  );
});
