import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Chart } from 'cdk8s';
import { AksNetworkPolicy, IngressRule, Peer } from 'cdk8s-aks-network-policy';
import fc from 'fast-check';
import { expectWords } from '../support/harmless-text';
import { COMMANDS, hostileText } from '../support/hostile';

test('what a program prints of its findings is no command, whatever its constructs are called', () => {
  const outdir = mkdtempSync(join(tmpdir(), 'hostile-'));
  const printed: string[] = [];
  const spy = jest.spyOn(process.stderr, 'write').mockImplementation((text) => printed.push(`${text}`) > 0);
  fc.assert(
    fc.property(hostileText, (id) => {
      printed.length = 0;
      const app = new App({ outdir });
      const policy = new AksNetworkPolicy(new Chart(app, 'shop'), id, { name: 'p' });
      policy.addRule(IngressRule.allow({ from: [Peer.ipBlock('10.0.0.4/32')] }));
      app.synth();
      expect(printed.join('').split('\n')).toHaveLength(4);
      expectWords(printed.join(''));
    }),
    { numRuns: 50, examples: COMMANDS.map((text): [string] => [text]) },
  );
  spy.mockRestore();
  rmSync(outdir, { recursive: true });
});
