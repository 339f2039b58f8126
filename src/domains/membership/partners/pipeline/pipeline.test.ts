import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  createPartnersServer,
  partnersMay,
  type PartnersServer,
} from '../../../../../test/partners-server.ts';
import {
  addPartnerContract,
  addPartnerScene,
  changePartner,
  changePartnerScene,
  createPartner,
  deletePartner,
  listPartnerHistory,
  movePartner,
  notePartner,
  type PartnerStage,
  partnerStages,
  readPartner,
  readPartnerBoard,
  removePartnerScene,
} from '../../contract.ts';
import { mayMoveTo } from './stages.ts';

describe('the pipeline of partners', () => {
  let shop: PartnersServer;
  let staffId: number;
  beforeAll(async () => {
    shop = await createPartnersServer();
    staffId = (
      await shop.platform.pg.query<{ id: number }>(
        "insert into staff (email, name) values ('lin@shop.test', '林夏') returning staff_id as id",
      )
    ).rows[0].id;
  });
  afterAll(() => shop.close());

  const read = async (partnerId: number) =>
    (await shop.ask(readPartner, { params: { partnerId } })).body;
  const move = async (partnerId: number, stage: PartnerStage, version?: number) =>
    shop.ask(movePartner, {
      params: { partnerId },
      body: { stage, version: version ?? (await read(partnerId)).version },
    });
  const history = async (partnerId: number) =>
    (await shop.ask(listPartnerHistory, { params: { partnerId } })).body.events;

  it('begins with an idea, with a name that nobody else has', async () => {
    const { status, body } = await shop.ask(createPartner, {
      body: {
        name: ' 山野露营 ',
        trade: '户外',
        website: 'https://camp.example',
        ownerId: staffId,
      },
    });
    expect(status).toBe(201);
    expect(await read(body.partnerId)).toMatchObject({
      name: '山野露营',
      trade: '户外',
      stage: 'idea',
      owner: { staffId, name: '林夏' },
      version: 1,
      isLate: false,
      contacts: [],
      scenes: [],
    });
    expect(await shop.ask(createPartner, { body: { name: '山野露营' } })).toMatchObject({
      status: 409,
      code: 'membership.partner_name_taken',
    });
    expect(await shop.ask(createPartner, { body: { name: 'x', ownerId: 99_999 } })).toMatchObject({
      status: 400,
      code: 'membership.partner_owner_unknown',
    });
    expect(
      (await shop.ask(createPartner, { body: { name: 'x', website: 'javascript:alert(1)' } }))
        .status,
    ).toBe(400);
  });

  it('goes through its stages in any order, but nobody works with a partner without a contract in force', async () => {
    const partnerId = await shop.partner();
    for (const stage of ['contacted', 'negotiation', 'contacted', 'contract'] as const)
      expect((await move(partnerId, stage)).status, stage).toBe(200);
    expect(await move(partnerId, 'running')).toMatchObject({
      status: 409,
      code: 'membership.partner_needs_contract',
    });
    const contract = {
      startsOn: '2026-07-01',
      endsOn: '2026-07-31',
      settlement: 'billed' as const,
      billedOn: 'use' as const,
      priceEach: '9',
      cap: null,
      currency: 'CNY',
      terms: '',
    };
    await shop.ask(addPartnerContract, { params: { partnerId }, body: contract });
    expect((await move(partnerId, 'running')).status).toBe(409);
    await shop.ask(addPartnerContract, {
      params: { partnerId },
      body: { ...contract, startsOn: '2026-06-18', endsOn: '2026-06-18' },
    });
    expect((await move(partnerId, 'running')).status).toBe(200);
    expect((await move(partnerId, 'ended')).status).toBe(200);
    expect(partnerStages.filter((stage) => !mayMoveTo(stage, [], '2026-06-18'))).toEqual([
      'running',
    ]);
    const moves = (await history(partnerId))
      .filter(({ kind }) => kind === 'moved')
      .map(({ details }) => details.to);
    expect(moves).toEqual([
      'ended',
      'running',
      'contract',
      'contacted',
      'negotiation',
      'contacted',
    ]);
  });

  it('does not lose what one person said when another said something at the same time', async () => {
    const partnerId = await shop.partner();
    const edits = await Promise.all(
      ['first', 'second', 'third'].map((summary) =>
        shop.ask(changePartner, { params: { partnerId }, body: { version: 1, summary } }),
      ),
    );
    expect(edits.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
    expect(edits.find(({ status }) => status === 409)?.code).toBe(
      'membership.partner_edited_meanwhile',
    );
    const { summary, version } = await read(partnerId);
    expect([version, ['first', 'second', 'third'].indexOf(summary) >= 0]).toEqual([2, true]);
    expect(await move(partnerId, 'contacted', 1)).toMatchObject({
      status: 409,
      code: 'membership.partner_edited_meanwhile',
    });
  });

  it('changes what is said and leaves the rest; the history says which', async () => {
    const partnerId = await shop.partner();
    const { body } = await shop.ask(changePartner, {
      params: { partnerId },
      body: {
        version: 1,
        summary: '年轻家庭',
        nextStep: { text: '寄样品', on: '2026-06-17', ownerId: staffId },
      },
    });
    expect(body.version).toBe(2);
    expect(await read(partnerId)).toMatchObject({
      summary: '年轻家庭',
      nextStep: { text: '寄样品', on: '2026-06-17', owner: { name: '林夏' } },
      isLate: true,
    });
    expect((await history(partnerId))[0]).toMatchObject({
      kind: 'changed',
      by: 'test staff',
      details: {
        fields: ['summary', 'nextStep', 'nextStepOn', 'nextStepOwnerId'],
        nextStep: '寄样品',
      },
    });
    await shop.ask(changePartner, {
      params: { partnerId },
      body: { version: 2, nextStep: { text: '', on: null, ownerId: null } },
    });
    expect(await read(partnerId)).toMatchObject({
      summary: '年轻家庭',
      nextStep: { text: '', on: null, owner: null },
      isLate: false,
    });
  });

  it('keeps notes for ever, the newest first, in pages; a phone or a mail address is refused and not said again', async () => {
    const partnerId = await shop.partner();
    for (const n of [1, 2, 3])
      await shop.ask(notePartner, { params: { partnerId }, body: { text: `note ${n}` } });
    const { body: page } = await shop.ask(listPartnerHistory, {
      params: { partnerId },
      query: { limit: 2 },
    });
    expect(page.events.map(({ details }) => details.text)).toEqual(['note 3', 'note 2']);
    const { body: rest } = await shop.ask(listPartnerHistory, {
      params: { partnerId },
      query: { limit: 2, before: page.next ?? 0 },
    });
    expect([rest.events.map(({ details }) => details.text ?? 'created'), rest.next]).toEqual([
      ['note 1', 'created'],
      null,
    ]);
    for (const text of [
      '请打 13800138000 找王经理',
      'write to wang@partner.example, please',
      '联系方式：138-0013-8000', '电话 138 0013 8000', '+44 20 7946 0958 或 +442079460958',
    ]) {
      const refused = await shop.ask(notePartner, { params: { partnerId }, body: { text } });
      expect(refused).toMatchObject({ status: 400, code: 'membership.partner_text_personal' });
      expect(refused.text).not.toMatch(/13800138000|wang@|138-0013/);
    }
    const { rows } = await shop.platform.pg.query(
      "select details from audit_log where details::text like '%note 1%'",
    );
    expect(rows, 'a note is no matter of the audit log').toEqual([]);
  });

  it('is shown as a board: whose step is due first stands first, narrowed by owner or by name', async () => {
    const late = await shop.partner('板A');
    await shop.partner('板B');
    await shop.ask(changePartner, {
      params: { partnerId: late },
      body: {
        version: 1,
        ownerId: staffId,
        nextStep: { text: 'call', on: '2026-06-01', ownerId: null },
      },
    });
    const { body } = await shop.ask(readPartnerBoard, { query: { q: '板' } });
    expect(body.board.map(({ name, isLate }) => [name, isLate])).toEqual([
      ['板A', true],
      ['板B', false],
    ]);
    expect(body.totals).toMatchObject({ idea: 2, running: 0 });
    expect(body.owners).toContainEqual({ staffId, name: '林夏' });
    expect(
      (await shop.ask(readPartnerBoard, { query: { q: '板', ownerId: staffId } })).body.board.map(
        ({ name }) => name,
      ),
    ).toEqual(['板A']);
    expect(
      (await shop.ask(readPartnerBoard, { query: { q: "%' or true --" } })).body.board,
    ).toEqual([]);
  });

  it('remembers of those that ended the latest fifty, and counts all', async () => {
    await shop.platform.pg.query(
      "insert into partner (name, trade, website, summary, stage, stage_since, created_at, updated_at) select '旧 ' || n, '', '', '', 'ended', timestamptz '2025-01-01' + n * interval '1 day', now(), now() from generate_series(1, 60) n",
    );
    const { body } = await shop.ask(readPartnerBoard, { query: { q: '旧' } });
    expect([
      body.board.length,
      body.totals.ended,
      body.board.some(({ name }) => name === '旧 1'),
      body.board.some(({ name }) => name === '旧 60'),
    ]).toEqual([50, 60, false, true]);
  });

  it('forgets a partner with whom nothing was agreed, and no other', async () => {
    const partnerId = await shop.partner();
    await shop.ask(notePartner, { params: { partnerId }, body: { text: 'no' } });
    expect((await shop.ask(deletePartner, { params: { partnerId } })).status).toBe(204);
    expect((await shop.ask(readPartner, { params: { partnerId } })).status).toBe(404);
    const { partnerId: agreed } = await shop.running();
    expect(await shop.ask(deletePartner, { params: { partnerId: agreed } })).toMatchObject({
      status: 409,
      code: 'membership.partner_has_contract',
    });
  });

  it('has scenes in which both products meet, each with its version', async () => {
    const partnerId = await shop.partner();
    const scene = {
      title: '周末露营',
      moment: 'with_purchase' as const,
      categories: ['茶/冷泡茶'],
      theirProduct: '折叠壶',
      description: '带一壶冷泡',
    };
    const {
      body: { sceneId },
    } = await shop.ask(addPartnerScene, { params: { partnerId }, body: scene });
    expect(
      (
        await shop.ask(changePartnerScene, {
          params: { partnerId, sceneId },
          body: { ...scene, title: '秋游', version: 1 },
        })
      ).status,
    ).toBe(204);
    expect(
      await shop.ask(changePartnerScene, {
        params: { partnerId, sceneId },
        body: { ...scene, version: 1 },
      }),
    ).toMatchObject({ status: 409, code: 'membership.partner_part_edited_meanwhile' });
    expect((await read(partnerId)).scenes).toEqual([
      { ...scene, title: '秋游', sceneId, version: 2 },
    ]);
    const other = await shop.partner();
    expect(
      (await shop.ask(removePartnerScene, { params: { partnerId: other, sceneId } })).status,
    ).toBe(404);
    expect((await shop.ask(removePartnerScene, { params: { partnerId, sceneId } })).status).toBe(
      204,
    );
    expect((await read(partnerId)).scenes).toEqual([]);
  });

  it('is closed to who may do anything but this', async () => {
    const others = partnersMay.replace('membership.partners ', '');
    expect((await shop.ask(readPartnerBoard, {}, others)).status).toBe(403);
    expect((await shop.ask(readPartnerBoard, {}, null)).status).toBe(401);
  });
});
