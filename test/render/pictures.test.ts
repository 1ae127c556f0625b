import fc from 'fast-check';
import { diffConnections } from '../../lib/diff/diff-connections';
import { summarizeChanges } from '../../lib/diff/summary';
import { readManifests } from '../../lib/manifests/read-manifests';
import { append } from '../../lib/model/collections';
import { describeEntryPoint } from '../../lib/model/entry-points';
import { describeNotBuilt } from '../../lib/model/inventory';
import { PortSet } from '../../lib/model/port-set';
import { Reachability } from '../../lib/reachability/reachability';
import { changeListing } from '../../lib/render/change-listing';
import { connectionListing } from '../../lib/render/connection-listing';
import { type Depicted, drawGraph } from '../../lib/render/draw-graph';
import { exposureListing } from '../../lib/render/exposure-listing';
import { edgeLabel, type Graph, type GraphLevel } from '../../lib/render/graph';
import { partyNames } from '../../lib/render/listed-parties';
import type { Edge, EdgeEnd } from '../../lib/render/listing';
import { PICTURES, type PictureFormat } from '../../lib/render/outputs';
import { sceneOf, sceneOfVersions } from '../../lib/render/scene';
import { generateCluster } from '../bench/generator';
import { labelsOfDot, readXml } from '../support/picture-readers';
import { deployment, policy, SHOP } from '../support/shop';

const FORMATS = Object.keys(PICTURES) as PictureFormat[];

const write = (format: PictureFormat, listing: Depicted) => [...PICTURES[format](listing)].join('');

const judged = (...objects: readonly object[]) => Reachability.of(readManifests([...objects]).cluster);
const connections = (reachability: Reachability) =>
  connectionListing([...reachability.connections()], reachability, sceneOf(reachability));
const exposures = (reachability: Reachability) => {
  const rows = reachability.exposure();
  const shown = rows.map(({ workload }) => workload);
  return exposureListing(rows, reachability, sceneOf(reachability, shown));
};
const difference = (before: Reachability, after: Reachability) => {
  const changes = diffConnections(before, after);
  const scene = sceneOfVersions(before, after);
  return changeListing(changes, summarizeChanges(changes, before, after), { scene });
};

/** The lines of a picture: `shop/web → shop/db 5432/TCP`. */
function linesOf({ boxes, nodes, edges }: Graph): string[] {
  const names = new Map(
    nodes.map(({ id, box, label }) => {
      const place = boxes.find((each) => each.id === box)?.name;
      return [id, place === undefined ? label : `${place}/${label}`];
    }),
  );
  return edges.map((edge) => `${names.get(edge.from)} → ${names.get(edge.to)} ${edgeLabel(edge)}`);
}

const size = fc.record({
  namespaces: fc.integer({ min: 1, max: 4 }),
  workloads: fc.integer({ min: 1, max: 14 }),
  policies: fc.integer({ min: 0, max: 14 }),
});

const seeds = fc.integer({ min: 1, max: 1_000_000 });

/** Limits under which a level is the first that fits. */
const LIMITS: Readonly<Record<GraphLevel, Record<GraphLevel, { nodes: number; edges: number }>>> = (() => {
  const [all, none] = [
    { nodes: 10_000, edges: 10_000 },
    { nodes: -1, edges: -1 },
  ];
  return {
    workloads: { workloads: all, groups: all, namespaces: all },
    groups: { workloads: none, groups: all, namespaces: all },
    namespaces: { workloads: none, groups: none, namespaces: all },
  };
})();

const nameOf = partyNames();

function namesOf(end: EdgeEnd): readonly string[] {
  return 'entryPoint' in end
    ? [describeEntryPoint(end.entryPoint)]
    : 'notBuilt' in end
      ? [describeNotBuilt(end.notBuilt)]
      : nameOf(end);
}

/** What is between each two names, by mark. */
function pairs(
  edges: readonly { from: readonly string[]; to: readonly string[]; mark: string; ports: PortSet }[],
) {
  const found = new Map<string, PortSet[]>();
  for (const { from, to, mark, ports } of edges) {
    for (const sender of from) {
      for (const receiver of to) {
        append(found, `${sender} → ${receiver} ${mark}`, ports);
      }
    }
  }
  return new Map([...found].map(([key, sets]) => [key, PortSet.union(sets)]));
}

const listed = (edges: Iterable<Edge>) =>
  pairs([...edges].map(({ from, to, ...edge }) => ({ ...edge, from: namesOf(from), to: namesOf(to) })));

function drawn({ nodes, edges }: Graph) {
  const names = new Map(nodes.map((node) => [node.id, node.names]));
  return pairs(
    edges.flatMap(({ from, to, ports }) =>
      Object.entries(ports).map(([mark, set]) => ({
        from: names.get(from) ?? [],
        to: names.get(to) ?? [],
        mark,
        ports: set,
      })),
    ),
  );
}

describe.each(['workloads', 'groups', 'namespaces'] as const)('drawn by %s', (level) => {
  test.each([
    { what: 'connections', listingOf: connections },
    { what: 'exposure', listingOf: exposures },
    {
      what: 'a difference',
      listingOf: (after: Reachability) =>
        difference(
          Reachability.of({ ...after.judged.cluster, policies: after.judged.cluster.policies.slice(1) }),
          after,
        ),
    },
  ])('$what has all that is listed, and nothing else where nothing is put together', ({ listingOf }) => {
    fc.assert(
      fc.property(size, seeds, (amounts, seed) => {
        const reachability = Reachability.of(generateCluster(amounts, seed));
        const listing = listingOf(reachability);
        const graph = drawGraph(listing, { limits: LIMITS[level] });
        expect(graph.level).toBe(level);
        const [all, shown] = [listed(listing.edges?.() ?? []), drawn(graph)];
        for (const [pair, ports] of all) {
          expect({ pair, ports: shown.get(pair)?.covers(ports) }).toEqual({ pair, ports: true });
        }
        for (const [pair, ports] of level === 'namespaces' ? [] : shown) {
          expect({ pair, ports: all.get(pair)?.covers(ports) }).toEqual({ pair, ports: true });
        }
      }),
      { numRuns: 15 },
    );
  });
});

test('who exchanges nothing is shown, too', () => {
  const lonely = policy('lonely', { podSelector: {}, policyTypes: ['Ingress', 'Egress'] });
  const reachability = judged(deployment('web'), deployment('db'), lonely);
  for (const listing of [connections(reachability), exposures(reachability)]) {
    const { nodes } = drawGraph(listing);
    expect(nodes.flatMap(({ names }) => names)).toEqual(expect.arrayContaining(['shop/web', 'shop/db']));
    expect(write('matrix', listing)).toContain('shop/web');
  }
});

test('what has no room is counted: lines, and the rows that they stand for', () => {
  const listing = connections(
    Reachability.of(generateCluster({ namespaces: 5, workloads: 20, policies: 20 })),
  );
  const whole = drawGraph(listing, { limits: LIMITS.namespaces });
  const limits = { ...LIMITS.namespaces, namespaces: { nodes: 100, edges: 3 } };
  const { edges, notes } = drawGraph(listing, { limits });
  expect(edges).toHaveLength(3);
  expect(notes.join(' ')).toContain(`Not drawn: ${whole.edges.length - 3} lines`);
});

test('a large input is drawn by groups, a larger one by namespaces, and both say so', () => {
  const alike = Array.from({ length: 200 }, (_, i) => ({
    ...deployment('job'),
    metadata: { name: `job-${i}`, namespace: 'shop' },
  }));
  const groups = drawGraph(connections(judged(...SHOP, ...alike)));
  expect(groups.level).toBe('groups');
  expect(groups.nodes.map(({ label }) => label)).toContain('job-0, job-1, job-10 and 197 more (×200)');
  expect(groups.notes).toContain(
    'Workloads that are treated alike are drawn as one: there is no room for each.',
  );
  const namespaces = drawGraph(
    connections(Reachability.of(generateCluster({ namespaces: 20, workloads: 300, policies: 300 }))),
  );
  expect(namespaces.level).toBe('namespaces');
  expect(namespaces.edges.length).toBeLessThanOrEqual(400);
  expect(namespaces.notes[0]).toMatch(/^Namespaces are drawn as a whole/);
});

describe('what many have in common is one line', () => {
  const dns = policy('dns', {
    podSelector: {},
    policyTypes: ['Ingress', 'Egress'],
    egress: [
      { to: [{ podSelector: { matchLabels: { app: 'dns' } } }], ports: [{ port: 53, protocol: 'UDP' }] },
    ],
  });
  const serving = policy('serving', {
    podSelector: { matchLabels: { app: 'dns' } },
    policyTypes: ['Ingress'],
    ingress: [{ ports: [{ port: 53, protocol: 'UDP' }] }],
  });
  const shop = [deployment('web'), deployment('db'), deployment('dns')];

  test('of every workload of a namespace', () => {
    const reachability = Reachability.of(readManifests([...shop, dns, serving]).cluster, { knownOnly: true });
    expect(linesOf(drawGraph(connections(reachability)))).toContain('shop/every workload → shop/dns 53/UDP');
  });

  test('of everybody', () => {
    expect(linesOf(drawGraph(connections(judged(...shop))))).toEqual([
      'every workload, any pod and every address → shop/every workload every port',
      'shop/every workload → any pod and every address every port',
    ]);
  });

  test('but not where one of them is not shown', () => {
    const reachability = judged(...shop);
    const listing = connectionListing(
      reachability.connections({ from: 'shop/web', to: 'shop/db' }),
      reachability,
      sceneOf(reachability, []),
    );
    const { notes, ...graph } = drawGraph(listing);
    expect(linesOf(graph as Graph)).toEqual(['shop/web → shop/db every port']);
    expect(notes).toContain('Of the workloads, those at an end of a line are drawn.');
  });
});

describe('a difference', () => {
  const onPorts = (...ports: readonly number[]) =>
    policy('db-ingress', {
      podSelector: { matchLabels: { app: 'db' } },
      policyTypes: ['Ingress'],
      ingress:
        ports.length === 0
          ? []
          : [
              {
                from: [{ podSelector: { matchLabels: { app: 'web' } } }],
                ports: ports.map((port) => ({ port })),
              },
            ],
    });
  const of = (before: readonly number[], after: readonly number[]) => {
    const at = (ports: readonly number[]) =>
      Reachability.of(readManifests([deployment('web'), deployment('db'), onPorts(...ports)]).cluster, {
        knownOnly: true,
      });
    return difference(at(before), at(after));
  };

  test.each([
    {
      why: 'opened',
      before: [],
      after: [80],
      kind: 'opened',
      label: '+ 80/TCP',
      mermaid: '==>',
      dot: 'penwidth',
    },
    {
      why: 'closed',
      before: [80],
      after: [],
      kind: 'closed',
      label: '− 80/TCP',
      mermaid: '-.->',
      dot: 'tee',
    },
    {
      why: 'widened',
      before: [80],
      after: [80, 81],
      kind: 'changed',
      label: '~ + 81/TCP',
      mermaid: '==>',
      dot: 'diamond',
    },
    {
      why: 'narrowed',
      before: [80, 81],
      after: [81],
      kind: 'changed',
      label: '~ − 80/TCP',
      mermaid: '==>',
      dot: 'diamond',
    },
    {
      why: 'moved',
      before: [80],
      after: [81],
      kind: 'changed',
      label: '~ + 81/TCP − 80/TCP',
      mermaid: '==>',
      dot: 'diamond',
    },
  ])('that is $why has its sign and its dashes', async ({ before, after, kind, label, mermaid, dot }) => {
    const listing = of(before, after);
    expect(linesOf(drawGraph(listing))).toEqual([`shop/web → shop/db ${label}`]);
    const svg = readXml(write('svg', listing));
    expect(svg.filter(({ name, attributes }) => name === 'g' && attributes.class === kind)).not.toEqual([]);
    expect(svg.filter(({ name }) => name === 'text').map(({ text }) => text)).toContain(label);
    expect(write('mermaid', listing)).toContain(`n2 ${mermaid}|`);
    expect(write('dot', listing)).toContain(dot);
    expect(await labelsOfDot(write('dot', listing))).toContain(label);
    expect(write('matrix', listing)).toMatch(new RegExp(`shop/web +[${label[0]}]\n`));
  });

  test('without a change says that nothing changes', () => {
    for (const format of FORMATS) {
      expect(write(format, of([80], [80]))).toContain('Nothing goes from anybody to anybody.');
    }
  });
});

describe('entry points, host names and what is not known', () => {
  const reachability = judged(...SHOP, {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'web', namespace: 'shop' },
    spec: { type: 'LoadBalancer', selector: { app: 'web' }, ports: [{ port: 80, targetPort: 8080 }] },
  });

  test.each([
    { format: 'svg', door: /<path class="node" d="M[^"]*a5 5/ },
    { format: 'mermaid', door: /\[\/"LoadBalancer web"\\\]/ },
    { format: 'dot', door: /label="LoadBalancer web", shape=house/ },
    { format: 'matrix', door: /shop\/LoadBalancer web .*>/ },
  ] as const)('an entry point is a door in $format', ({ format, door }) => {
    expect(write(format, connections(reachability))).toMatch(door);
  });

  test('what is unknown is dashed', () => {
    const listing: Depicted = {
      name: 'changes',
      edges: function* () {
        yield {
          from: { notBuilt: { by: 'helm', name: 'charts/shop' } },
          to: { names: ['*.blob.core.windows.net'] },
          ports: PortSet.ALL,
          mark: 'unknown',
        };
      },
    };
    expect(linesOf(drawGraph(listing))).toEqual([
      'Helm chart charts/shop → *.blob.core.windows.net ? every port',
    ]);
    expect(write('svg', listing)).toContain('<g class="unknown">');
    expect(write('mermaid', listing)).toContain('-.->|"#63; every port"|');
    expect(write('dot', listing)).toContain('style=dashed');
  });
});

test.each(FORMATS)('the same input gives the same bytes in %s', (format) => {
  const input = () =>
    connections(Reachability.of(generateCluster({ namespaces: 6, workloads: 40, policies: 40 }, 7)));
  expect(write(format, input())).toBe(write(format, input()));
});

test('a picture in Mermaid has the form that everybody reads', () => {
  const text = write('mermaid', connections(judged(...SHOP)));
  expect(text).toMatch(/^graph LR\n/);
  expect(text).not.toMatch(/flowchart|<br|---/);
  const ends = [...text.matchAll(/^ *(\w+) (?:-->|==>|-\.->)\|"[^"]*"\| (\w+)$/gm)].flatMap(
    ([, ...ids]) => ids,
  );
  expect(ends.filter((id) => !/^n\d+$/.test(id))).toEqual([]);
});

test('a picture in SVG says what it shows', () => {
  const elements = readXml(write('svg', connections(judged(...SHOP))));
  const [svg, title, desc] = elements;
  expect(svg?.attributes).toMatchObject({
    role: 'img',
    'aria-labelledby': `${title?.attributes.id} ${desc?.attributes.id}`,
  });
  expect(title).toMatchObject({ name: 'title', text: 'Who can reach whom' });
  expect(desc?.text).toContain('shop/db');
});
