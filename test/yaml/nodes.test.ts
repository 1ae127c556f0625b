import { type Event, parseEvents } from 'js-yaml';
import { duplicateKeys } from '../../lib/yaml/duplicate-keys';
import { locate } from '../../lib/yaml/locate';
import { Nodes } from '../../lib/yaml/nodes';

/** How many events are looked at while something is done with the nodes of a text. */
function steps(text: string, act: (nodes: Nodes) => void): number {
  let count = 0;
  const events = new Proxy(parseEvents(text, {}) as Event[], {
    get(target, key, receiver) {
      count += typeof key === 'string' && /^\d+$/.test(key) ? 1 : 0;
      return Reflect.get(target, key, receiver);
    },
  });
  act(new Nodes(events, text));
  return count;
}

const repeated = (n: number, entry: (i: number) => string) =>
  Array.from({ length: n }, (_, i) => entry(i)).join('');

test.each([
  {
    why: 'each entry of a list that has a problem',
    text: (n: number) => repeated(n, () => '- a: 1\n'),
    act: (nodes: Nodes, n: number) => {
      for (let i = 0; i < n; i++) {
        locate(nodes, 1, { code: 'type-mismatch', at: [i, 'a'] });
      }
    },
  },
  {
    why: 'each key of an object that has a problem',
    text: (n: number) => repeated(n, (i) => `a${i}: 1\n`),
    act: (nodes: Nodes, n: number) => {
      for (let i = 0; i < n; i++) {
        locate(nodes, 1, { code: 'type-mismatch', at: [`a${i}`] });
      }
    },
  },
  {
    why: 'keys of lists in lists',
    text: (n: number) => `${'['.repeat(n / 5)}${']'.repeat(n / 5)}`,
    act: (nodes: Nodes) => duplicateKeys(nodes, 1),
  },
  {
    why: 'a key that is no text in lists in lists',
    text: (n: number) => `${'['.repeat(n / 5)}{[a]: 1}${']'.repeat(n / 5)}`,
    act: (nodes: Nodes) => nodes.keyThatIsNoText(1),
  },
])('twice as many take twice the steps: $why', ({ text, act }) => {
  const [few, many] = [200, 400].map((n) => steps(text(n), (nodes) => act(nodes, n))) as [number, number];
  expect(many).toBeLessThan(2.1 * few);
  expect(few).toBeGreaterThan(0);
});
