/** How often a property is tried, and how often by `npm run test:reference`. */
export function runs(quick: number, thorough: number): number {
  return process.env.REFERENCE_CLUSTERS === undefined ? quick : thorough;
}
