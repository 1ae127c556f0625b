import { bashCompletion } from './bash';
import { fishCompletion } from './fish';
import { powershellCompletion } from './powershell';
import { zshCompletion } from './zsh';

/** The completion for each shell. */
export const COMPLETIONS = {
  bash: bashCompletion,
  zsh: zshCompletion,
  fish: fishCompletion,
  powershell: powershellCompletion,
} as const;
