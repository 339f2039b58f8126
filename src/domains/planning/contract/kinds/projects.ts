import { z } from 'zod';
import { daySchema } from '../../../../kernel/day.ts';

export const projectStates = ['planned', 'running', 'paused', 'done', 'dropped'] as const;
export type ProjectState = (typeof projectStates)[number];
export const taskStates = ['todo', 'doing', 'waiting', 'done', 'dropped'] as const;
export type TaskState = (typeof taskStates)[number];
export const meetingStates = ['planned', 'held', 'cancelled'] as const;

const itemNo = z.number().int().min(1).max(2_147_483_647);
const name = z.string().trim().min(1).max(200);
const department = z.string().trim().min(1).max(60);
const text = (most: number) => z.string().trim().max(most).default('');

/** Somebody who does something: an account, or only what they are called. */
export const doerSchema = z.object({ staffId: itemNo.nullable().default(null), name: z.string().trim().min(1).max(80) });
export type Doer = z.output<typeof doerSchema>;

/** Somebody who is asked to a meeting. Whoever has no account is written to at their address, where one is given. */
export const participantSchema = doerSchema.extend({ email: z.email().max(200).nullable().default(null) });
export type Participant = z.output<typeof participantSchema>;

/** Milestones and tasks of the same plan that have to be done before. */
const dependsOn = z.array(itemNo).max(50).default([]);

/** How what a team wants is brought about. */
export const projectKinds = {
  project: {
    parents: ['plan'],
    body: z.object({
      name, aim: text(2_000), owner: doerSchema.nullable().default(null), departments: z.array(department).max(20).default([]),
      from: daySchema, to: daySchema, state: z.enum(projectStates).default('planned'),
      /** What of the plan it comes of: a duty, a strategy, a goal. */
      sourceNo: itemNo.nullable().default(null),
      /** Lines of the budget that are its own. */
      lineNos: z.array(itemNo).max(20).refine((all) => new Set(all).size === all.length).default([]),
    }),
  },
  milestone: {
    parents: ['plan', 'project'],
    body: z.object({ name, owner: doerSchema.nullable().default(null), due: daySchema, doneOn: daySchema.nullable().default(null), dependsOn }),
  },
  task: {
    parents: ['plan', 'project'],
    body: z.object({
      name, note: text(4_000), owner: doerSchema.nullable().default(null), department: z.string().trim().max(60).default(''),
      /** `to` is the day it is due. */
      from: daySchema.nullable().default(null), to: daySchema.nullable().default(null),
      state: z.enum(taskStates).default('todo'), estimateHours: z.number().positive().max(100_000).nullable().default(null),
      /** Given exactly where its state is `done`. */
      doneOn: daySchema.nullable().default(null), dependsOn,
      /** The meeting it came out of. */
      meetingNo: itemNo.nullable().default(null),
    }),
  },
  meeting: {
    parents: ['plan', 'project'],
    body: z.object({
      name, at: z.iso.datetime(), lengthMinutes: z.number().int().min(5).max(1_440).default(60), place: text(300), state: z.enum(meetingStates).default('planned'),
      participants: z.array(participantSchema).max(100).default([]), agenda: text(8_000), minutes: text(20_000),
      decisions: z.array(z.string().trim().min(1).max(1_000)).max(50).default([]),
    }),
  },
} as const;
