import type { FieldPath } from '../model/field-path';
import { namesHosts } from '../model/named-host';
import { isPlainObject } from '../model/problem';
import { allRulesIn, type CiliumSpec, ciliumSpecs, filtersIn, type Part, partsUnder } from './cilium-specs';
import type { LintContext } from './context';

/** A host name of a rule, or a pattern of such names. */
export interface WrittenName {
  readonly key: 'matchName' | 'matchPattern';
  readonly text: string;
}

/** The names in a list of `toFQDNs` or `rules.dns`; undefined where an entry has none. */
export function writtenNamesIn(list: unknown): readonly WrittenName[] | undefined {
  const names = Array.isArray(list) ? list.map(nameIn) : [undefined];
  return names.some((each) => each === undefined) ? undefined : (names as readonly WrittenName[]);
}

function nameIn(value: unknown): WrittenName | undefined {
  const { matchName, matchPattern } = isPlainObject(value) ? value : {};
  return typeof matchName === 'string'
    ? { key: 'matchName', text: matchName }
    : typeof matchPattern === 'string'
      ? { key: 'matchPattern', text: matchPattern }
      : undefined;
}

/** A list of `rules.dns`. */
export interface DnsList {
  readonly spec: CiliumSpec;
  readonly at: FieldPath;
  /** Undefined where an entry is not understood: it may be any name. */
  readonly names: readonly WrittenName[] | undefined;
}

/** The lists of every policy that may hold some of the pods of a spec. */
export function dnsListsFor(spec: CiliumSpec, context: LintContext): readonly DnsList[] {
  return ciliumSpecs(context)
    .filter((other) => other === spec || mayShare(spec, other, context))
    .flatMap((other) =>
      allRulesIn(other)
        .flatMap(filtersIn)
        .filter(({ kind }) => kind === 'dns')
        .map(({ at, list }) => ({ at, spec: other, names: writtenNamesIn(list) })),
    );
}

/** Whether two policies may hold the same pods, whether or not a manifest tells of these. */
function mayShare({ policy: a }: CiliumSpec, { policy: b }: CiliumSpec, { facts }: LintContext): boolean {
  const isPossible = a.namespace === undefined || b.namespace === undefined || a.namespace === b.namespace;
  const [ofOne, ofOther] = [facts.matching(a.subject).possible, facts.matching(b.subject).possible];
  return isPossible && (ofOne.isEmpty || ofOther.isEmpty || ofOne.overlaps(ofOther));
}

/** Whether a rule for DNS lets a name through, or one of those that a pattern stands for. */
export function isCovered(name: WrittenName, names: readonly WrittenName[]): boolean {
  return names.some(({ text }) => namesHosts(text, name.text, 'unknown') !== 'no');
}

/** The names of hosts in the rules of a part. */
export function hostLists(spec: CiliumSpec): readonly Part[] {
  return allRulesIn(spec).filter((rule) => partsUnder(rule, 'toFQDNs').length > 0);
}
