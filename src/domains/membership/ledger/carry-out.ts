import type pg from 'pg';
import { conflict, notFound, Problem } from '../../../kernel/problem.ts';
import { recordAudit } from '../../access/public.ts';
import { type Command, hashOf } from './command.ts';
import { Book } from './decide/book.ts';
import { decide, type Outcome } from './decide/decide.ts';
import { settle } from './decide/settle.ts';
import { balanceOf, noChanges, type Person } from './person.ts';
import { type Known, readCommands, writeCommands } from './store/commands.ts';
import { loadPersons } from './store/load.ts';
import type { Numbers } from './store/numbers.ts';
import { readWritten, type Written } from './store/written.ts';
import { writeChanges, writeDue } from './store/write.ts';

/** What a command came to, and whether it had been carried out before. */
export type Done = Outcome & { isReplay: boolean };
export type Result = { done: Done } | { refused: Problem };

/** Of each number, all numbers whose points are the same person's, the one they count under first. Numbers that nobody has are left out. */
export type LineagesOf = (client: pg.PoolClient, customerNos: readonly number[]) => Promise<Map<number, readonly number[]>>;

interface Carried {
  command: Command;
  outcome: Outcome;
}

interface Batch {
  client: pg.PoolClient;
  numbers: Numbers;
  lineagesOf: LineagesOf;
  at: Date;
}

/**
 * Carries out commands in the transaction of `client`, in their order, each of them or not at all: one that is refused changes nothing
 * but what time has changed anyway, and the others go on. Decisions are made in memory on locked accounts; what they change is written in
 * a statement a table, so that the cost of durability is shared.
 */
export async function carryOut(batch: Batch, commands: readonly Command[]): Promise<Result[]> {
  const { client, numbers, at } = batch;
  const { personOf, persons } = await lockPersons(batch, commands.map(({ customerNo }) => customerNo), commands);
  await numbers.reserve(client, commands.reduce((sum, { customerNo }) => sum + mostNumbers(personOf(customerNo), commands.length), 0));
  const known = await readCommands(client, commands.map(({ key }) => key));
  const written = await readWritten(client, commands.filter(({ key }) => !known.has(key)), (customerNo) => personOf(customerNo)?.accounts ?? []);
  const changes = noChanges();
  const done: Carried[] = [];
  /** Of a history that was written at once: kept as commands from now on, so that they answer the same for ever. */
  const asked: Carried[] = [];
  const results = commands.map((command): Result => {
    const before = known.get(command.key);
    if (before) return replay(before, command);
    const person = personOf(command.customerNo);
    const made = written.get(command.key);
    if (made !== undefined) {
      const outcome = outcomeOf(made, command, person, at.getTime());
      if (!outcome) return { refused: conflict('membership.key_used', { key: command.key }) };
      known.set(command.key, { customerNo: command.customerNo, hash: hashOf(command), outcome });
      asked.push({ command, outcome });
      return { done: { ...outcome, isReplay: true } };
    }
    try {
      if (!person) throw notFound('membership.nobody', { customerNo: command.customerNo });
      const outcome = decide(new Book(person, changes, numbers.next), command, at.getTime());
      known.set(command.key, { customerNo: command.customerNo, hash: hashOf(command), outcome });
      done.push({ command, outcome });
      return { done: { ...outcome, isReplay: false } };
    } catch (error) {
      if (error instanceof Problem) return { refused: error };
      throw error;
    }
  });
  await writeChanges(client, changes, at);
  await writeDue(client, persons, at.getTime());
  await writeCommands(client, [...done, ...asked], at);
  for (const { command: { audit } } of done) if (audit) await recordAudit(client, audit);
  return results;
}

/** Brings people's points up to a moment, where time alone has changed them. */
export async function settleAll(batch: Batch, customerNos: readonly number[]): Promise<void> {
  const { client, numbers, at } = batch;
  const { persons } = await lockPersons(batch, customerNos, []);
  await numbers.reserve(client, persons.reduce((sum, person) => sum + mostNumbers(person, 1), 0));
  const changes = noChanges();
  for (const person of persons) settle(new Book(person, changes, numbers.next), at.getTime());
  await writeChanges(client, changes, at);
  await writeDue(client, persons, at.getTime());
}

async function lockPersons({ client, lineagesOf }: Batch, customerNos: readonly number[], commands: readonly Command[]) {
  const lineages = await lineagesOf(client, [...new Set(customerNos)]);
  const distinct = [...new Map([...lineages.values()].map((lineage) => [lineage[0], lineage])).values()];
  const persons = await loadPersons(client, distinct, {
    reversed: commands.flatMap((command) => ('of' in command ? (lineages.get(command.customerNo) ?? []).map((account) => ({ key: command.of, account })) : [])),
    holds: commands.flatMap((command) => ('holdKey' in command ? [command.holdKey] : [])),
  });
  const byRoot = new Map(persons.map((person) => [person.accounts[0], person]));
  const personOf = (customerNo: number): Person | undefined => byRoot.get(lineages.get(customerNo)?.[0] ?? 0);
  return { persons, personOf };
}

/** As many new numbers as one command of so many can need: each lot may end, pay a debt of another account, or be taken from. */
const mostNumbers = (person: Person | undefined, commands: number): number => 4 * ((person?.lots.size ?? 0) + (person?.debts.size ?? 0) + commands) + 8;

/** The answer to a command whose entries are there already: of the same kind and amount, of the same person; null for another one under its key. */
function outcomeOf(made: Written, command: Command, person: Person | undefined, now: number): Outcome | null {
  if (!made || !person || !('amount' in command)) return null;
  const { kind, ...effect } = made;
  return kind === command.kind && Math.abs(effect.amount) + effect.shortfall === command.amount ? { ...effect, balance: balanceOf(person, now) } : null;
}

function replay({ hash, outcome, customerNo }: Known, command: Command): Result {
  if (customerNo === command.customerNo && hash.equals(hashOf(command))) return { done: { ...outcome, isReplay: true } };
  return { refused: conflict('membership.key_used', { key: command.key }) };
}
