import { z } from 'zod';
import { endpoint } from '../../../kernel/endpoint.ts';
import { copy } from './mailings.ts';

export const robotKinds = ['feishu', 'dingtalk', 'wecom'] as const;
export type RobotKind = (typeof robotKinds)[number];

const robotParams = z.object({ robotNo: z.coerce.number().int().min(1).max(2_147_483_647) });
const robot = z.object({
  robotNo: z.number().int(), kind: z.enum(robotKinds), name: z.string(), hasSecret: z.boolean(), createdAt: z.iso.datetime(), createdBy: z.string(),
  /** What it said last, and whether that arrived. */
  last: copy.omit({ name: true }).nullable(),
});
export type Robot = z.output<typeof robot>;

export const listRobots = endpoint({
  method: 'GET', path: '/api/planning/robots', summary: 'Robots of groups that can be told of the plan; never their addresses', access: 'planning.read', reply: z.object({ robots: z.array(robot) }),
});
export const addRobot = endpoint({
  method: 'POST', path: '/api/planning/robots', summary: 'Takes in a robot of a group in Feishu, DingTalk or WeCom', access: 'planning.approve',
  body: z.object({
    kind: z.enum(robotKinds), name: z.string().trim().min(1).max(80), url: z.url().max(500),
    /** What it signs by; WeCom has none. */
    secret: z.string().trim().min(1).max(200).nullable().default(null),
  }),
  reply: robot, status: 201,
});
export const testRobot = endpoint({
  method: 'POST', path: '/api/planning/robots/:robotNo/test', summary: 'Lets a robot say something at once', access: 'planning.approve', params: robotParams, reply: z.object({ isSent: z.literal(true) }),
});
export const removeRobot = endpoint({
  method: 'DELETE', path: '/api/planning/robots/:robotNo', summary: 'Forgets a robot', access: 'planning.approve', params: robotParams, reply: z.object({ isRemoved: z.literal(true) }),
});
