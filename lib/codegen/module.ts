import { isAksPolicy } from '../aks/own-policies';
import type { WrittenPolicy } from '../manifests/written-policy';
import { qualifiedName } from '../model/cluster';
import { append } from '../model/collections';
import { type ManagedKind, policyKindOf } from '../model/policy-kinds';
import { isPlainObject, show } from '../model/problem';
import { describeSource } from '../model/source-position';
import { MANAGED_BY, MANAGED_BY_LABEL } from '../plan/ownership';
import { call, namesIn, object, printCode, WIDTH } from './code';
import { commentLines, quoted } from './literals';
import type { PolicyCode } from './object-code';
import { policyCode } from './policy-code';
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
  readonly kind: 'left-as-object' | 'not-imported' | 'not-adopted' | 'left-to-aks';
  readonly policy: WrittenPolicy;
  readonly reason: string;
}

/** `policies/db.yaml:12: NetworkPolicy shop/db: left as an ApiObject: …` */
export function describeNote({ kind, policy, reason }: ImportNote): string {
  const words = {
    'left-as-object': 'left as an ApiObject',
    'not-imported': 'not imported',
    'not-adopted': 'not adopted',
    'left-to-aks': 'not imported',
  };
  return [describeSource(policy.source), nameOf(policy), `${words[kind]}: ${reason}`]
    .filter((part) => part)
    .join(': ');
}

function nameOf(policy: WrittenPolicy): string {
  const { namespace = '(no namespace)', name = '(no name)' } = policy;
  const { kind, isNamespaced } = kindOf(policy);
  return `${kind} ${isNamespaced ? qualifiedName({ namespace, name }) : name}`;
}

function kindOf({ value }: WrittenPolicy): ManagedKind {
  return policyKindOf({ kind: String(value.kind) });
}

/**
 * Policies as a TypeScript module: a chart for each namespace and one for clusterwide policies, and in it a construct for
 * each policy. The charts write NetworkPolicies as the API server stores them, and policies of Cilium's kinds that mean the
 * same. A policy that a construct cannot express is written as an ApiObject, and one that cannot be written at all is named
 * in a comment at the end.
 */
export function policyModule(
  policies: readonly WrittenPolicy[],
  { adopt = false }: ModuleOptions = {},
): PolicyModule {
  const notes: ImportNote[] = [];
  const charts = new Map<string, ConstructCode[]>();
  const ids = new Map<string, Set<string>>();
  const copies = sameNames(policies);
  for (const policy of policies) {
    if (isAksPolicy({ kind: kindOf(policy).kind, name: policy.name ?? '' })) {
      notes.push({ kind: 'left-to-aks', policy, reason: 'AKS puts it into clusters by itself' });
      continue;
    }
    const namespace = kindOf(policy).isNamespaced ? (policy.namespace ?? '') : CLUSTERWIDE;
    const taken = ids.get(namespace) ?? new Set();
    ids.set(namespace, taken);
    const alone = policyCode(policy, idOf(policy, taken));
    const code: PolicyCode =
      copies.has(policy) && alone.as !== 'nothing'
        ? { as: 'nothing', reason: 'another one has its name and says something else' }
        : alone;
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

/** Stands for the namespace of policies that have none. */
const CLUSTERWIDE = '*';

/** The policies of one kind that share a name: nobody knows which of them the cluster has. */
function sameNames(policies: readonly WrittenPolicy[]): ReadonlySet<WrittenPolicy> {
  const byName = new Map<string, WrittenPolicy[]>();
  for (const policy of policies.filter(({ name }) => name !== undefined && !name.endsWith('?'))) {
    append(byName, `${kindOf(policy).kind} ${policy.namespace ?? ''}/${policy.name}`, policy);
  }
  return new Set([...byName.values()].filter((some) => some.length > 1).flat());
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
  const classes = [...charts].map(([namespace, constructs]) => {
    const known = namespace === CLUSTERWIDE ? 'clusterwide' : namespace;
    const isTaken = known in {} || (known !== namespace && charts.has(known));
    const id = isTaken ? `policies-${known}` : known;
    return chartText({ className: names.get(namespace) as string, id, namespace }, constructs, adopt);
  });
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
  {
    className,
    id,
    namespace,
  }: { readonly className: string; readonly id: string; readonly namespace: string },
  constructs: readonly ConstructCode[],
  adopt: boolean,
): string {
  const isClusterwide = namespace === CLUSTERWIDE;
  const props = object([
    ...(isClusterwide ? [] : [{ name: 'namespace', code: quoted(namespace) }]),
    ...(adopt ? [{ name: 'labels', code: labelsCode({ [MANAGED_BY_LABEL]: MANAGED_BY }) }] : []),
  ]);
  const options = props.parts.length === 0 ? [] : [props];
  const statements = [{ code: call('super', 'scope', 'id', ...options), comments: [] }, ...constructs].map(
    ({ code, comments }) =>
      [...comments, `${printCode(code, 4, 4, 1)};`].map((line) => `    ${line}\n`).join(''),
  );
  const whose = isClusterwide
    ? 'The clusterwide network policies'
    : `The network policies of namespace ${namespace}`;
  return `/** ${whose}. */
export class ${className} extends Chart {
  public constructor(scope: Construct, id = ${quoted(id)}) {
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

/** `kube-system` becomes `KubeSystemPolicies`; equal names get a number. */
function classNames(namespaces: readonly string[]): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  const taken = new Set<string>();
  for (const namespace of namespaces) {
    const words = (namespace === CLUSTERWIDE ? 'clusterwide' : namespace)
      .split('-')
      .map((word) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`);
    const stem = words.join('').replace(/^(?=\d)/, 'Namespace');
    let name = `${stem}Policies`;
    for (let i = 2; taken.has(name); i++) {
      name = `${stem}${i}Policies`;
    }
    taken.add(name);
    names.set(namespace, name);
  }
  return names;
}
