import type { AddressObject } from 'mailparser';
import { addItem, addRobot, createPlan, editItem, type Item, type ItemKindName } from '../src/domains/planning/contract.ts';
import type { DirectorDoors } from '../src/domains/planning/director/view.ts';
import { createPost, type Post } from '../src/domains/planning/post/post.ts';
import { createReports, type Reports } from '../src/domains/planning/reports/reports.ts';
import { createRobots, type Robots } from '../src/domains/planning/robots/robots.ts';
import { writeMailServer } from '../src/platform/mail/mail-server.ts';
import { createTestServer } from './harness.ts';
import { createMailBox, type MailBox } from './mail-box.ts';
import { askOf } from './messaging-server.ts';
import { planDoors } from './plan-doors.ts';
import { createPlanningServer, type PlanningServer } from './planning-server.ts';
import { createReceiver, type Receiver } from './receiver.ts';

/** A plan whose reports are written, and sent to a mail server and to groups on this machine, at times that the test sets. */
export interface PlanReports {
  team: PlanningServer;
  doors: DirectorDoors;
  reports: Reports;
  post: Post;
  box: MailBox;
  groups: Receiver;
  planNo: number;
  /** 林, whom mail is for. */
  lin: number;
  /** A group in WeCom. */
  robotNo: number;
  put(kind: ItemKindName, body: object, parentNo?: number | null): Promise<Item>;
  edit(item: Pick<Item, 'itemNo'>, changes: object): Promise<void>;
  /** Sets the time, and does what a worker does then: reports, letters, groups. */
  workAt(moment: string): Promise<void>;
  /** To whom mail went since it was asked last, and what it is called. */
  arrived(): { to: string; subject: string }[];
  close(): Promise<void>;
}

export async function createPlanReports(everything: string): Promise<PlanReports> {
  const [team, box, groups] = await Promise.all([createPlanningServer(everything), createMailBox(), createReceiver()]);
  const { platform } = team;
  platform.config.outboundAllow.push('127.0.0.1');
  groups.react((_, response) => void response.writeHead(200, { 'content-type': 'application/json' }).end('{"errcode":0}'));
  const { rows: [{ staffId: lin }] } = await platform.pg.query<{ staffId: number }>("insert into staff (email, name) values ('lin@shop.test', '林') returning staff_id as \"staffId\"");
  await writeMailServer(platform.pg, platform.secret, { host: '127.0.0.1', port: box.port, security: 'plain', user: '', password: null, fromAddress: 'plan@shop.test', fromName: '常青', siteAddress: 'https://crm.shop.test' });
  const doors = planDoors(platform, team);
  const [reports, post, robots]: [Reports, Post, Robots] = [createReports(doors), createPost(doors), createRobots(doors)];
  const { body: { planNo } } = await team.ask(createPlan, { body: { name: '五年规划', startsOn: '2026-01-01' } });
  const server = await createTestServer(platform, robots.routes);
  const { body: { robotNo } } = await askOf(server, 'planning.approve')(addRobot, { body: { kind: 'wecom', name: '运营群', url: `${groups.url}/cgi-bin/webhook/send?key=1`, secret: null } });
  return {
    team, doors, reports, post, box, groups, planNo, lin, robotNo,
    async put(kind, body, parentNo = null) {
      const { status, body: item, text } = await team.ask(addItem, { params: { planNo }, body: { kind, parentNo, afterNo: null, body: { ...body } } });
      if (status !== 201) throw new Error(text);
      return item;
    },
    async edit({ itemNo }, changes) {
      const { rows: [{ version }] } = await platform.pg.query<{ version: number }>('select version from plan_item where item_no = $1', [itemNo]);
      const { status, text } = await team.ask(editItem, { params: { planNo, itemNo }, body: { version, changes: { ...changes } } });
      if (status !== 200) throw new Error(text);
    },
    async workAt(moment) {
      team.setTime(moment);
      await reports.work();
      await post.sendDue();
      await robots.sayDue();
    },
    arrived: () => box.received.splice(0).map(({ to, mail }) => ({ to: to || (mail.to as AddressObject).text, subject: mail.subject ?? '' })).sort((a, b) => (a.to + a.subject < b.to + b.subject ? -1 : 1)),
    async close() {
      await server.close();
      await robots.stop?.();
      await doors.documents.end();
      await team.close();
      await box.close();
      await groups.close();
    },
  };
}
