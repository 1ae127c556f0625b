import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readProfile } from '../../lib/aks/read-profile';

const folder = mkdtempSync(join(tmpdir(), 'profiles-'));
afterAll(() => rmSync(folder, { recursive: true }));

function file(text: string): string {
  const path = join(folder, 'profile.yaml');
  writeFileSync(path, text);
  return path;
}

test.each([
  { why: 'nothing, where no option says anything', text: undefined, profile: {} },
  {
    why: 'what the file says',
    text: 'engine: calico\nkubernetesVersion: "1.35"\n',
    profile: { engine: 'calico', kubernetesVersion: '1.35' },
  },
  { why: 'what JSON says', text: '{ "engine": "azure" }', profile: { engine: 'azure' } },
])('a profile is $why', ({ text, profile }) => {
  expect(readProfile(text === undefined ? {} : { profile: file(text) })).toEqual(profile);
});

test('the engine of the option counts, whatever the file says', () => {
  const text = 'engine: calico\nkubernetesVersion: "1.35"\n';
  expect(readProfile({ profile: file(text), engine: 'cilium' })).toEqual({
    engine: 'cilium',
    kubernetesVersion: '1.35',
  });
  expect(readProfile({ engine: 'none' })).toEqual({ engine: 'none' });
});

test('a file that is not there, or is wrong, is told by its name', () => {
  const missing = join(folder, 'missing.yaml');
  expect(() => readProfile({ profile: missing })).toThrow(
    expect.objectContaining({ code: 'file-unreadable', at: '--profile', got: `"${missing}"` }),
  );
  expect(() => readProfile({ profile: missing }, 'profile')).toThrow(
    expect.objectContaining({ at: 'profile' }),
  );
  const wrong = file('engine: weave\n');
  expect(() => readProfile({ profile: wrong })).toThrow(
    expect.objectContaining({ at: expect.stringMatching(`^${wrong}: `) }),
  );
});
