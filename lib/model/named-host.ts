import { Automaton } from './automaton';
import { remember } from './collections';
import type { Tristate } from './tristate';

const LABEL = /^[a-z0-9_*](?:[-a-z0-9_*]{0,61}[a-z0-9_*])?$/;
const LONGEST = 253;

/**
 * The host that a text names, or the pattern of hosts, in lower case and without a dot behind it:
 * `login.microsoftonline.com`, `*.blob.core.windows.net`. Undefined for any other text: a host has a dot and no slash, and
 * behind its last dot is no number, as in an address.
 */
export function readHostName(text: string): string | undefined {
  const name = text.toLowerCase().replace(/\.$/, '');
  const labels = name.split('.');
  const isHost =
    name.length <= LONGEST &&
    labels.length > 1 &&
    labels.every((label) => LABEL.test(label)) &&
    /[a-z]/.test(labels.at(-1) as string);
  return isHost ? name : undefined;
}

/**
 * Whether the hosts that one name or pattern stands for are those of another: all of `hosts`, some of them, or none.
 *
 * @param manyLabels whether `**.` before a name stands for one label or more, as from Cilium 1.19 on, and `**` alone for
 *   any name. Before, `**` is `*`, which stays within a label
 * @see cilium v1.19.5 and v1.18.6, pkg/fqdn/matchpattern
 */
export function namesHosts(pattern: string, hosts: string, manyLabels: Tristate): Tristate {
  if (manyLabels !== 'unknown') {
    return share(pattern, hosts, manyLabels === 'yes');
  }
  const [one, other] = [share(pattern, hosts, true), share(pattern, hosts, false)];
  return one === other ? one : 'unknown';
}

const shares = new Map<string, Tristate>();
/** Cache limit. */
const MOST_SHARES = 100_000;

function share(pattern: string, hosts: string, manyLabels: boolean): Tristate {
  const [names, others] = [plain(pattern), plain(hosts)];
  if (names === others) {
    return 'yes';
  }
  if (!hasStar(names)) {
    // A name is only a part of what a pattern stands for.
    return hasStar(others) && share(others, names, manyLabels) === 'yes' ? 'unknown' : 'no';
  }
  if (!hasStar(others)) {
    return automatonOf(names, manyLabels).accepts(others) && anyName().accepts(others) ? 'yes' : 'no';
  }
  if (shares.size > MOST_SHARES) {
    shares.clear();
  }
  return remember(shares, `${names} ${others} ${manyLabels}`, () => {
    const found = automatonOf(names, manyLabels).shareOf(
      automatonOf(others, manyLabels),
      charactersOf(names + others),
      anyName(),
    );
    return found === 'all' ? 'yes' : found === 'none' ? 'no' : 'unknown';
  });
}

const hasStar = (name: string) => name.includes('*');
const plain = (name: string) => name.toLowerCase().replace(/(?<=.)\.$/, '');

const isOfLabel = (character: string) => /^[-a-z0-9_]$/.test(character);
const letter = () => Automaton.character(isOfLabel);
const exactly = (character: string) => Automaton.character((each) => each === character);
const labels = () =>
  Automaton.sequence([
    letter().repeated,
    Automaton.sequence([exactly('.'), letter().repeated]).repeated.optional,
  ]);

let any: Automaton | undefined;

/** Every name. */
function anyName(): Automaton {
  any ??= labels();
  return any;
}

function automatonOf(name: string, manyLabels: boolean): Automaton {
  if (manyLabels ? /^\*+$/.test(name) : name === '*') {
    return labels();
  }
  const start = manyLabels ? (/^\*{2,}\./.exec(name)?.[0] ?? '') : '';
  return Automaton.sequence([
    ...(start === '' ? [] : [labels(), exactly('.')]),
    ...[...name.slice(start.length)].map((each) =>
      each === '*' ? letter().repeated.optional : exactly(each),
    ),
  ]);
}

const EVERY_CHARACTER = [...'abcdefghijklmnopqrstuvwxyz0123456789-_'];

/** The characters that patterns tell apart: their own, and one for all others. */
function charactersOf(patterns: string): readonly string[] {
  const own = new Set(patterns.replaceAll('*', ''));
  const other = EVERY_CHARACTER.find((each) => !own.has(each));
  return [...new Set([...own, '.', ...(other === undefined ? [] : [other])])];
}
