/** What characters nobody sees do to a comparison by a culture's rules: nothing. */
const PASSED_OVER = /[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]/gu;

/** The commands that the runner registers. @see actions/runner src/Runner.Worker/ActionCommandManager.cs */
const GITHUB = new Set(
  'error warning notice debug group endgroup echo stop-commands add-mask add-path add-matcher remove-matcher set-env set-output save-state internal-set-repo-path'.split(
    ' ',
  ),
);

const lines = (text: string) =>
  text.split(/\r\n|[\n\r\u0085\u2028\u2029]/).map((line) => line.replace(PASSED_OVER, ''));

/**
 * The lines that an agent of Azure Pipelines takes for commands.
 *
 * @see microsoft/azure-pipelines-agent src/Microsoft.VisualStudio.Services.Agent/Command.cs, TryParse
 */
export function azureCommands(text: string): string[] {
  return lines(text).filter((line) => /##(vso)?\[[^\]]*\]/i.test(line));
}

/**
 * The lines that a runner of GitHub takes for commands.
 *
 * @see actions/runner src/Runner.Common/ActionCommand.cs, TryParseV2 and TryParse
 */
export function githubCommands(text: string): string[] {
  return lines(text).filter((line) => {
    const [, first] = /^\s*::(.*?)::/.exec(line) ?? [];
    const [, second] = /##\[([^\]]*)\]/.exec(line) ?? [];
    return [first, second].some((words) => words !== undefined && GITHUB.has(words.split(' ')[0] as string));
  });
}
