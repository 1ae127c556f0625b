import { type Harmless, harmless, harmlessPieces, inOneLine } from '../model/harmless';
import { listWords, NAMED } from '../model/word-list';
import { workloadNameOf } from '../reachability/answers/crowd';
import { findingWords } from './finding-words';
import { SCHEMA_VERSION } from './json-output';
import { findingJson } from './lint-json';
import type { DrawnPortrait } from './policy-portrait';

/** Nobody whom somebody declares; others may be there. */
const NONE = 'none known';

/** The outputs of a policy's portrait, by the names a person asks for them. */
export const PORTRAIT_RENDERERS = {
  text: (portrait) => harmlessPieces(text(portrait)),
  json: (portrait) => harmlessPieces(json(portrait)),
  yaml,
} as const satisfies Record<string, (portrait: DrawnPortrait) => Iterable<Harmless>>;

function* text(portrait: DrawnPortrait): Generator<string> {
  const { sentences, means, namesPods, words, findings, owned, managers } = portrait;
  yield `${sentences.map(inOneLine).join('\n')}\n`;
  yield '\nIt selects today:\n';
  yield* selectedLines(portrait);
  for (const { direction, rule, workloads } of means.filter((_, i) => namesPods[i])) {
    const meant = workloads.length === 0 ? NONE : words.workloads(workloads);
    yield `\n${direction} rule ${rule} means today:\n  ${meant}\n`;
  }
  yield `\nManaged by: ${owned ? 'code' : inOneLine(managers.join(', ')) || 'not known'}\n`;
  yield findings.length === 0 ? '\nNothing was found about it.\n' : '\nFound about it:\n';
  for (const finding of findings) {
    const { what, fix } = findingWords(finding);
    yield `  ${finding.severity}  ${finding.rule}  ${what}\n    ${fix}\n`;
  }
}

function* json({ findings, namesPods: _, words: __, ...portrait }: DrawnPortrait): Generator<string> {
  const policy = { ...portrait, findings: findings.map(findingJson) };
  yield `{"schemaVersion": ${SCHEMA_VERSION}, "policy": ${JSON.stringify(policy)}}\n`;
}

/** JSON is YAML, too, and has a way to write a text that may not stand as it is. */
function* yaml({ manifest }: DrawnPortrait): Generator<Harmless> {
  const { dump } = require('js-yaml') as typeof import('js-yaml');
  const written = dump(manifest, { lineWidth: -1, noRefs: true });
  const printed = harmless(written);
  yield printed === written ? printed : harmless(`${JSON.stringify(manifest, null, 2)}\n`);
}

/** A few workloads with their pods, each in a line; many in one. */
function* selectedLines({ selects, words }: DrawnPortrait): Generator<string> {
  if (selects.length === 0 || selects.length > NAMED + 1) {
    yield `  ${selects.length === 0 ? NONE : words.workloads(selects)}\n`;
    return;
  }
  for (const { pods, ...workload } of selects) {
    yield `  ${workloadNameOf(workload)}${pods.length === 0 ? '' : ` (${listWords(pods)})`}\n`;
  }
}
