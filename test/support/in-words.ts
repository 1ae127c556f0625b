/** A value as JSON has it: with its sets of ports and addresses in words. */
export const inWords = (value: unknown) => JSON.parse(JSON.stringify(value));
