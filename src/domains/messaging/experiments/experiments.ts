import { randomBytes } from 'node:crypto';
import { setImmediate as others } from 'node:timers/promises';
import type pg from 'pg';
import { z } from 'zod';
import { Bitmap } from '../../../kernel/bitmap/bitmap.ts';
import { decodeBitmap } from '../../../kernel/bitmap/portable-read.ts';
import { encodeBitmap } from '../../../kernel/bitmap/portable-write.ts';
import type { Arm, Experiments, MessagingDoors, MessagingPart, ShareChange } from '../part.ts';
import { armsDuring } from './arms-during.ts';
import { createDrawArm, wholeShare } from './draw-arm.ts';
import { heldBitmaps } from '../held-bitmaps.ts';
import { armsToday, type Merged } from './merged-arms.ts';

const armsSchema = z.array(z.object({ key: z.string(), isControl: z.boolean(), share: z.number().int().nonnegative() })).min(1);

interface Experiment {
  salt: string;
  arms: Arm[];
  createdAt: Date;
}

/** Who is put into which arm: drawn once, kept as bitmaps, carried through merges. */
export function createExperiments({ platform: { pg: pool, clock } }: Pick<MessagingDoors, 'platform'>): MessagingPart & Experiments {
  return {
    routes: [],
    heldData: [heldBitmaps(pool, 'experiment_people', ['experiment_no', 'arm'])],
    async find(subject) {
      const { rows } = await pool.query<{ experimentNo: number; since: Date }>('select experiment_no as "experimentNo", created_at as since from experiment where subject = $1', [subject]);
      return rows[0] ?? null;
    },
    async ensure(client, subject, arms, salt = randomBytes(16).toString('hex')) {
      checkShares(arms);
      const { rows } = await client.query<{ no: number }>(
        `with made as (insert into experiment (subject, salt, arms, created_at) values ($1, $2, $3, $4) on conflict (subject) do nothing returning experiment_no)
         select experiment_no as no from made union all select experiment_no from experiment where subject = $1 limit 1`,
        [subject, salt, JSON.stringify(arms), clock.now()]);
      if (rows.length > 0) return rows[0].no;
      // Somebody else made it while this statement ran, and it did not see that.
      return (await client.query<{ no: number }>('select experiment_no as no from experiment where subject = $1', [subject])).rows[0].no;
    },
    async assign(client, experimentNo, people) {
      const { rows } = await client.query('select 1 from experiment where experiment_no = $1 for update', [experimentNo]);
      if (rows.length === 0) throw new RangeError(`There is no experiment ${experimentNo}.`);
      const experiment = await readExperiment(client, experimentNo);
      const written = await readWritten(client, experimentNo, experiment.arms);
      const today = armsToday(experiment.arms, written, await readMerged(client, experiment.createdAt));
      const fresh = people.andNot(Bitmap.union(today));
      if (fresh.size > 0) {
        const drawn = await sortOut(fresh, experiment.arms.length, createDrawArm(experimentNo, experiment.salt, experiment.arms));
        for (const [arm, drawnHere] of drawn.entries()) {
          if (drawnHere.size === 0) continue;
          await writeArm(client, experimentNo, arm, written[arm].or(drawnHere));
          today[arm] = today[arm].or(drawnHere);
        }
      }
      return today.map((arm) => arm.and(people));
    },
    async peopleOf(experimentNo) {
      const { arms, createdAt } = await readExperiment(pool, experimentNo);
      return { arms, people: armsToday(arms, await readWritten(pool, experimentNo, arms), await readMerged(pool, createdAt)) };
    },
    async reshare(client, experimentNo, shares, { reason, by, at }) {
      await client.query('select 1 from experiment where experiment_no = $1 for update', [experimentNo]);
      const { salt, arms } = await readExperiment(client, experimentNo);
      const after = arms.map((arm, i) => ({ ...arm, share: shares[i] }));
      checkShares(after);
      if (after.every(({ share }, i) => share === arms[i].share)) return;
      const everybody = Bitmap.union(await readWritten(client, experimentNo, arms));
      for (const [arm, people] of (await sortOut(everybody, arms.length, createDrawArm(experimentNo, salt, after))).entries()) await writeArm(client, experimentNo, arm, people);
      await client.query('update experiment set arms = $2 where experiment_no = $1', [experimentNo, JSON.stringify(after)]);
      await client.query('insert into experiment_change (experiment_no, at, before, after, reason, by) values ($1, $2, $3, $4, $5, $6)', [experimentNo, at, JSON.stringify(arms), JSON.stringify(after), reason, by]);
    },
    changesOf: (experimentNo) => readChanges(pool, experimentNo),
    async peopleThroughout(experimentNo, from, until) {
      const { salt, arms, createdAt } = await readExperiment(pool, experimentNo);
      const inForce = armsDuring(arms, await readChanges(pool, experimentNo), from, until);
      const written = await readWritten(pool, experimentNo, arms);
      const merged = await readMerged(pool, createdAt);
      if (inForce.length === 1 && inForce[0] === arms) return armsToday(arms, written, merged);
      const [draw, ...afterwards] = inForce.map((each) => createDrawArm(experimentNo, salt, each));
      // Who was moved comes first, as a control: whoever of merged numbers was moved is of no arm.
      const sorted = await sortOut(Bitmap.union(written), arms.length + 1, (no) => {
        const arm = draw(no);
        return afterwards.every((other) => other(no) === arm) ? arm + 1 : 0;
      });
      return armsToday([{ isControl: true }, ...arms], sorted, merged).slice(1);
    },
  };
}

function checkShares(arms: readonly Arm[]): void {
  const sum = armsSchema.parse(arms).reduce((whole, { share }) => whole + share, 0);
  if (sum !== wholeShare) throw new RangeError(`Shares of arms add up to ${wholeShare}, not ${sum}.`);
}

const drawnAtOnce = 250_000;

/** Puts people to arms by a draw; among many millions others get their turn. */
async function sortOut(people: Bitmap, arms: number, draw: (customerNo: number) => number): Promise<Bitmap[]> {
  const numbers = Array.from({ length: arms }, () => [] as number[]);
  for (const [i, no] of people.toArray().entries()) {
    numbers[draw(no)].push(no);
    if (i % drawnAtOnce === drawnAtOnce - 1) await others();
  }
  return numbers.map((ascending) => Bitmap.fromSorted(ascending));
}

async function readChanges(connection: Connection, experimentNo: number): Promise<ShareChange[]> {
  const { rows } = await connection.query<{ at: Date; before: unknown; after: unknown; reason: string; by: string }>(
    'select at, before, after, reason, by from experiment_change where experiment_no = $1 order by at', [experimentNo]);
  return rows.map((row) => ({ ...row, before: armsSchema.parse(row.before), after: armsSchema.parse(row.after) }));
}

type Connection = pg.Pool | pg.PoolClient;

async function readExperiment(connection: Connection, experimentNo: number): Promise<Experiment> {
  const { rows } = await connection.query<{ salt: string; arms: unknown; createdAt: Date }>(
    'select salt, arms, created_at as "createdAt" from experiment where experiment_no = $1', [experimentNo]);
  if (rows.length === 0) throw new RangeError(`There is no experiment ${experimentNo}.`);
  return { ...rows[0], arms: armsSchema.parse(rows[0].arms) };
}

async function readWritten(connection: Connection, experimentNo: number, arms: readonly Arm[]): Promise<Bitmap[]> {
  const { rows } = await connection.query<{ arm: number; people: Buffer }>('select arm, people from experiment_people where experiment_no = $1', [experimentNo]);
  const written: Bitmap[] = arms.map(() => Bitmap.empty);
  for (const { arm, people } of rows) written[arm] = decodeBitmap(people);
  return written;
}

const writeArm = async (client: pg.PoolClient, experimentNo: number, arm: number, people: Bitmap): Promise<unknown> => client.query(
  'insert into experiment_people (experiment_no, arm, people) values ($1, $2, $3) on conflict (experiment_no, arm) do update set people = excluded.people',
  [experimentNo, arm, encodeBitmap(people)]);

/** Whoever was merged since: before, nobody of the experiment had another number. A chain of merges leads to its end. */
async function readMerged(connection: Connection, since: Date): Promise<Merged[]> {
  const { rows } = await connection.query<Merged>(
    `with recursive way (customer_no, root_no) as (
        select customer_no, merged_into from customer where status = 1 and merged_at >= $1
        union all
        select w.customer_no, c.merged_into from way w join customer c on c.customer_no = w.root_no where c.merged_into is not null
      ) select w.customer_no as "customerNo", w.root_no as "rootNo" from way w join customer c on c.customer_no = w.root_no where c.merged_into is null`, [since]);
  return rows;
}
