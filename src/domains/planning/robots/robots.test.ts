import { createHmac } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestServer } from '../../../../test/harness.ts';
import { askOf } from '../../../../test/messaging-server.ts';
import {
  createPlanningServer,
  type PlanningServer,
} from '../../../../test/planning-server.ts';
import { createReceiver, type Receiver } from '../../../../test/receiver.ts';
import { createSay } from '../../../platform/i18n.ts';
import {
  addRobot,
  listRobots,
  removeRobot,
  type RobotKind,
  testRobot,
} from '../contract.ts';
import { withinBytes } from './provider.ts';
import { createRobots, type Robots } from './robots.ts';
import { say } from './store.ts';

const message = {
  title: '复购率低于 30%',
  lines: ['现在 28%', '[不是链接](https://evil.test) **也不加粗**'],
  link: { text: '打开项目', href: 'https://crm.shop.test/plan/projects/1' },
};

describe('robots of groups', () => {
  let team: PlanningServer;
  let receiver: Receiver;
  let robots: Robots;
  let server: FastifyInstance;
  let ask: PlanningServer['ask'];
  beforeAll(async () => {
    [team, receiver] = await Promise.all([
      createPlanningServer('planning.read planning.approve'),
      createReceiver(),
    ]);
    team.platform.config.outboundAllow.push('127.0.0.1');
    // Ways out are made with what is allowed at that moment.
    robots = createRobots({ platform: team.platform, say: createSay() });
    server = await createTestServer(team.platform, robots.routes);
    ask = askOf(server, 'planning.read planning.approve');
  });
  afterAll(async () => {
    await robots.stop?.();
    await server.close();
    await team.close();
    await receiver.close();
  });
  beforeEach(() => void receiver.received.splice(0));
  const answer = (body: object, status = 200): void =>
    receiver.react(
      (_received, response) =>
        void response
          .writeHead(status, { 'content-type': 'application/json' })
          .end(JSON.stringify(body)),
    );
  const fine = {
    feishu: {
      code: 0,
      msg: 'success',
      data: {},
      StatusCode: 0,
      StatusMessage: 'success',
    },
    dingtalk: { errcode: 0, errmsg: 'ok' },
    wecom: { errcode: 0, errmsg: 'ok' },
  };
  const paths = {
    feishu: '/open-apis/bot/v2/hook/abc',
    dingtalk: '/robot/send?access_token=abc',
    wecom: '/cgi-bin/webhook/send?key=abc',
  };
  const added = async (
    kind: RobotKind,
    secret: string | null = 'SECsecret',
  ): Promise<number> =>
    (
      await ask(addRobot, {
        body: { kind, name: `${kind} 群`, url: receiver.url + paths[kind], secret },
      })
    ).body.robotNo;
  const tell = async (robotNo: number, now = team.platform.clock.now()): Promise<void> =>
    say(team.platform.pg, [robotNo], message, now);
  const lastOf = async (robotNo: number) =>
    (await ask(listRobots)).body.robots.find((robot) => robot.robotNo === robotNo)?.last;
  const at = (iso: string): number => new Date(iso).getTime();

  it('are spoken to as their providers’ documents say, signed by the secret, and no words become markup', async () => {
    team.setTime('2026-06-18T04:00:00Z');
    for (const kind of ['feishu', 'dingtalk', 'wecom'] as const) {
      answer(fine[kind]);
      await tell(await added(kind));
      expect(await robots.sayDue()).toBe(1);
    }
    const [feishu, dingtalk, wecom] = receiver.received.map(({ path, body }) => ({
      path,
      body: JSON.parse(body.toString()),
    }));
    const seconds = String(at('2026-06-18T04:00:00Z') / 1_000);
    expect(feishu).toEqual({
      path: paths.feishu,
      body: {
        timestamp: seconds,
        sign: createHmac('sha256', `${seconds}\nSECsecret`).update('').digest('base64'),
        msg_type: 'post',
        content: {
          post: {
            zh_cn: {
              title: message.title,
              content: [
                [{ tag: 'text', text: message.lines[0] }],
                [{ tag: 'text', text: message.lines[1] }],
                [{ tag: 'a', ...message.link }],
              ],
            },
          },
        },
      },
    });
    const address = new URL(dingtalk.path, receiver.url);
    const milliseconds = String(at('2026-06-18T04:00:00Z'));
    expect(Object.fromEntries(address.searchParams)).toEqual({
      access_token: 'abc',
      timestamp: milliseconds,
      sign: createHmac('sha256', 'SECsecret')
        .update(`${milliseconds}\nSECsecret`)
        .digest('base64'),
    });
    expect(dingtalk.body).toEqual({
      msgtype: 'text',
      text: {
        content: [
          message.title,
          ...message.lines,
          `${message.link.text}: ${message.link.href}`,
        ].join('\n'),
      },
    });
    expect([wecom.path, wecom.body]).toEqual([paths.wecom, dingtalk.body]);
    expect(
      (await ask(listRobots)).body.robots
        .map(({ kind, hasSecret }) => [kind, hasSecret])
        .sort(),
    ).toEqual([
      ['dingtalk', true],
      ['feishu', true],
      ['wecom', false],
    ]);
  });

  it('say why they were refused within a 200, at once where it is tried by hand', async () => {
    const refusals: [RobotKind, object, string][] = [
      [
        'feishu',
        {
          code: 19021,
          msg: 'sign match fail or timestamp is not within one hour from current time',
        },
        'planning.robot_signature',
      ],
      ['feishu', { code: 19024, msg: 'Key Words Not Found' }, 'planning.robot_keyword'],
      ['feishu', { code: 9499, msg: 'Bad Request', data: {} }, 'planning.robot_refused'],
      [
        'dingtalk',
        {
          errcode: 310000,
          errmsg: 'sign not match, more: [https://ding-doc.dingtalk.com]',
        },
        'planning.robot_signature',
      ],
      [
        'dingtalk',
        { errcode: 310000, errmsg: 'keywords not in content' },
        'planning.robot_keyword',
      ],
      [
        'dingtalk',
        { errcode: 300001, errmsg: 'token is not exist' },
        'planning.robot_unknown',
      ],
      [
        'wecom',
        { errcode: 93000, errmsg: 'invalid webhook url, hint: [x]' },
        'planning.robot_unknown',
      ],
      [
        'wecom',
        { errcode: 45009, errmsg: 'api freq out of limit' },
        'planning.robot_slow',
      ],
    ];
    for (const [kind, body, code] of refusals) {
      const robotNo = await added(kind);
      answer(body);
      expect([body, (await ask(testRobot, { params: { robotNo } })).code]).toEqual([
        body,
        code,
      ]);
      if (code === 'planning.robot_slow') continue;
      await tell(robotNo);
      await robots.sayDue();
      expect(await lastOf(robotNo)).toMatchObject({ state: 'failed', problem: code });
    }
    answer(fine.wecom);
    expect(
      (await ask(testRobot, { params: { robotNo: await added('wecom') } })).body,
    ).toEqual({ isSent: true });
    receiver.react((_received, response) => void response.writeHead(200).end('<html>'));
    expect(
      (await ask(testRobot, { params: { robotNo: await added('wecom') } })).code,
    ).toBe('planning.robot_refused');
  });

  it('say twenty things a minute and the rest later; what is slow is said again, what perhaps arrived is not', async () => {
    team.setTime('2026-06-18T05:00:00Z');
    const robotNo = await added('dingtalk');
    answer(fine.dingtalk);
    for (let n = 0; n < 25; n++) await tell(robotNo);
    expect([await robots.sayDue(), await robots.sayDue()]).toEqual([20, 0]);
    team.setTime('2026-06-18T05:01:01Z');
    expect(await robots.sayDue()).toBe(5);

    team.setTime('2026-06-18T05:10:00Z');
    answer({ errcode: 130101, errmsg: 'send too fast, exceed 20 times per minute' });
    await tell(robotNo);
    await robots.sayDue();
    expect([(await lastOf(robotNo))?.state, await robots.sayDue()]).toEqual([
      'waiting',
      0,
    ]);
    team.setTime('2026-06-18T05:11:01Z');
    answer(fine.dingtalk);
    expect([await robots.sayDue(), (await lastOf(robotNo))?.state]).toEqual([1, 'sent']);

    receiver.react((_received, response) => void response.socket?.destroy());
    await tell(robotNo);
    await robots.sayDue();
    expect([(await lastOf(robotNo))?.state, await robots.sayDue()]).toEqual([
      'unknown',
      0,
    ]);
  });

  it('live at their providers’ hosts only, and their keys are nowhere to be read', async () => {
    const refused = async (kind: RobotKind, url: string) =>
      (await ask(addRobot, { body: { kind, name: 'x', url } })).code;
    team.platform.config.outboundAllow.splice(0);
    expect(
      await refused(
        'feishu',
        'https://open.feishu.cn.evil.test/open-apis/bot/v2/hook/abc',
      ),
    ).toBe('planning.robot_bad_address');
    expect(
      await refused('feishu', 'http://open.feishu.cn/open-apis/bot/v2/hook/abc'),
    ).toBe('planning.robot_bad_address');
    expect(
      await refused('wecom', 'https://oapi.dingtalk.com/robot/send?access_token=abc'),
    ).toBe('planning.robot_bad_address');
    expect(await refused('dingtalk', 'https://oapi.dingtalk.com/other')).toBe(
      'planning.robot_bad_address',
    );
    expect(await refused('dingtalk', receiver.url + paths.dingtalk)).toBe(
      'planning.robot_bad_address',
    );
    team.platform.config.outboundAllow.push('127.0.0.1');
    const robotNo = await added('feishu', 'SEC-very-secret');
    const { rows } = await team.platform.pg.query<{ all: string }>(
      "select string_agg(r::text, ' ') as all from plan_robot r",
    );
    expect(rows[0].all).not.toMatch(/hook|SEC-very/);
    expect((await ask(listRobots)).text).not.toMatch(/hook|SEC-very/);
    expect((await ask(removeRobot, { params: { robotNo } })).body).toEqual({
      isRemoved: true,
    });
    await tell(robotNo);
    expect([
      await robots.sayDue(),
      (await ask(testRobot, { params: { robotNo } })).code,
      (await ask(removeRobot, { params: { robotNo } })).code,
    ]).toEqual([0, 'planning.robot_not_found', 'planning.robot_not_found']);
  });

  it('are told as much as they take, without half characters', () => {
    expect(withinBytes('会员', 6)).toBe('会员');
    expect(withinBytes('会员日', 8)).toBe('会…');
    expect(Buffer.byteLength(withinBytes('🎉'.repeat(1_000), 2_048))).toBeLessThanOrEqual(
      2_048,
    );
  });
});
