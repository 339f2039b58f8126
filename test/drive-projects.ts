import { writeMailServer } from '../src/platform/mail/mail-server.ts';
import type { Platform } from '../src/platform/platform.ts';
import { createReceiver } from './receiver.ts';

type Drive = (
  name: string,
  action: string | null,
  payload?: object,
  params?: Record<string, string | number>,
) => Promise<Record<string, unknown>>;

/** A day of a project: somebody is invited to a meeting, a calendar gets an address and loses it, a group's robot is tried and forgotten. */
export async function driveProjects(
  drive: Drive,
  { pg, secret }: Platform,
): Promise<void> {
  const {
    rows: [{ value }],
  } = await pg.query<{ value: unknown }>(
    "select (select value from setting where name = 'mail_server') as value",
  );
  if (value === null)
    await writeMailServer(pg, secret, {
      host: '127.0.0.1',
      port: 9,
      security: 'plain',
      user: '',
      password: null,
      fromAddress: 'plan@shop.test',
      fromName: 'Plan',
      siteAddress: 'https://crm.shop.test',
    });
  const { planNo } = (await drive('POST /api/plans', 'planning.begin_plan', {
    name: 'Projects',
    startsOn: '2026-01-01',
  })) as { planNo: number };
  const put = async (
    kind: string,
    body: object,
    parentNo: number | null = null,
  ): Promise<number> =>
    (
      (await drive(
        'POST /api/plans/:planNo/items',
        null,
        { kind, parentNo, afterNo: null, body },
        { planNo },
      )) as { itemNo: number }
    ).itemNo;
  const meeting = await put('meeting', {
    name: 'Points',
    at: '2026-06-20T02:00:00.000Z',
    participants: [{ name: 'Li Lei', email: 'lilei@agency.test' }],
  });
  await drive(
    'POST /api/plans/:planNo/meetings/:itemNo/invitations',
    'planning.invite',
    undefined,
    { planNo, itemNo: meeting },
  );
  await drive('POST /api/planning/calendar-feed', 'planning.make_calendar_feed');
  await drive('DELETE /api/planning/calendar-feed', 'planning.end_calendar_feed');
  const receiver = await createReceiver();
  receiver.react(
    (_received, response) =>
      void response
        .writeHead(200, { 'content-type': 'application/json' })
        .end('{"errcode":0,"errmsg":"ok"}'),
  );
  const { robotNo } = (await drive('POST /api/planning/robots', 'planning.add_robot', {
    kind: 'wecom',
    name: 'Team',
    url: `${receiver.url}/cgi-bin/webhook/send?key=x`,
  })) as { robotNo: number };
  await drive(
    'POST /api/planning/robots/:robotNo/test',
    'planning.test_robot',
    {},
    { robotNo },
  );
  await drive(
    'DELETE /api/planning/robots/:robotNo',
    'planning.remove_robot',
    undefined,
    { robotNo },
  );
  await receiver.close();
}
