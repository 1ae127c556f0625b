import type { PolicyEntry } from '../model/cluster';
import { append } from '../model/collections';
import { defined } from '../model/defined';
import { type ConstructFindingCode, FINDINGS, readCodePosition } from '../model/finding';
import type { SourcePosition } from '../model/source-position';
import { about, type LintContext, oncePerContext } from './context';
import { eachPolicy, type LintRule, type Observation, type PolicyObservation } from './lint-rule';

interface ByConstruct {
  readonly policies: ReadonlyMap<string, readonly PolicyEntry[]>;
  /** `blank-selector` and the construct: what constructs say themselves. */
  readonly said: ReadonlySet<string>;
}

const byConstruct = oncePerContext(({ policies: judged, intent }: LintContext): ByConstruct => {
  const policies = new Map<string, PolicyEntry[]>();
  for (const policy of judged) {
    const construct = constructOf(policy.source);
    if (construct !== undefined) {
      append(policies, construct, policy);
    }
  }
  const said = intent.programs.flatMap(({ program, findings }) =>
    findings.map(({ code, path }) => `${code} ${constructOf({ program, construct: path })}`),
  );
  return { policies, said: new Set(said) };
});

/** A construct of a program, whichever has one of the same path; undefined where an object only claims one. */
function constructOf({ program, construct }: SourcePosition = {}): string | undefined {
  return program === undefined ? undefined : JSON.stringify([program.file, program.name, construct]);
}

/**
 * The check of a rule about what constructs find in themselves.
 *
 * @param judge tells the same of a policy by its manifest, where no construct has said it
 */
export function foundInConstructs(
  id: ConstructFindingCode,
  judge?: (policy: PolicyEntry, context: LintContext) => Iterable<PolicyObservation>,
): LintRule['check'] {
  return function* (context) {
    yield* constructFindings(context, id);
    const { said } = byConstruct(context);
    yield* eachPolicy((policy) =>
      judge === undefined || (said.size > 0 && said.has(`${id} ${constructOf(policy.source)}`))
        ? []
        : judge(policy, context),
    )(context);
  };
}

/**
 * What constructs found in themselves, each on the policy that the construct wrote. Those that the program
 * acknowledges are among them: their acknowledgements come separately and accept them.
 */
function* constructFindings(context: LintContext, id: ConstructFindingCode): Generator<Observation> {
  for (const { program, findings } of context.intent.programs) {
    for (const { code, at, message, path: construct, source } of findings) {
      if (code !== id) {
        continue;
      }
      const position = readCodePosition(source);
      const [policy] = byConstruct(context).policies.get(`${constructOf({ program, construct })}`) ?? [];
      yield {
        ...(policy === undefined ? { object: { kind: 'Construct', name: construct } } : about(policy)),
        source: { ...policy?.source, construct, program, ...defined({ code: position }) },
        field: at,
        message: withoutEnd(message, `; ${FINDINGS[id].fix}`),
        fix: FINDINGS[id].fix,
      };
    }
  }
}

function withoutEnd(text: string, end: string): string {
  return text.endsWith(end) ? text.slice(0, -end.length) : text;
}
