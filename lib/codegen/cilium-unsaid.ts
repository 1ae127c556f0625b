import { isCiliumKey, namespaceLabelKey } from '../model/cilium-selector';
import { type FieldPath, fieldText } from '../model/field-path';
import type { LabelSelector } from '../model/label-selector';
import { describeProblem, type Problem, type Problems } from '../model/problem';
import { requirementsOf } from '../model/selector-match';

/** Ends the writing of a construct at the first field that constructs cannot say. */
export class Unsaid extends Error {
  public constructor(at: FieldPath, why = 'constructs do not write it') {
    super(`${fieldText(at)}: ${why}`);
  }
}

/** @throws Unsaid for what a check of constructs refuses */
export function sayIf(at: FieldPath, check: (problems: Problems) => void): void {
  const problems: Problem[] = [];
  check(problems);
  const [problem] = problems;
  if (problem !== undefined) {
    throw new Unsaid(at, `a construct refuses it: ${describeProblem(problem)}`);
  }
}

/**
 * Constructs write the source before each key, and with it a key may be too long.
 *
 * @throws Unsaid
 */
export function checkKeys(pods: LabelSelector, namespaces: LabelSelector, at: FieldPath): void {
  const keys = [
    ...requirementsOf(pods).map(({ key }) => `k8s:${key}`),
    ...requirementsOf(namespaces).map(({ key }) => namespaceLabelKey(key)),
  ];
  const long = keys.find((key) => !isCiliumKey(key));
  if (long !== undefined) {
    throw new Unsaid(at, `constructs write ${long}, which is too long for Cilium`);
  }
}
