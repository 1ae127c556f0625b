import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { RULES } from '../../lib/lint/catalogue';
import { rulePage } from '../../lib/lint/rule-page';
import { FINDING_CODES, type FindingCode } from '../../lib/model/finding';
import { type RulePage, readRulePage } from './read-rule-page';

const ROOT = resolve(__dirname, '../..');

export const RULES_FOLDER = join(ROOT, 'lib/lint/rules');

/** The page about linting, which ends with the table of all rules. */
const INDEX = join(ROOT, 'lib/lint/README.md');

const SCHEMAS = join(ROOT, 'lib/render/schemas');

const pageFile = (id: FindingCode) => join(RULES_FOLDER, `${id}.md`);

/** The pages of the rules, as they are written by hand. */
export const RULE_PAGES = Object.fromEntries(
  FINDING_CODES.map((id) => {
    const file = pageFile(id);
    return [id, readRulePage(readFileSync(file, 'utf8'), relative(ROOT, file))];
  }),
) as Readonly<Record<FindingCode, RulePage>>;

/**
 * What `npm run pages` writes, by the path of the file: what of a rule's page comes from the rule, what the program
 * prints of it, the list of all rules, and the schemas that have their names.
 */
export function pages(): ReadonlyMap<string, string> {
  return new Map([
    [INDEX, index()],
    [join(ROOT, 'lib/lint/rule-prose.json'), prose()],
    ...schemas(),
    ...RULES.map((rule) => [pageFile(rule.id), rulePage(rule, RULE_PAGES[rule.id])] as const),
  ]);
}

function index(): string {
  const rows = RULES.map(
    ({ id, severity, summary }) => `| [${id}](rules/${id}.md) | ${severity} | ${summary} |`,
  );
  const [byHand] = readFileSync(INDEX, 'utf8').split('| Rule |');
  return `${byHand}| Rule | Severity | What is the matter |
|---|---|---|
${rows.join('\n')}
`;
}

function prose(): string {
  const byRule = FINDING_CODES.map((id) => {
    const { why, below } = RULE_PAGES[id];
    return [id, { why, below }];
  });
  return `${JSON.stringify(Object.fromEntries(byRule), undefined, 2)}\n`;
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
