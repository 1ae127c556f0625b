import { AksClusterProfile } from '../../lib/aks/cluster-profile';
import type { LintContext } from '../../lib/lint/context';
import type { RuleProse } from '../../lib/lint/rule-page';
import { defined } from '../../lib/model/defined';

/** Manifests, and what is known beside them. */
export interface Example {
  /** YAML, as short as it can be. */
  readonly manifests: string;
  readonly profile?: AksClusterProfile;
  /** The day on which it is judged, `YYYY-MM-DD`. */
  readonly today?: string;
  /** What an author says beside the manifests. */
  readonly intent?: Partial<LintContext['intent']>;
}

/** What is written by hand on the page of a rule. */
export interface RulePage extends RuleProse {
  /** The rule speaks on the bad example, and is silent on the good one. */
  readonly bad: Example;
  readonly good: Example;
}

/**
 * Reads the page of a rule, line by line. Its title, its summary and what to write instead come from the rule;
 * everything else is written by hand.
 *
 * @throws Error with the file and the line where the page has another form
 */
export function readRulePage(text: string, file: string): RulePage {
  const page = new PageReader(text, file);
  page.paragraph('the title "# id"', /^# [\w-]+$/);
  page.paragraph('"severity: summary."', /^(error|warning|info): .*\.$/);
  const [why] = page.paragraph('why it hurts, on one line', PLAIN);
  if (page.isAt(/^\*\*Instead\*\*/)) {
    page.paragraph('"**Instead**, in YAML: ..."', /^\*\*Instead\*\*, in YAML: .*\.$/);
    page.paragraph('"With constructs: ..."', /^With constructs: .*\.$/);
    if (page.isAt(/^In a policy of Cilium's own kinds: /)) {
      page.skip();
    }
  } else {
    page.paragraph('"**Instead:** ..."', /^\*\*Instead:\*\* .*\.$/);
  }
  const below = page.rest();
  page.paragraph('"## Reported"', /^## Reported$/);
  const bad = readExample(page);
  page.paragraph('"## Not reported"', /^## Not reported$/);
  const good = readExample(page);
  if (page.isAt(/^## What it does not see$/)) {
    page.skip();
    page.paragraph('what it does not see, on one line', PLAIN);
  }
  if (page.isAt(/^## Sources$/)) {
    page.skip();
    do {
      page.line('"- a source, read YYYY-MM-DD"', /^- .+, read \d{4}-\d\d-\d\d$/);
    } while (page.isAt(/./));
    page.gap();
  }
  page.end();
  return { why, below, bad, good };
}

/** A paragraph of text. */
const PLAIN = /^[^#*`\s-].*\.$/;

function readExample(page: PageReader): Example {
  const [, today] = page.isAt(/^On \d/) ? page.paragraph('"On YYYY-MM-DD:"', /^On (\d{4}-\d\d-\d\d):$/) : [];
  const profile = page.isAt(/^On a cluster with this profile:$/)
    ? page.introduced('yaml', AksClusterProfile.fromYaml)
    : undefined;
  const intent = page.isAt(/^Beside the manifests is said:$/)
    ? page.introduced('json', (text): Example['intent'] => JSON.parse(text))
    : undefined;
  return { manifests: allOf(page.block('yaml')), ...defined({ today, profile, intent }) };
}

/** Documents that a page leaves out: `# and so on, up to aks-250` behind the one of `aks-2`. */
function allOf(manifests: string): string {
  return manifests.replace(
    /(?<document>.*-(?<last>\d+) .*\n)---\n# and so on, up to [\w-]+-(?<end>\d+)\n/,
    (...found) => {
      const { document, last, end } = found.at(-1) as { document: string; last: string; end: string };
      const numbers = Array.from({ length: Number(end) - Number(last) + 1 }, (_, i) => Number(last) + i);
      return numbers.map((number) => document.replace(`-${last} `, `-${number} `)).join('---\n');
    },
  );
}

/** The lines of a page, read one after the other; blocks stand apart by one empty line. */
class PageReader {
  private readonly lines: readonly string[];
  private at = 0;

  public constructor(
    text: string,
    private readonly file: string,
  ) {
    this.lines = text.split('\n');
  }

  public isAt(pattern: RegExp): boolean {
    return pattern.test(this.lines[this.at] ?? '');
  }

  /** A line of which `wanted` says what it is to be. */
  public line(wanted: string, pattern: RegExp): RegExpExecArray {
    const found = pattern.exec(this.lines[this.at] ?? '');
    if (found === null || this.at === this.lines.length) {
      return this.refuse(wanted);
    }
    this.at += 1;
    return found;
  }

  /** A line by itself. */
  public paragraph(wanted: string, pattern: RegExp): RegExpExecArray {
    const found = this.line(wanted, pattern);
    this.gap();
    return found;
  }

  /** A line by itself that is known already. */
  public skip(): void {
    this.paragraph('a line', /./);
  }

  public gap(): void {
    this.line('an empty line', /^$/);
  }

  /** What stands between fences. */
  public block(language: string): string {
    this.line(`a block of ${language}`, new RegExp(`^\`\`\`${language}$`));
    const from = this.at;
    while (!this.isAt(/^```$/)) {
      this.line('the end of the block', /^/);
    }
    const text = this.lines.slice(from, this.at).join('\n');
    this.skip();
    return `${text}\n`;
  }

  /** A block behind a line that tells what is in it. */
  public introduced<T>(language: string, read: (text: string) => T): T {
    this.skip();
    const from = this.at;
    const text = this.block(language);
    try {
      return read(text);
    } catch (error) {
      this.at = from;
      return this.refuse(`a block of ${language} that can be read (${(error as Error).message})`);
    }
  }

  /** All that follows. */
  public rest(): string {
    return this.lines.slice(this.at).join('\n').trimEnd();
  }

  public end(): void {
    if (this.at < this.lines.length) {
      this.refuse('the end of the page');
    }
  }

  private refuse(wanted: string): never {
    const found = this.at < this.lines.length ? JSON.stringify(this.lines[this.at]) : 'the end of the page';
    throw new Error(`${this.file}:${this.at + 1}: it has to be ${wanted}; got ${found}`);
  }
}
