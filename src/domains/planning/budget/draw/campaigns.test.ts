import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDrawingBrand, type DrawingBrand } from '../../../../../test/drawing-brand.ts';
import type { SendingBrand } from '../../../../../test/sending-brand.ts';
import { createSay } from '../../../../platform/i18n.ts';
import { changeCampaign, createCampaign, readCampaign, readCampaignProgress, turnCampaign } from '../../../campaigns/contract.ts';
import { noBudget } from '../../../campaigns/part.ts';
import { createPlans } from '../../../campaigns/plans/plans.ts';
import { listDecisions } from '../../../messaging/contract.ts';
import { closeBudgetLine } from '../../contract.ts';

const people = 300;

describe('campaigns that draw on the budget', () => {
  let drawing: DrawingBrand;
  let brand: SendingBrand;
  let plan: DrawingBrand['plan'];
  let ask: SendingBrand['ask'];
  const place: DrawingBrand['place'] = (...asked) => drawing.place(...asked);
  const amounts: DrawingBrand['amounts'] = (lineNo) => drawing.amounts(lineNo);
  beforeAll(async () => {
    drawing = await createDrawingBrand(people);
    ({ brand, plan, ask } = drawing);
  });
  afterAll(() => drawing.close());

  let made = 0;
  const draft = async (more: object = {}): Promise<number> => {
    const definition = {
      name: `活动 ${++made}`,
      audience: { kind: 'group' as const, match: 'all' as const, parts: [] },
      channel: 'email' as const,
      arms: [{ key: 'a', weight: 1, templateNo: brand.templateNo, templateVersion: 1 }],
      holdout: { share: 0, reason: '测试' },
      schedule: { when: 'once' as const, at: null },
      costPerMessage: '0.1',
      ...more,
    };
    return (await ask(createCampaign, { body: { key: `budget ${made}`, definition } })).body.campaignNo;
  };
  const turn = async (campaignNo: number, what: 'check' | 'submit' | 'cancel' | 'withdraw') => {
    const { version } = (await ask(readCampaign, { params: { campaignNo } })).body;
    return ask(turnCampaign, { params: { campaignNo }, body: { version, turn: what } });
  };
  const go = async (): Promise<void> => {
    const plans = createPlans({ ...brand, budget: noBudget, say: createSay(), dataVersion: async () => 1 });
    await plans.beginDue();
    await brand.drain();
  };

  it('case 49: a campaign reserves when it is let go, commits what it sends, and gives the rest back at its end', async () => {
    const lineNo = await plan.line({ cap: '100' });
    const campaignNo = await draft();
    await place(`campaign:${campaignNo}`, [lineNo]);
    await turn(campaignNo, 'check');
    expect((await turn(campaignNo, 'submit')).body.state).toBe('approved');
    expect(await amounts(lineNo)).toEqual({ reserved: '30', committed: '0', spent: '0', free: '70' });
    await go();
    expect(drawing.box.received.length).toBe(people);
    expect(await amounts(lineNo)).toEqual({ reserved: '0', committed: '30', spent: '0', free: '70' });
    expect((await plan.read(lineNo)).claims).toEqual([{ program: `campaign:${campaignNo}`, reserved: '0', committed: '30', spent: '0' }]);
    // Its page says so, to whoever may read the plan.
    const lines = async (permissions: string) => (await ask(readCampaign, { params: { campaignNo } }, { permissions })).body.budgetLines;
    const { name } = (await plan.read(lineNo)).line;
    expect(await lines('campaigns.read planning.read')).toEqual([{ lineNo, name, cap: '100', free: '70', holds: '30', reserved: '0', overCap: 'stop', isOver: false }]);
    await brand.platform.pg.query("update budget_line set from_month = '2020-01-01', until_month = '2020-12-01' where line_no = $1", [lineNo]);
    expect(await lines('campaigns.read planning.read')).toMatchObject([{ lineNo, isOver: true }]);
    expect(await lines('campaigns.read')).toEqual([]);
  });

  it('is not let go where its lines have too little, and withdrawn gives back what it reserved', async () => {
    const [small, other] = [await plan.line({ cap: '20' }), await plan.line({ cap: '10' })];
    const tooMuch = await draft({ costPerMessage: '0.2' });
    await place(`campaign:${tooMuch}`, [small, other]);
    await turn(tooMuch, 'check');
    const refused = await turn(tooMuch, 'submit');
    expect([refused.status, refused.code]).toEqual([409, 'planning.budget_program_over_cap']);
    expect((await ask(readCampaign, { params: { campaignNo: tooMuch } })).body.state).toBe('checked');
    const enough = await draft();
    await place(`campaign:${enough}`, [small, other]);
    await turn(enough, 'check');
    expect((await turn(enough, 'submit')).status).toBe(200);
    expect([await amounts(small), await amounts(other)]).toMatchObject([{ reserved: '20' }, { reserved: '10' }]);
    expect((await turn(enough, 'withdraw')).status).toBe(200);
    expect([await amounts(small), await amounts(other)]).toMatchObject([{ reserved: '0' }, { reserved: '0' }]);
  });

  it('changed after it was let go it is a draft that holds nothing, and reserves once when it is let go again', async () => {
    const lineNo = await plan.line({ cap: '100' });
    const campaignNo = await draft();
    await place(`campaign:${campaignNo}`, [lineNo]);
    await turn(campaignNo, 'check');
    await turn(campaignNo, 'submit');
    expect(await amounts(lineNo)).toMatchObject({ reserved: '30' });
    const { version, definition } = (await ask(readCampaign, { params: { campaignNo } })).body;
    expect((await ask(changeCampaign, { params: { campaignNo }, body: { version, definition: { ...definition, note: '改一句话' } } })).body.state).toBe('draft');
    expect(await amounts(lineNo)).toMatchObject({ reserved: '0', free: '100' });
    await turn(campaignNo, 'check');
    await turn(campaignNo, 'submit');
    expect(await amounts(lineNo)).toMatchObject({ reserved: '30', free: '70' });
    expect((await turn(campaignNo, 'cancel')).status).toBe(200);
  });

  it('is stopped at the last message its line affords, with the reason in the ledger; a line that warns lets all go', async () => {
    const [stops, warns] = [await plan.line({ cap: '7.77' }), await plan.line({ cap: '1', overCap: 'warn' })];
    const [stopped, warned] = [await draft(), await draft()];
    for (const campaignNo of [stopped, warned]) {
      await turn(campaignNo, 'check');
      await turn(campaignNo, 'submit');
    }
    // Their lines come when they are let go already.
    await place(`campaign:${stopped}`, [stops]);
    await place(`campaign:${warned}`, [warns]);
    drawing.box.received.length = 0;
    await go();
    expect(drawing.box.received.length).toBe(77 + people);
    expect(await amounts(stops)).toEqual({ reserved: '0', committed: '7.7', spent: '0', free: '0.07' });
    expect(await amounts(warns)).toEqual({ reserved: '0', committed: '30', spent: '0', free: '-29' });
    const { occasions } = (await ask(readCampaignProgress, { params: { campaignNo: stopped } })).body;
    expect(occasions).toMatchObject([{ handed: 77, refusedByGate: people - 77, overBudget: people - 77 }]);
    const { rows } = await brand.platform.pg.query<{ customerNo: number }>(
      `select customer_no as "customerNo" from send_decision join send_run using (run_no) where program_no = $1 and verdict <> 0 limit 1`, [stopped]);
    const ledger = (await ask(listDecisions, { params: { customerNo: rows[0].customerNo } })).body.decisions;
    expect(ledger.map(({ verdict, reason }) => [verdict, reason])).toContainEqual(['refuse', 'budget']);
  });

  it('whose price nobody wrote costs what the account it leaves by asks, and is stopped by that', async () => {
    const { pg } = brand.platform;
    await pg.query("update channel_account set cost = 0.1");
    const lineNo = await plan.line({ cap: '2.55' });
    const campaignNo = await draft({ costPerMessage: '0' });
    await turn(campaignNo, 'check');
    await turn(campaignNo, 'submit');
    await place(`campaign:${campaignNo}`, [lineNo]);
    drawing.box.received.length = 0;
    await go();
    expect(drawing.box.received.length).toBe(25);
    expect(await amounts(lineNo)).toEqual({ reserved: '0', committed: '2.5', spent: '0', free: '0.05' });
  });

  it('uses in a later month what it put aside while its line was on, and nothing more of a line whose months are over', async () => {
    const june = { fromMonth: '2026-06', untilMonth: '2026-06' };
    const [line, later, warns] = [await plan.line({ cap: '40', ...june }), await plan.line({ cap: '100', fromMonth: '2026-07' }), await plan.line({ cap: '100', overCap: 'warn', ...june })];
    const [kept, added, ahead, let_] = [await draft(), await draft(), await draft(), await draft()];
    await place(`campaign:${kept}`, [line]);
    await place(`campaign:${ahead}`, [later]);
    for (const campaignNo of [kept, added, let_, ahead]) {
      await turn(campaignNo, 'check');
      expect((await turn(campaignNo, 'submit')).body.state).toBe('approved');
    }
    // Money of a month to come is put aside like any other.
    expect([await amounts(line), await amounts(later)]).toMatchObject([{ reserved: '30' }, { reserved: '30' }]);
    expect((await turn(ahead, 'cancel')).status).toBe(200);
    await place(`campaign:${added}`, [line]);
    await place(`campaign:${let_}`, [warns]);
    const late = await draft();
    await place(`campaign:${late}`, [line]);
    await turn(late, 'check');
    drawing.box.received.length = 0;
    brand.setTime('2026-07-01T04:00:00Z');
    await go();
    expect(drawing.box.received.length).toBe(2 * people);
    expect([await amounts(line), await amounts(warns)]).toMatchObject([{ reserved: '0', committed: '30', free: '10' }, { committed: '30' }]);
    expect((await ask(readCampaignProgress, { params: { campaignNo: added } })).body.occasions).toMatchObject([{ handed: 0, overBudget: people }]);
    expect((await turn(late, 'submit')).code).toBe('planning.budget_program_empty');
    // Nor is one without a limit whose lines were closed.
    const closed = await plan.line();
    const unpaid = await draft();
    await place(`campaign:${unpaid}`, [closed]);
    await turn(unpaid, 'check');
    expect((await ask(closeBudgetLine, { params: { planNo: plan.planNo, lineNo: closed }, body: { reason: '换一条' } })).status).toBe(200);
    expect(await turn(unpaid, 'submit')).toMatchObject({ code: 'planning.budget_program_empty', text: expect.stringContaining((await plan.read(closed)).line.name) });
  });
});
