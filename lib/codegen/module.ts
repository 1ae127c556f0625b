import type { WrittenPolicy } from '../manifests/written-policy';
import { qualifiedName } from '../model/cluster';
import { append } from '../model/collections';
import { isPlainObject, show } from '../model/problem';
import { describeSource } from '../model/source-position';
import { MANAGED_BY, MANAGED_BY_LABEL } from '../plan/ownership';
import { call, namesIn, object, printCode, WIDTH } from './code';
import { commentLines, quoted } from './literals';
import { type PolicyCode, policyCode } from './policy-code';
import { labelsCode } from './selectors';

export interface ModuleOptions {
  /**
   * Whether to add the label that says that the program manages the policies.
   *
   * @default false
   */
  readonly adopt?: boolean;
}

export interface PolicyModule {
  readonly text: string;
  /** Notes about policies that are not written as constructs, or not adopted, in the order of the policies. */
  readonly notes: readonly ImportNote[];
}

export interface ImportNote {
  readonly kind: 'left-as-object' | 'not-imported' | 'not-adopted';
  readonly policy: WrittenPolicy;
  readonly reason: string;
}

/** `policies/db.yaml:12: NetworkPolicy shop/db: left as an ApiObject: …` */
export function describeNote({ kind, policy, reason }: ImportNote): string {
  const words = {
    'left-as-object': 'left as an ApiObject',
    'not-imported': 'not imported',
    'not-adopted': 'not adopted',
  };
  return [describeSource(policy.source), nameOf(policy), `${words[kind]}: ${reason}`]
    .filter((part) => part)
    .join(': ');
}

function nameOf({ namespace, name }: WrittenPolicy): string {
  return `NetworkPolicy ${qualifiedName({ namespace: namespace ?? '(no namespace)', name: name ?? '(no name)' })}`;
}

/**
 * Policies as a TypeScript module: a chart for each namespace, and in it a construct for each policy. The charts write the
 * same policies, as the API server stores them. A policy that the construct cannot express is written as an ApiObject, and
 * one that cannot be written at all is named in a comment at the end.
 */
export function policyModule(
  policies: readonly WrittenPolicy[],
  { adopt = false }: ModuleOptions = {},
): PolicyModule {
  const notes: ImportNote[] = [];
  const charts = new Map<string, ConstructCode[]>();
  const ids = new Map<string, Set<string>>();
  for (const policy of policies) {
    const { namespace = '' } = policy;
    const taken = ids.get(namespace) ?? new Set();
    ids.set(namespace, taken);
    const code = policyCode(policy, idOf(policy, taken));
    if (code.as === 'nothing') {
      notes.push({ kind: 'not-imported', policy, reason: code.reason });
      continue;
    }
    append(charts, namespace, code);
    if (code.reason !== undefined) {
      notes.push({ kind: 'left-as-object', policy, reason: code.reason });
    }
    const manager = adopt ? managerOf(policy) : undefined;
    if (manager !== undefined) {
      notes.push({
        kind: 'not-adopted',
        policy,
        reason: `${MANAGED_BY_LABEL} stays ${manager}; remove the policy there before the program owns it`,
      });
    }
  }
  return { text: textOf(charts, notes, adopt), notes };
}

type ConstructCode = Exclude<PolicyCode, { readonly as: 'nothing' }>;

function idOf({ name = '' }: WrittenPolicy, taken: Set<string>): string {
  // A generated name ends in `?`.
  const known = name.replace(/-?\?$/, '') || 'policy';
  // Constructs keep their children in a plain object, in which numbers come first and names of every object are taken.
  const stem = /^\d+$/.test(known) || known in {} ? `policy-${known}` : known;
  let id = stem;
  // In a construct's id, `/` and `--` are the same.
  for (let i = 2; taken.has(id.replaceAll('/', '--')); i++) {
    id = `${stem}-${i}`;
  }
  taken.add(id.replaceAll('/', '--'));
  return id;
}

/** The other manager of a policy, if any. */
function managerOf({ value }: WrittenPolicy): string | undefined {
  const { labels } = (value.metadata ?? {}) as { readonly labels?: unknown };
  const manager = isPlainObject(labels) ? labels[MANAGED_BY_LABEL] : undefined;
  return manager == null || manager === MANAGED_BY
    ? undefined
    : typeof manager === 'string'
      ? manager
      : show(manager);
}

function textOf(
  charts: ReadonlyMap<string, readonly ConstructCode[]>,
  notes: readonly ImportNote[],
  adopt: boolean,
): string {
  const names = classNames([...charts.keys()]);
  const classes = [...charts].map(([namespace, constructs]) =>
    chartText(names.get(namespace) as string, namespace, constructs, adopt),
  );
  const notImported = notes
    .filter(({ kind }) => kind === 'not-imported')
    .flatMap((note) =>
      commentLines(`Not imported: ${describeNote(note).replace('not imported: ', '')}`, WIDTH),
    );
  return [
    importsText([...charts.values()].flat()),
    ...classes,
    ...(names.size > 1 ? [functionText([...names.values()])] : []),
    ...(notImported.length > 0 ? [`${notImported.join('\n')}\n`] : []),
  ].join('\n');
}

const PACKAGES: Readonly<Record<string, string>> = { ApiObject: 'cdk8s', Chart: 'cdk8s', JsonPatch: 'cdk8s' };

function importsText(constructs: readonly ConstructCode[]): string {
  if (constructs.length === 0) {
    return 'export {};\n';
  }
  const names = [...new Set(['Chart', ...constructs.flatMap(({ code }) => namesIn(code))])].sort();
  const packages = new Map<string, string[]>();
  for (const name of names) {
    append(packages, PACKAGES[name] ?? 'cdk8s-aks-network-policy', name);
  }
  const imports = [...packages]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([from, list]) => {
      const line = `import { ${list.join(', ')} } from '${from}';\n`;
      return line.length <= WIDTH + 1
        ? line
        : `import {\n${list.map((name) => `  ${name},\n`).join('')}} from '${from}';\n`;
    });
  return `${imports.join('')}import type { Construct } from 'constructs';\n`;
}

function chartText(
  className: string,
  namespace: string,
  constructs: readonly ConstructCode[],
  adopt: boolean,
): string {
  const props = object([
    { name: 'namespace', code: quoted(namespace) },
    ...(adopt ? [{ name: 'labels', code: labelsCode({ [MANAGED_BY_LABEL]: MANAGED_BY }) }] : []),
  ]);
  const statements = [{ code: call('super', 'scope', 'id', props), comments: [] }, ...constructs].map(
    ({ code, comments }) =>
      [...comments, `${printCode(code, 4, 4, 1)};`].map((line) => `    ${line}\n`).join(''),
  );
  return `/** The network policies of namespace ${namespace}. */
export class ${className} extends Chart {
  public constructor(scope: Construct, id = ${quoted(chartId(namespace))}) {
${statements.join('\n')}  }
}
`;
}

function functionText(classes: readonly string[]): string {
  return `/** Adds a chart for each namespace to an app. */
export function addNetworkPolicies(app: Construct): void {
${classes.map((name) => `  new ${name}(app);\n`).join('')}}
`;
}

/** The id of the chart of a namespace. Constructs keep their children in a plain object, which has names of its own. */
export function chartId(namespace: string): string {
  return namespace in {} ? `policies-${namespace}` : namespace;
}

/** The class of the policies of a namespace, where no other namespace has the same words: `ShopPolicies`. */
export function moduleClassName(namespace: string): string {
  return `${stemOf(namespace)}Policies`;
}

function stemOf(namespace: string): string {
  const words = namespace.split('-').map((word) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`);
  return words.join('').replace(/^(?=\d)/, 'Namespace');
}

/** `kube-system` becomes `KubeSystemPolicies`; equal names get a number. */
function classNames(namespaces: readonly string[]): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  const taken = new Set<string>();
  for (const namespace of namespaces) {
    const stem = stemOf(namespace);
    let name = `${stem}Policies`;
    for (let i = 2; taken.has(name); i++) {
      name = `${stem}${i}Policies`;
    }
    taken.add(name);
    names.set(namespace, name);
  }
  return names;
}
