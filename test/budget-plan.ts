import { expect } from 'vitest';
import {
  type BudgetLine,
  type BudgetLineDefinition,
  createBudgetLine,
  createPlan,
  decideBudgetChanges,
  enterBudgetInvoice,
  orderBudget,
  readBudgetLine,
} from '../src/domains/planning/contract.ts';
import type { PlanningServer } from './planning-server.ts';

/** A second person, who approves. */
export const treasurer = { staff: 2 };

/** A plan of a test's own with a budget, and what is done to it again and again. */
export async function budgetPlan(team: Pick<PlanningServer, 'ask'>) {
  const { body } = await team.ask(createPlan, {
    body: { name: '2026', startsOn: '2026-01-01' },
  });
  const { planNo } = body;
  let made = 0;
  const wished = async (
    said: Partial<BudgetLineDefinition> = {},
  ): Promise<BudgetLine> => {
    const reply = await team.ask(createBudgetLine, {
      params: { planNo },
      body: {
        name: `预算 ${++made}`,
        purpose: 'messages',
        fromMonth: '2026-01',
        untilMonth: '2026-12',
        cap: '100',
        ...said,
      },
    });
    expect(reply.status, reply.text).toBe(201);
    return reply.body;
  };
  const decide = (changeNos: number[], isApproved = true, as: object = treasurer) =>
    team.ask(
      decideBudgetChanges,
      {
        params: { planNo },
        body: { changeNos, isApproved, reason: isApproved ? '' : '太多' },
      },
      as,
    );
  return {
    planNo,
    wished,
    decide,
    /** A line that may spend its cap. */
    async line(said: Partial<BudgetLineDefinition> = {}): Promise<number> {
      const { lineNo, openChangeNo } = await wished(said);
      expect((await decide([openChangeNo!])).status).toBe(200);
      return lineNo;
    },
    order: (
      lineNo: number,
      kind: 'reserve' | 'commit' | 'spend' | 'release',
      amount: string | null,
      program = 'benefit:1',
      key = `plan ${planNo} ${++made}`,
    ) =>
      team.ask(orderBudget, {
        params: { planNo, lineNo },
        body: { key, program, kind, amount, reason: '手工' },
      }),
    invoice: (lineNo: number, amount: string, more: object = {}) =>
      team.ask(enterBudgetInvoice, {
        params: { planNo, lineNo },
        body: {
          program: 'benefit:1',
          supplier: '移动',
          number: `F${planNo}-${++made}`,
          invoicedOn: '2026-06-01',
          amount,
          currency: 'CNY',
          ...more,
        },
      }),
    read: async (lineNo: number) =>
      (await team.ask(readBudgetLine, { params: { planNo, lineNo } })).body,
  };
}
