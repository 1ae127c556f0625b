import type { IConstruct } from 'constructs';
import { defined } from '../model/defined';
import type { Expectation, ProgramAcknowledgement, ProgramWords } from '../model/finding';
import type { SourcePosition } from '../model/source-position';
import { acceptedAt, expectedAt } from './intent-registry';
import { findingsUnder } from './policy-findings';
import type { SourceLine } from './source-line';

/**
 * The intent at and under a construct. The acknowledgements of the scopes above count here as well, but they may also
 * concern other constructs.
 */
export function intentOf(scope: IConstruct): ProgramWords {
  const constructs = scope.node.findAll();
  const above = scope.node.scopes.slice(0, -1);
  return {
    findings: findingsUnder(scope),
    acknowledgements: [
      ...above.flatMap(acknowledgementsAt).map((each) => ({ ...each, isPartial: true }) as const),
      ...constructs.flatMap(acknowledgementsAt),
    ],
    expectations: constructs.flatMap(expectationsAt),
  };
}

function acknowledgementsAt(construct: IConstruct): ProgramAcknowledgement[] {
  return [...acceptedAt(construct)].map(([rule, { reason, until, line }]) => ({
    rule,
    reason,
    ...defined({ until }),
    construct: construct.node.path,
    source: positionOf(construct, line),
  }));
}

function expectationsAt(construct: IConstruct): Expectation[] {
  return expectedAt(construct).map(({ expectation, line }) => ({
    ...expectation,
    source: positionOf(construct, line),
  }));
}

function positionOf({ node }: IConstruct, line: SourceLine): SourcePosition {
  const code = line.toPosition();
  return defined({ construct: node.path, code });
}
