import ICAL from 'ical.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMailBox, type MailBox } from '../../../../test/mail-box.ts';
import {
  createPlanningServer,
  type PlanningServer,
} from '../../../../test/planning-server.ts';
import { systemActor } from '../../../kernel/actor.ts';
import { writeMailServer } from '../../../platform/mail/mail-server.ts';
import {
  addItem,
  createPlan,
  editItem,
  endCalendarFeed,
  type Item,
  makeCalendarFeed,
  readCalendarFeed,
  readInvitations,
  removeItem,
  sendInvitations,
} from '../contract.ts';
import { createPost, type Post } from '../post/post.ts';

describe('the calendar of a plan', () => {
  let team: PlanningServer;
  let box: MailBox;
  let post: Post;
  let planNo = 0;
  let lin = 0;
  beforeAll(async () => {
    [team, box] = await Promise.all([
      createPlanningServer('planning.read planning.edit'),
      createMailBox(),
    ]);
    const { platform } = team;
    platform.config.outboundAllow.push('127.0.0.1');
    const { rows } = await platform.pg.query<{ staff_id: number }>(
      "insert into staff (email, name) values ('lin@shop.test', '林'), ('wang@shop.test', '王') returning staff_id",
    );
    lin = rows[0].staff_id;
    await platform.pg.query("insert into staff_role (staff_id, role_id) select $1, role_id from role where key = 'viewer'", [lin]);
    post = createPost(team);
    planNo = (
      await team.ask(createPlan, { body: { name: '2026', startsOn: '2026-01-01' } })
    ).body.planNo;
  });
  afterAll(async () => {
    await team.close();
    await box.close();
  });
  const add = async (kind: Item['kind'], body: object): Promise<Item> =>
    (
      await team.ask(addItem, {
        params: { planNo },
        body: { kind, parentNo: null, afterNo: null, body: { ...body } },
      })
    ).body;
  const feed = (path: string) => team.server.inject({ url: path });
  const as = () => ({ staff: lin });

  it('shows somebody their tasks and meetings at a secret address until it is ended', async () => {
    await add('task', {
      name: '写脚本；定稿',
      to: '2026-06-30',
      owner: { staffId: lin, name: '林' },
      note: '第一版',
    });
    await add('task', { name: '别人的', to: '2026-06-30', owner: { name: '王' } });
    await add('milestone', {
      name: '上线',
      due: '2026-07-15',
      owner: { staffId: lin, name: '林' },
    });
    await add('meeting', {
      name: '站会',
      at: '2026-06-19T01:30:00.000Z',
      lengthMinutes: 15,
      participants: [{ staffId: lin, name: '林' }],
    });
    expect((await team.ask(readCalendarFeed, {}, as())).body.createdAt).toBeNull();
    const { path } = (await team.ask(makeCalendarFeed, {}, { ...as(), locale: 'zh-CN' }))
      .body;
    const reply = await feed(path);
    expect([reply.statusCode, reply.headers['content-type']]).toEqual([
      200,
      'text/calendar; charset=utf-8',
    ]);
    const events = new ICAL.Component(ICAL.parse(reply.body))
      .getAllSubcomponents('vevent')
      .map((component) => new ICAL.Event(component));
    expect(
      events.map(({ summary, startDate }) => [summary, startDate.toString()]).sort(),
    ).toEqual([
      ['上线（里程碑）', '2026-07-15'],
      ['写脚本；定稿（截止）', '2026-06-30'],
      ['站会', '2026-06-19T01:30:00Z'],
    ]);
    const again = (await team.ask(makeCalendarFeed, {}, as())).body.path;
    expect([(await feed(path)).statusCode, (await feed(again)).statusCode]).toEqual([
      404, 200,
    ]);
    await team.platform.pg.query(
      'update staff set disabled_at = now() where staff_id = $1',
      [lin],
    );
    expect((await feed(again)).statusCode).toBe(404);
    await team.platform.pg.query(
      'update staff set disabled_at = null where staff_id = $1',
      [lin],
    );
    const viewer = "(select role_id from role where key = 'viewer')";
    await team.platform.pg.query(`insert into role_permission (role_id, permission, granted) values (${viewer}, 'planning.read', false)`);
    expect((await feed(again)).statusCode).toBe(404);
    await team.platform.pg.query(`delete from role_permission where role_id = ${viewer}`);
    expect((await feed(again)).statusCode).toBe(200);
    // A token with the number of an account is somebody else: it neither sees nor ends what is theirs.
    const token = { actor: { ...systemActor, kind: 'token' as const, id: lin } };
    const byToken = (endpoint: object) => team.planning.routes.find((route) => route.endpoint === endpoint)!.handler(token as never);
    expect([await byToken(readCalendarFeed), await byToken(endCalendarFeed)]).toMatchObject([{ createdAt: null }, {}]);
    expect((await feed(again)).statusCode).toBe(200);
    await team.ask(endCalendarFeed, {}, as());
    expect((await feed(again)).json()).toMatchObject({
      status: 404,
      code: 'planning.calendar_not_found',
    });
    expect((await team.ask(makeCalendarFeed, {}, { staff: 9_999 })).code).toBe(
      'planning.no_own_calendar',
    );
  });

  it('invites by mail, says what changed under the next number, and calls off', async () => {
    const meeting = await add('meeting', {
      name: '评审会',
      at: '2026-06-20T02:00:00.000Z',
      lengthMinutes: 90,
      place: '三楼',
      agenda: '1. 成本\n2. 节奏',
      participants: [
        { staffId: lin, name: '林' },
        { name: '李雷', email: 'lilei@agency.test' },
        { name: '没有邮箱' },
      ],
    });
    const params = { planNo, itemNo: meeting.itemNo };
    const edit = async (changes: object): Promise<void> => {
      const { version } = (
        await team.ask(editItem, {
          params,
          body: { version: meeting.version, changes: {} },
        })
      ).body;
      expect(
        (await team.ask(editItem, { params, body: { version, changes: { ...changes } } }))
          .status,
      ).toBe(200);
    };
    const said = () =>
      box.received
        .splice(0)
        .map(({ to, mail, raw }) => {
          const calendar = new ICAL.Component(
            ICAL.parse(
              String(
                (
                  mail.attachments.find(
                    ({ contentType }) => contentType === 'text/calendar',
                  ) ?? mail.attachments[0]
                ).content,
              ),
            ),
          );
          const component = calendar.getFirstSubcomponent('vevent')!;
          return {
            to,
            method: calendar.getFirstPropertyValue('method'),
            sequence: component.getFirstPropertyValue('sequence'),
            uid: component.getFirstPropertyValue('uid'),
            start: new ICAL.Event(component).startDate.toString(),
            status: component.getFirstPropertyValue('status'),
            isAlternative:
              /content-type: text\/calendar;[^\n]*method=(REQUEST|CANCEL)/i.test(
                raw.replace(/\r\n\s+/g, ' '),
              ),
          };
        })
        .sort((a, b) => (a.to < b.to ? -1 : 1));
    expect((await team.ask(sendInvitations, { params }, as())).code).toBe(
      'platform.mail_not_set_up',
    );
    await writeMailServer(team.platform.pg, team.platform.secret, {
      host: '127.0.0.1',
      port: box.port,
      security: 'plain',
      user: '',
      password: null,
      fromAddress: 'plan@shop.test',
      fromName: '常青',
      siteAddress: 'https://crm.shop.test',
    });
    // Whoever invites reads English; those who are invited are written to in the language of the brand.
    const first = await team.ask(sendInvitations, { params }, { ...as(), locale: 'en' });
    expect([first.status, first.body.state, first.body.unreachable]).toEqual([
      202,
      'told',
      ['没有邮箱'],
    ]);
    expect(await post.sendDue()).toBe(2);
    expect(new Set(box.received.map(({ mail }) => mail.subject?.slice(0, 5)))).toEqual(new Set(['会议邀请：']));
    const invited = {
      method: 'REQUEST',
      sequence: 0,
      uid: `meeting-${meeting.itemNo}@perennial`,
      start: '2026-06-20T02:00:00Z',
      status: 'CONFIRMED',
      isAlternative: true,
    };
    expect(said()).toEqual([
      { to: 'lilei@agency.test', ...invited },
      { to: 'lin@shop.test', ...invited },
    ]);
    expect((await team.ask(sendInvitations, { params }, as())).code).toBe(
      'planning.invited_already',
    );
    await edit({ minutes: '还没开' });
    expect((await team.ask(readInvitations, { params })).body).toMatchObject({
      state: 'told',
      sequence: 0,
      copies: [{ state: 'sent' }, { state: 'sent' }],
    });

    await edit({
      at: '2026-06-21T02:00:00.000Z',
      participants: [{ staffId: lin, name: '林' }],
    });
    expect((await team.ask(readInvitations, { params })).body.state).toBe('changed');
    await team.ask(sendInvitations, { params }, as());
    await post.sendDue();
    const moved = { ...invited, sequence: 1, start: '2026-06-21T02:00:00Z' };
    expect(said()).toEqual([
      { ...moved, to: 'lilei@agency.test', method: 'CANCEL', status: 'CANCELLED' },
      { ...moved, to: 'lin@shop.test' },
    ]);

    // Who has it in a calendar is told before it goes.
    const remove = async (): Promise<string | undefined> => (await team.ask(removeItem, { params })).code;
    await edit({ state: 'cancelled' });
    expect(await remove()).toBe('planning.meeting_invited');
    await team.ask(sendInvitations, { params }, as());
    await post.sendDue();
    expect(said()).toEqual([
      {
        ...moved,
        sequence: 2,
        to: 'lin@shop.test',
        method: 'CANCEL',
        status: 'CANCELLED',
      },
    ]);
    expect(await remove()).toBeUndefined();
    const alone = await add('meeting', {
      name: '没有人',
      at: '2026-06-20T02:00:00.000Z',
    });
    expect(
      (await team.ask(sendInvitations, { params: { planNo, itemNo: alone.itemNo } }))
        .code,
    ).toBe('planning.nobody_to_invite');
  });

  it('sends a letter again that the server could not take, and not one that perhaps arrived', async () => {
    const meeting = await add('meeting', {
      name: '再试',
      at: '2026-06-20T02:00:00.000Z',
      participants: [{ staffId: lin, name: '林' }],
    });
    const params = { planNo, itemNo: meeting.itemNo };
    const state = async () =>
      (await team.ask(readInvitations, { params })).body.copies.map((copy) => copy.state);
    await team.ask(sendInvitations, { params }, as());
    box.react(() => 451);
    await post.sendDue();
    expect([await post.sendDue(), await state()]).toEqual([0, ['waiting']]);
    team.setTime('2026-06-18T04:02:00Z');
    box.react(() => 'hang-up');
    await post.sendDue();
    expect(await state()).toEqual(['unknown']);
    team.setTime('2026-06-18T06:02:00Z');
    expect(await post.sendDue()).toBe(0);
  });
});
