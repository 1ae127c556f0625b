import { append } from '../model/append';
import type { PolicyEntry } from '../model/cluster';
import { defined } from '../model/defined';
import { type ConstructFindingCode, FINDINGS, readCodePosition } from '../model/finding';
import { about, type LintContext } from './context';
import { oncePerContext } from './once';
import type { Observation } from './rule';

interface ByConstruct {
  readonly policies: ReadonlyMap<string, readonly PolicyEntry[]>;
  /** `blank-selector app/shop/db`: what constructs say themselves. */
  readonly said: ReadonlySet<string>;
}

const byConstruct = oncePerContext(({ cluster, intent }: LintContext): ByConstruct => {
  const policies = new Map<string, PolicyEntry[]>();
  for (const policy of cluster.policies) {
    if (policy.source?.construct !== undefined) {
      append(policies, policy.source.construct, policy);
    }
  }
  return { policies, said: new Set(intent.findings.map(({ code, path }) => `${code} ${path}`)) };
});

/**
 * What constructs found in themselves, each on the policy that the construct wrote. Those that the program
 * acknowledges are among them: their acknowledgements come separately and accept them.
 */
export function* constructFindings(context: LintContext, id: ConstructFindingCode): Generator<Observation> {
  for (const { code, at, message, path, source } of context.intent.findings) {
    if (code !== id) {
      continue;
    }
    const position = readCodePosition(source);
    const [policy] = byConstruct(context).policies.get(path) ?? [];
    yield {
      ...(policy === undefined ? { object: { kind: 'Construct', name: path } } : about(policy)),
      source: { ...policy?.source, construct: path, ...defined({ code: position }) },
      field: at,
      message: withoutEnd(message, `; ${FINDINGS[id].fix}`),
      fix: FINDINGS[id].fix,
    };
  }
}

/** The policies that a rule judges by their manifests: those of which no construct has said it already. */
export function policiesToJudge(context: LintContext, id: ConstructFindingCode): readonly PolicyEntry[] {
  const { said } = byConstruct(context);
  return said.size === 0
    ? context.cluster.policies
    : context.cluster.policies.filter(({ source }) => !said.has(`${id} ${source?.construct}`));
}

function withoutEnd(text: string, end: string): string {
  return text.endsWith(end) ? text.slice(0, -end.length) : text;
}
