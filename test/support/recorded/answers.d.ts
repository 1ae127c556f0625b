/** What kubectl answered to a request when the recording was made. */
export function answerTo(
  words: readonly string[],
  input: string,
  file: string,
): { readonly stdout: string; readonly stderr: string; readonly status: number };
