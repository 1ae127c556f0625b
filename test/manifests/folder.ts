import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type ReadManifestsOptions, readManifests } from '../../lib/manifests/read-manifests';
import { aboutInventory } from '../../lib/model/inventory-lines';
import { deployment, policy } from '../support/shop';

/** The files of a folder, each with its text or the object in it. */
export type Files = Readonly<Record<string, string | object>>;

export const web = deployment('web');
export const db = deployment('db', [5432]);
export const shut = policy('db', { podSelector: { matchLabels: { app: 'db' } }, policyTypes: ['Ingress'] });
export const open = policy('db', { podSelector: { matchLabels: { app: 'db' } }, ingress: [{}] });
export const CHART = 'apiVersion: v2\nname: shop\nversion: 1.0.0\n';

/** Gives each test of a file an empty folder, which is removed after it. */
export function useFolder() {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'inventory-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  /** A path in the folder, or its own. */
  const at = (path = '.') => join(folder, path);

  function write(files: Files): void {
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(dirname(at(path)), { recursive: true });
      writeFileSync(at(path), typeof content === 'string' ? content : JSON.stringify(content));
    }
  }

  const inFolder = (text: string) => text.replaceAll(`${folder}/`, '').replaceAll(folder, '.');

  /** What a person gets to read of the folder, and what is wrong. */
  function told(options: ReadManifestsOptions = {}, ...paths: string[]) {
    const { cluster, problems } = readManifests(
      paths.length === 0 ? [folder] : paths.map((path) => at(path)),
      options,
    );
    return {
      lines: aboutInventory(cluster.inventory).map(inFolder),
      problems: problems.map(({ code, source }) => `${inFolder(source.file ?? '')} ${code}`),
      cluster,
    };
  }

  return { at, write, inFolder, told };
}
