import { azureCommands, githubCommands } from './pipelines';

/** Characters that nobody sees, or that end a line; what this program writes has only its own ends of lines. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u;

/** Expects a text that commands no terminal and no agent of Azure Pipelines. */
export function expectHarmless(text: string): void {
  expect(text.replaceAll(/\r?\n/g, '')).not.toMatch(UNSEEN);
  expect(azureCommands(text)).toEqual([]);
}

/** Expects words, which command no runner of GitHub either. */
export function expectWords(text: string): void {
  expectHarmless(text);
  expect(githubCommands(text)).toEqual([]);
}
