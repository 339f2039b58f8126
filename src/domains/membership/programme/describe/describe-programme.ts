import type { ProgrammeDefinition } from '../../contract/programme.ts';
import { describeGrowth, describeTierRules } from './describe-growth.ts';
import { describeJoining, describeTiers } from './describe-joining.ts';
import { describeAutoRedeem, describeEarning, describeEnding, describeMultipliers, describeSpending } from './describe-points.ts';
import { type Statement, statementParts } from './statement.ts';

/** All a programme says, one statement a setting, in the order in which it is told. A setting without an effect says nothing. */
export function describeProgramme(definition: ProgrammeDefinition): Statement[] {
  const { points } = definition;
  const statements = [
    ...describeJoining(definition), ...describeTiers(definition), ...describeGrowth(definition), ...describeTierRules(definition),
    ...describeEarning(points), ...describeMultipliers(points), ...describeEnding(points), ...describeSpending(points), ...describeAutoRedeem(definition),
  ];
  return statementParts.flatMap((part) => statements.filter((statement) => statement.part === part));
}
