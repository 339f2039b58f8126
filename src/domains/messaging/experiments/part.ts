import type pg from 'pg';
import type { Bitmap } from '../../../kernel/bitmap/bitmap.ts';

/** An experiment's arms: who is in which is a function of person, experiment and salt, written once. */
export interface Arm {
  key: string;
  isControl: boolean;
  /** Of 10,000. */
  share: number;
}
export interface ShareChange {
  at: Date;
  before: Arm[];
  after: Arm[];
  reason: string;
  by: string;
}
export interface Experiments {
  /** The experiment of a subject and since when there is one; null before. */
  find(subject: string): Promise<{ experimentNo: number; since: Date } | null>;
  /**
   * The experiment of a subject; made where there is none. What stands of it stays, whatever arms are named now. Nobody can foresee who
   * will be in which arm, unless a salt is given, as for what has to come out the same each time.
   */
  ensure(client: pg.PoolClient, subject: string, arms: readonly Arm[], salt?: string): Promise<number>;
  /** Puts people into arms, those who are in one already stay; answers with each arm's of them. People who were merged keep the first arm either was given, of two a control. */
  assign(client: pg.PoolClient, experimentNo: number, people: Bitmap): Promise<Bitmap[]>;
  peopleOf(experimentNo: number): Promise<{ arms: Arm[]; people: Bitmap[] }>;
  /** Gives the arms, in their order, other shares from now on. Each person keeps the place at which they were drawn: nobody is moved but whose place is another arm's now. */
  reshare(client: pg.PoolClient, experimentNo: number, shares: readonly number[], why: { reason: string; by: string; at: Date }): Promise<void>;
  /** The changes of its shares, the oldest first. */
  changesOf(experimentNo: number): Promise<ShareChange[]>;
  /** Who was of each arm all of the time between two moments, by the places of all who are drawn today; whose arm changed within it is of none. */
  peopleThroughout(experimentNo: number, from: Date, until: Date): Promise<Bitmap[]>;
}
