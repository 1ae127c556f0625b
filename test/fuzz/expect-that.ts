/** @throws with what is wrong, where something does not hold */
export function expectThat(holds: boolean, otherwise: string): void {
  if (!holds) {
    throw new Error(otherwise);
  }
}
