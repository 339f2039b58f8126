import type pg from 'pg';
import { notFound } from '../../../kernel/problem.ts';
import type { RobotKind } from '../contract/robots.ts';
import type { SentCopy } from '../post/post.ts';
import type { RobotMessage } from './provider.ts';

type Connection = pg.Pool | pg.PoolClient;

export interface StoredRobot {
  robotNo: number;
  kind: RobotKind;
  name: string;
  sealed: Buffer;
  createdAt: Date;
  createdBy: string;
  /** What it said last, and how that went. */
  last: SentCopy | null;
}

/** Robots that were not forgotten, by name. */
export async function readRobots(connection: Connection, robotNo: number | null = null): Promise<StoredRobot[]> {
  const { rows } = await connection.query<Omit<StoredRobot, 'last'> & Omit<SentCopy, 'state'> & { state: SentCopy['state'] | null }>(
    `select r.robot_no as "robotNo", kind, name, sealed, created_at as "createdAt", created_by as "createdBy", m.state, coalesce(m.sent_at, m.due_at) as at, m.problem, m.problem_params as params
      from plan_robot r left join lateral (select state, sent_at, due_at, problem, problem_params from plan_robot_message where robot_no = r.robot_no order by message_no desc limit 1) m on true
      where removed_at is null and ($1::int is null or r.robot_no = $1) order by name, r.robot_no`, [robotNo]);
  return rows.map(({ state, at, problem, params, ...robot }) => ({ ...robot, last: state && { name: robot.name, state, at, problem, params } }));
}

export async function requireRobot(connection: Connection, robotNo: number): Promise<StoredRobot> {
  const [robot] = await readRobots(connection, robotNo);
  if (!robot) throw notFound('planning.robot_not_found', { robotNo });
  return robot;
}

/** Lets robots say something, each as soon as it may; `about` is what it is kept under, as letters are (`report:3:1`). */
export async function say(connection: Connection, robotNos: readonly number[], message: RobotMessage, now: Date, about: string | null = null): Promise<void> {
  await connection.query(
    `insert into plan_robot_message (robot_no, message, state, due_at, subject_key) select robot_no, $2, 'waiting', $3, $4 from plan_robot where robot_no = any($1::int[]) and removed_at is null`,
    [robotNos, JSON.stringify(message), now, about]);
}

/** What robots were to say about some things, the newest first. */
export async function readSaid(connection: Connection, about: readonly string[]): Promise<SentCopy[]> {
  const { rows } = await connection.query<SentCopy>(
    'select r.name, m.state, coalesce(m.sent_at, m.due_at) as at, m.problem, m.problem_params as params from plan_robot_message m join plan_robot r using (robot_no) where m.subject_key = any($1) order by message_no desc limit 100', [about]);
  return rows;
}

export interface HeldMessage {
  messageNo: string;
  robotNo: number;
  message: RobotMessage;
  failures: number;
}

/** As many as all three providers let a robot say. */
const mostAMinute = 20;
/** Whoever held a message this long ago is dead. */
const deadAfter = '2 minutes';

/** Takes one message that is due, of a robot that did not say too much of late. */
export async function holdMessage(pool: pg.Pool, now: Date): Promise<HeldMessage | null> {
  await pool.query(`update plan_robot_message set state = 'unknown' where state = 'sending' and due_at < $1::timestamptz - interval '${deadAfter}'`, [now]);
  const { rows: [held] } = await pool.query<HeldMessage>(
    `update plan_robot_message m set state = 'sending', due_at = $1 where message_no = (
        select message_no from plan_robot_message w join plan_robot r using (robot_no)
          where w.state = 'waiting' and due_at <= $1 and removed_at is null
            and (select count(*) from plan_robot_message s where s.robot_no = w.robot_no and s.sent_at > $1::timestamptz - interval '1 minute') < ${mostAMinute}
          order by due_at, message_no limit 1 for update of w skip locked)
      returning message_no as "messageNo", robot_no as "robotNo", message, failures`, [now]);
  return held ?? null;
}

export async function endMessage(pool: pg.Pool, messageNo: string, end: { state: 'sent' | 'failed' | 'unknown' | 'waiting'; dueAt?: Date; problem?: string; params?: Record<string, unknown> }, now: Date): Promise<void> {
  await pool.query(
    `update plan_robot_message set state = $2::text, problem = $3, problem_params = $6, sent_at = case when $2::text = 'sent' then $4 else sent_at end, due_at = coalesce($5, due_at), failures = failures + ($2::text = 'waiting')::int where message_no = $1`,
    [messageNo, end.state, end.problem ?? null, now, end.dueAt ?? null, end.params ?? {}]);
}
