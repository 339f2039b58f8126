import { z } from 'zod';
import { daySchema } from '../../../kernel/day.ts';
import { endpoint } from '../../../kernel/endpoint.ts';
import { rule } from '../../audiences/contract.ts';

/** What a tree tells: whether somebody buys again, the category of the next purchase, or how much they spend. */
export const treeTargets = ['again', 'category', 'spend'] as const;
export type TreeTarget = (typeof treeTargets)[number];

export const treeParams = z.object({
  target: z.enum(treeTargets).default('again'),
  /** Learnt is what people did in the last so many days, from what was known of them before. */
  days: z.number().int().min(7).max(180).default(30),
  depth: z.number().int().min(2).max(5).default(4),
  impurity: z.enum(['gini', 'entropy']).default('gini'),
  /** Of its people alone. */
  audienceId: z.number().int().min(1).max(2 ** 31 - 1).nullable().default(null),
});

const count = z.number().int();
/** Shares of the classes, or the mean. */
const said = z.array(z.number());

export const treeNode = z.object({
  id: z.number().int(),
  parent: z.number().int().nullable(),
  /** Which side of the parent's question it is on. */
  isYes: z.boolean(),
  depth: z.number().int(),
  /** The question that parts it, by the family of what is asked and which of its values; null of a leaf. */
  question: z.object({ key: z.string(), rule }).nullable(),
  trained: count,
  said,
  heldOut: count,
  /** What the people did of whom it had not learnt. */
  heldOutSaid: said.nullable(),
  /** Everybody of whom it is true today, and the rule that means them. */
  people: count,
  rule,
});
export type TreeNode = z.output<typeof treeNode>;

export const treeResult = z.object({
  params: treeParams,
  /** What was known by the end of this day is what people are told by; what they did after it, up to the end of the other, is what is told. */
  cutoff: daySchema,
  until: daySchema,
  /** Who had bought by then, how many of them were read, and how these were parted. */
  people: count,
  trained: count,
  heldOut: count,
  /** `no` and `yes`, or categories; empty text is any other. None of a number. */
  classes: z.array(z.string()),
  nodes: z.array(treeNode),
  importance: z.array(z.object({ key: z.string(), share: z.number() })),
  quality: z.object({
    /** Right answers, beside those of always saying the commonest; of a number the share of the variance that is told. */
    accuracy: z.number().nullable(),
    accuracyBaseline: z.number().nullable(),
    explained: z.number(),
    /** Of yes and no: how often of two people the one who bought is said to be likelier, beside by the days since the last order alone. */
    auc: z.number().nullable(),
    aucError: z.number().nullable(),
    aucByRecency: z.number().nullable(),
  }),
  sizes: z.array(z.object({ leaves: count, loss: z.number(), error: z.number() })),
  chosen: z.number().int(),
});
export type TreeResult = z.output<typeof treeResult>;

export const readDecisionTree = endpoint({
  method: 'GET',
  path: '/api/insights/decision-tree',
  summary: 'The purchase decision tree, its leaves as rules, and how good it is',
  access: 'insights.read',
  reply: z.object({
    /** Null before the first run. */
    result: treeResult.nullable(),
    /** By the number of the node: its question, or of a leaf whom it means, in a sentence. */
    sentences: z.record(z.string(), z.string()),
    currency: z.string(),
  }),
});
