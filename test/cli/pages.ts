import { join, resolve } from 'node:path';
import { programAt } from '../../lib/cli/program';
import { cli } from '../support/run-cli';

const FOLDER = resolve(__dirname, '../../lib/cli/commands');

/** What `npm run pages` writes for people: a page for each verb, which is what its `--help` prints, by the path of the file. */
export async function verbPages(): Promise<ReadonlyMap<string, string>> {
  const verbs = programAt(process).commands.map((verb) => verb.name());
  const pages = new Map<string, string>();
  for (const verb of verbs) {
    const { out } = await cli(verb, '--help');
    pages.set(
      join(FOLDER, `${verb}.md`),
      `# aks-netpol ${verb}

[All verbs](../README.md)

\`\`\`text
${out.trim()}
\`\`\`
`,
    );
  }
  return pages;
}
