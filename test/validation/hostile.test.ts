import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NetworkPolicyValidation, type ViolationLike } from 'cdk8s-aks-network-policy/validation';
import fc from 'fast-check';
import { expectWords } from '../support/harmless-text';
import { brokenShop, COMMANDS, hostileShop, hostileText, writeHostile } from '../support/hostile';

const folder = mkdtempSync(join(tmpdir(), 'hostile-'));
afterAll(() => rmSync(folder, { recursive: true }));

test.each([
  { what: 'what a server takes', objectsOf: hostileShop },
  { what: 'what no server takes', objectsOf: brokenShop },
])('$what is no command in what the plugin reports', async ({ objectsOf }) => {
  await fc.assert(
    fc.asyncProperty(hostileText, async (text) => {
      const { manifests, config } = writeHostile(mkdtempSync(join(folder, 'run-')), text, objectsOf(text));
      const violations: ViolationLike[] = [];
      const metadata: Record<string, { readonly path: string }> = {};
      let summary = {};
      await new NetworkPolicyValidation({ config, engine: 'azure' }).validate({
        manifests: readdirSync(manifests).map((name) => join(manifests, name)),
        metadata,
        report: {
          addViolation: (violation) => violations.push(violation),
          submit: (_, told = {}) => {
            summary = told;
          },
        },
      });
      expect(violations).not.toEqual([]);
      for (const each of textsOf([violations, metadata, summary])) {
        expect(each).not.toContain('\n');
        expectWords(each);
      }
    }),
    { numRuns: 30, examples: COMMANDS.map((text): [string] => [text]) },
  );
});

/** Every text in a value, keys among them. */
function textsOf(value: unknown): string[] {
  return typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([key, inner]) => [key, ...textsOf(inner)])
    : [`${value}`];
}
