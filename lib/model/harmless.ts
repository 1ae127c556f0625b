/*
 * Texts that others wrote, in manifests, clusters, file names and reasons, must not command a terminal or a pipeline.
 * Invisible characters are escaped as `\u001b`, which JSON and TypeScript read as the character itself.
 */

declare const PROVEN: unique symbol;

/** Text without commands; `print` takes nothing else. Only this file makes it. */
export type Harmless = string & { readonly [PROVEN]: true };

/** Control characters, bidirectional marks, lone surrogates, and whatever else is invisible or ends a line. */
const UNSEEN =
  '[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}\\p{Default_Ignorable_Code_Point}\\p{Noncharacter_Code_Point}]';

const UNSEEN_IN_A_LINE = new RegExp(UNSEEN, 'gu');

/** In whole lines, this program itself writes line ends, tabs and the colours of a terminal. */
const UNSEEN_IN_LINES = new RegExp(`(?!\\n|\\t|\\r\\n|\\u001b\\[3\\dm)${UNSEEN}`, 'gu');

/**
 * A command that a pipeline finds anywhere in a line. Pipelines compare by the rules of a culture, which skip invisible
 * characters.
 *
 * @see microsoft/azure-pipelines-agent src/Microsoft.VisualStudio.Services.Agent/Command.cs, TryParse: `##vso[`
 * @see actions/runner src/Runner.Common/ActionCommand.cs, TryParse: `##[`
 */
// biome-ignore lint/suspicious/noControlCharactersInRegex: a colour begins with one that is skipped
const COMMAND = /##(?=(?:vso)?\u001b?\[)/gi;

/**
 * A command that GitHub finds at the start of a line, after blanks. An IPv6 address such as `::1` is none.
 *
 * @see actions/runner src/Runner.Common/ActionCommand.cs, TryParseV2
 */
const COMMAND_AT_START = /^([^\S\n]*):(?=:(?![\d.:/a-f]*(?:[\s,;)]|-[\d:]|$)))/gm;

const PLAIN = /^[\n -~]*$/;

/** A text as part of a line. */
export function inOneLine(text: string): string {
  return text.replaceAll(UNSEEN_IN_A_LINE, escaped);
}

/** The same for a text of several lines, such as a reason: they are joined. Trimming takes linear time, a pattern may not. */
export function asOneLine(text: string): string {
  const lines = text.split(/[\r\n]/).map((line) => line.trim());
  return inOneLine(lines.filter((line) => line !== '').join(' '));
}

/** A text of whole lines. */
export function harmless(text: string): Harmless {
  const seen = PLAIN.test(text) ? text : text.replaceAll(UNSEEN_IN_LINES, escaped);
  const quiet = seen.includes('##') ? seen.replaceAll(COMMAND, '#\\u0023') : seen;
  return (quiet.includes('::') ? quiet.replaceAll(COMMAND_AT_START, '$1\\u003a') : quiet) as Harmless;
}

/** The same for pieces of whole lines, or pieces that this program wrote at both ends. */
export function* harmlessPieces(pieces: Iterable<string>): Generator<Harmless> {
  for (const piece of pieces) {
    yield harmless(piece);
  }
}

/**
 * A command for a GitHub workflow: it and `azureCommand` make the only texts that are meant to be commands.
 *
 * @see actions/toolkit packages/core/src/command.ts for what is escaped
 */
export function githubCommand(
  name: 'error' | 'warning' | 'notice',
  properties: Readonly<Record<string, string>>,
  text: string,
): Harmless {
  const written = Object.entries(properties).map(([key, value]) => {
    const word = data(harmless(inOneLine(value)))
      .replaceAll(':', '%3A')
      .replaceAll(',', '%2C');
    return `${key}=${word}`;
  });
  return `::${name} ${written.join(',')}::${data(harmless(text))}\n` as Harmless;
}

/**
 * The same for a pipeline of Azure DevOps.
 *
 * @see microsoft/azure-pipelines-task-lib node/taskcommand.ts for what is escaped
 */
export function azureCommand(
  name: 'task.logissue' | 'task.uploadsummary',
  properties: Readonly<Record<string, string>>,
  text: string,
): Harmless {
  const encode = (words: string) =>
    words.replaceAll('%', '%AZP25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
  const written = Object.entries(properties).map(([key, value]) => {
    const word = encode(harmless(inOneLine(value)))
      .replaceAll(']', '%5D')
      .replaceAll(';', '%3B');
    return `${key}=${word};`;
  });
  return `##vso[${`${name} ${written.join('')}`.trim()}]${encode(harmless(text))}\n` as Harmless;
}

function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escaped(character: string): string {
  return Array.from({ length: character.length }, (_, i) => {
    return `\\u${character.charCodeAt(i).toString(16).padStart(4, '0')}`;
  }).join('');
}
