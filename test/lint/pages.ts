import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { RULES } from '../../lib/lint/catalogue';
import { rulePage } from '../../lib/lint/rule-page';
import { FINDING_CODES } from '../../lib/model/finding';

export const RULES_FOLDER = resolve(__dirname, '../../lib/lint/rules');

const SCHEMAS = resolve(RULES_FOLDER, '../../render/schemas');

const INDEX = resolve(RULES_FOLDER, '../README.md');

/** Every page of the catalogue, and the schemas that list its rules: the path of the file and what stands in it. */
export function pages(): ReadonlyMap<string, string> {
  return new Map([
    [INDEX, index()],
    ...schemas(),
    ...RULES.map((rule) => [join(RULES_FOLDER, `${rule.id}.md`), rulePage(rule)] as const),
  ]);
}

function index(): string {
  const rows = RULES.map(
    ({ id, severity, summary }) => `| [${id}](rules/${id}.md) | ${severity} | ${summary} |`,
  );
  return `# The rules

What \`aks-netpol lint\` and the validation plugin judge network policies by. A rule asks the evaluator wherever the
question is about connectivity, and is silent where it cannot tell. Ids never change their meaning.

| Rule | Severity | What is the matter |
|---|---|---|
${rows.join('\n')}
`;
}

/** The schemas that have findings with the names of all rules, as the formatter writes them. */
function schemas(): (readonly [file: string, text: string])[] {
  const names = FINDING_CODES.map((code) => `\n        "${code}"`).join(',');
  return readdirSync(SCHEMAS).map((name) => {
    const file = join(SCHEMAS, name);
    const text = readFileSync(file, 'utf8').replace(
      /("FindingCode": \{[^}]*"enum": \[)[^\]]*\s*\]/,
      (_, before: string) => `${before}${names}\n      ]`,
    );
    return [file, text] as const;
  });
}
