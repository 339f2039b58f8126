import type { ProgrammeDefinition } from '../../contract/programme.ts';
import { describeProgramme } from '../describe/describe-programme.ts';
import type { Statement, StatementPart } from '../describe/statement.ts';

/** One setting that two definitions have differently; null where one says nothing of it. */
export interface Change {
  id: string;
  part: StatementPart;
  before: Statement | null;
  after: Statement | null;
  /** What came to a list and what left it. */
  added: string[];
  removed: string[];
}

/** What changes with another definition, in the order in which it is told; what is no longer said comes last. */
export function compareDefinitions(before: ProgrammeDefinition, after: ProgrammeDefinition): Change[] {
  const [old, now] = [describeProgramme(before), describeProgramme(after)];
  const [oldById, nowById] = [old, now].map((all) => new Map(all.map((statement) => [statement.id, statement])));
  const order = [...now.map(({ id }) => id), ...old.map(({ id }) => id).filter((id) => !nowById.has(id))];
  return order.flatMap((id): Change[] => {
    const [was, is] = [oldById.get(id) ?? null, nowById.get(id) ?? null];
    const { part } = (is ?? was)!;
    if (was && is && meaning(was) === meaning(is)) return [];
    return [{ id, part, before: was, after: is, added: without(is?.items, was?.items), removed: without(was?.items, is?.items) }];
  });
}

const meaning = ({ phrase, items }: Statement): string => JSON.stringify([phrase, items]);
const without = (all: readonly string[] = [], others: readonly string[] = []): string[] => all.filter((item) => !others.includes(item));
