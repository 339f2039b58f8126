import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createGateShop, type GateShop } from '../../../../test/gate-shop.ts';
import { createTestServer } from '../../../../test/harness.ts';
import type { Endpoint, EndpointReply, EndpointRequest } from '../../../kernel/endpoint.ts';
import { addressOf } from '../../../web/api/address.ts';
import {
  addSuppression, askOptIn, changeGateRules, choosePreferences, confirmOptIn, exportSuppressions, firstRules, importSuppressions, listDecisions, listGateRules, listHeldBack, listSuppressions, openPreferences, readGateRules, readHeldBack, readOptIn,
  removeSuppression, tryGateRules, unsubscribeByOneClick, keepHeldBack,
} from '../contract.ts';
import type { MessageOf } from '../part.ts';
import { createMessageTokens } from '../sending/tracking/message-tokens.ts';
import { countDays } from './ledger/count-days.ts';

const everything = 'messaging.read messaging.rules customers.reveal customers.consent audiences.edit';
const noon = new Date('2026-06-18T04:00:00Z');
type Server = Awaited<ReturnType<typeof createTestServer>>;

describe('pages of the gate', () => {
  let shop: GateShop;
  let server: Server;
  const told: MessageOf[] = [];
  let now = noon;
  beforeAll(async () => {
    shop = await createGateShop();
    shop.platform.clock.now = () => now;
    shop.gate.onOptOut(async (_, message) => void told.push(message));
    shop.gate.registerPrograms({ kind: 'campaign', namesOf: async (nos) => new Map(nos.map((no) => [no, { name: `Campaign ${no}`, path: `/campaigns/${no}` }])) });
    server = await createTestServer(shop.platform, shop.gate.routes);
  });
  afterAll(async () => {
    await server.close();
    await shop.close();
  });
  async function ask<E extends Endpoint>(endpoint: E, request: EndpointRequest<E> = {}): Promise<{ status: number; body: EndpointReply<E>; text: string; code?: string }> {
    const reply = await server.inject({ method: endpoint.method, url: addressOf(endpoint, request), payload: request.body as object | undefined, headers: { 'x-test-permissions': everything, 'accept-language': 'en' } });
    const body = reply.headers['content-type']?.toString().includes('json') ? reply.json() : {};
    return { status: reply.statusCode, body, text: reply.body, code: body.code };
  }
  const seal = (kind: 'unsubscribe' | 'preferences', runNo: number, customerNo: number) => createMessageTokens(shop.platform.secret).seal(kind, { runNo, customerNo, occasion: '', arm: 0, position: 0 });

  it('keep who set which rules when, and tell the second of two who change them', async () => {
    expect((await ask(readGateRules)).body).toEqual({ rulesNo: null, rules: firstRules, at: null, by: null });
    const changed = { ...firstRules, universalControl: 500 };
    const first = await ask(changeGateRules, { body: { rules: changed, basedOn: null } });
    expect(first.body).toMatchObject({ rules: changed, at: noon.toISOString(), by: 'test staff' });
    expect((await ask(changeGateRules, { body: { rules: firstRules, basedOn: null } })).code).toBe('messaging.rules_changed_meanwhile');
    // Who reads later what all messages bring wants to know why the group is another.
    expect(await ask(changeGateRules, { body: { rules: firstRules, basedOn: first.body.rulesNo } })).toMatchObject({ status: 400, code: 'messaging.control_reason_missing' });
    await ask(changeGateRules, { body: { rules: firstRules, basedOn: first.body.rulesNo, controlReason: 'the board wants everybody reached' } });
    expect((await ask(listGateRules)).body.versions.map(({ rules }) => rules.universalControl)).toEqual([0, 500]);
    const { rows } = await shop.platform.pg.query("select details from audit_log where action = 'messaging.change_rules' order by seq");
    expect(rows.map(({ details }) => details)).toEqual([
      { changed: ['universalControl'], universalControl: { from: 0, to: 500, reason: null } }, { changed: ['universalControl'], universalControl: { from: 500, to: 0, reason: 'the board wants everybody reached' } },
    ]);
  });

  it('say how many people each rule touches now', async () => {
    const people = await shop.people(4);
    await shop.rules({});
    const run = await shop.run();
    await shop.decide(run, people.slice(0, 3), noon);
    await shop.stillMay(run, people.slice(0, 2), noon);
    await shop.platform.pg.query("insert into customer_profile (customer_no, birth_date, country) values ($1, '2020-01-01', '日本'), ($2, null, null)", [people[0], people[1]]);
    const { body } = await ask(tryGateRules, { body: { rules: { ...firstRules, quiet: [{ from: '12:30', until: '14:00', channels: [], clock: 'person', what: 'defer' }], quotas: [{ channel: 'sms', of: 'person', per: 'day', most: 1 }], reachesUnknownAge: false } } });
    expect(body).toMatchObject({ caps: [2, 0], quiet: [1], quotas: [{ used: null, people: 2 }], universalControl: 0, underAge: 1, excluded: 0, suppressed: 0 });
    expect(body.unknownAge).toBe(3);
  });

  it('list everything that was decided about a person, what was checked, and what became of it', async () => {
    const [a, b] = await shop.people(2);
    await shop.rules({ caps: firstRules.caps });
    const run = await shop.run({ expectedValue: '5' });
    await shop.platform.pg.query("update send_run set arms = '[{\"key\": \"A\", \"isControl\": false}]' where run_no = $1", [run.runNo]);
    const other = await shop.run({ channel: 'email' });
    await shop.decide(run, [a], noon);
    await shop.decide(other, [a], new Date(noon.getTime() + 1_000));
    await shop.platform.pg.query("insert into send_delivery (occasion_on, run_no, customer_no, state, attempts, not_before, handed_at, answer) values ($1, $2, $3, 'handed', 1, now(), $4, '250')", [run.occasionOn, run.runNo, a, noon]);
    const { body } = await ask(listDecisions, { params: { customerNo: a } });
    expect(body.next).toBeNull();
    expect(body.decisions).toMatchObject([
      { runNo: other.runNo, verdict: 'defer', reason: 'outranked', details: { winner: { no: run.programNo, value: 5 } }, delivery: null, program: { name: `Campaign ${other.programNo}`, path: `/campaigns/${other.programNo}` } },
      { runNo: run.runNo, verdict: 'send', arm: 'A', delivery: { state: 'handed', answer: '250', attempts: 1 } },
    ]);
    expect(body.decisions[0].checks.at(-1)).toEqual({ check: 'outranked', held: true });
    expect(body.decisions[1].checks.every(({ held }) => !held)).toBe(true);
    const page = await ask(listDecisions, { params: { customerNo: a }, query: { limit: 1 } });
    expect(page.body.decisions).toHaveLength(1);
    const rest = await ask(listDecisions, { params: { customerNo: a }, query: { limit: 1, before: page.body.next ?? '' } });
    expect(rest.body.decisions).toMatchObject([{ runNo: run.runNo }]);
    await shop.platform.pg.query("update customer set status = 1, merged_into = $1, merged_at = '2026-06-17' where customer_no = $2", [b, a]);
    expect((await ask(listDecisions, { params: { customerNo: b } })).body.decisions).toHaveLength(2);
    expect((await ask(listDecisions, { params: { customerNo: b }, query: { before: 'nonsense' } })).code).toBe('messaging.bad_position');
    expect((await ask(listDecisions, { params: { customerNo: 2_000_000_000 } })).status).toBe(404);
  });

  it('count who was held back by what, show them, and keep them as an audience', async () => {
    await shop.rules({});
    const people = await shop.people(5);
    await shop.say(people.slice(0, 3), false);
    const run = await shop.run();
    await shop.decide(run, people, noon);
    await countDays(shop.platform);
    const held = await ask(readHeldBack, { query: { runNo: run.runNo } });
    expect(held.body).toMatchObject({ rows: [{ runNo: run.runNo, reason: 'no_consent', verdict: 'refuse', decisions: 3, channel: 'sms' }], days: [{ day: '2026-06-18', reason: 'no_consent', decisions: 3 }], from: '2026-06-12', until: '2026-06-18', countedAt: noon.toISOString() });
    const first = await ask(listHeldBack, { query: { reason: 'no_consent', runNo: run.runNo, limit: 2 } });
    expect(first.body.people.map(({ customerNo }) => customerNo)).toEqual(people.slice(0, 2));
    expect((await ask(listHeldBack, { query: { reason: 'no_consent', runNo: run.runNo, limit: 2, after: first.body.next ?? '' } })).body).toMatchObject({ people: [{ customerNo: people[2] }], next: null });
    expect((await ask(listHeldBack, { query: { after: '1~x' } })).code).toBe('messaging.bad_position');
    // Held back for two occasions of one run, somebody is not lost between two pages.
    await shop.platform.pg.query(`insert into send_decision (occasion_on, run_no, customer_no, occasion, arm, verdict, reason, decided_at)
      select occasion_on, run_no, customer_no, 'later~ on', arm, verdict, reason, decided_at from send_decision where run_no = $1 and customer_no = $2`, [run.runNo, people[0]]);
    const seen: number[] = [];
    for (let after: string | null | undefined; after !== null;) {
      const page = await ask(listHeldBack, { query: { reason: 'no_consent', runNo: run.runNo, limit: 1, after } });
      seen.push(...page.body.people.map(({ customerNo }) => customerNo));
      after = page.body.next;
    }
    expect(seen).toEqual([people[0], people[0], people[1], people[2]]);
    await shop.platform.pg.query("delete from send_decision where occasion = 'later~ on'");
    expect((await ask(readHeldBack, { query: { runNo: run.runNo, channel: 'email' } })).body.rows).toEqual([]);
    expect((await ask(keepHeldBack, { body: { name: 'nobody', reason: 'minor' } })).code).toBe('messaging.nobody_held_back');
  });

  it('put people and addresses on the list of those that nothing goes to, in full only to who may see them', async () => {
    const [a] = await shop.people(1);
    expect((await ask(addSuppression, { body: { whom: { customerNo: a }, channel: 'sms' } })).body).toEqual({ added: true });
    expect((await ask(addSuppression, { body: { whom: { customerNo: a }, channel: 'sms' } })).body).toEqual({ added: false });
    expect((await ask(addSuppression, { body: { whom: { customerNo: 2_000_000_000 } } })).status).toBe(404);
    const wrong = await ask(addSuppression, { body: { whom: { kind: 'phone', value: '12' } } });
    expect([wrong.status, wrong.code]).toEqual([400, 'messaging.no_such_address']);
    const imported = await ask(importSuppressions, { body: { kind: 'email', values: ['li@example.com', 'LI@example.com', 'no address', 'wang@example.com'] } });
    expect(imported.body).toEqual({ added: 2, known: 1, wrongLines: [3] });
    const { body } = await ask(listSuppressions);
    expect(body.totals).toEqual([{ reason: 'by_hand', total: 1 }, { reason: 'imported', total: 2 }]);
    expect(body.rows.map(({ customerNo, address }) => customerNo ?? address?.masked)).toEqual(['w***@example.com', 'l***@example.com', a]);
    expect((await ask(listSuppressions, { query: { reason: 'imported', limit: 1 } })).body).toMatchObject({ rows: [{ reason: 'imported' }], next: body.rows[0].suppressionNo });
    expect((await ask(exportSuppressions)).text).toContain('email,wang@example.com,');
    const { suppressionNo } = body.rows[2];
    expect((await ask(removeSuppression, { params: { suppressionNo } })).status).toBe(204);
    expect((await ask(removeSuppression, { params: { suppressionNo } })).status).toBe(404);
    const { rows } = await shop.platform.pg.query("select action, details::text as details from audit_log where action like '%suppress%'");
    expect(rows.map((row) => row.action)).toEqual(['messaging.suppress', 'messaging.suppress', 'messaging.import_suppressions', 'messaging.export_suppressions', 'messaging.lift_suppression']);
    expect(rows.some((row) => row.details.includes('example.com'))).toBe(false);
  });

  it('let people choose by a link what they want to get, in force at once, also for what is on its way', async () => {
    const [a] = await shop.people(1);
    const run = await shop.run({ channel: 'email' });
    await shop.decide(run, [a], noon);
    const token = seal('preferences', run.runNo, a);
    expect((await ask(openPreferences, { body: { token } })).body).toEqual({ brand: '常青', cameBy: 'email', channels: [{ channel: 'sms', granted: true, isAsked: false }, { channel: 'email', granted: true, isAsked: false }], isPersonalised: true });
    expect((await ask(choosePreferences, { body: { token, choice: { about: 'personalisation', granted: false } } })).body.isPersonalised).toBe(false);
    expect(await shop.stillMay(run, [a], noon)).toMatchObject(new Map([[`${a} `, { word: 'go', isPlain: true }]]));
    await ask(choosePreferences, { body: { token, choice: { about: 'channel', channel: 'email', granted: false } } });
    expect(await shop.stillMay(run, [a], noon)).toEqual(new Map());
    expect(told).toEqual([expect.objectContaining({ runNo: run.runNo, customerNo: a })]);
    now = new Date(noon.getTime() + 1_000);
    await ask(choosePreferences, { body: { token, choice: { about: 'channel', channel: 'email', granted: true } } });
    now = new Date(noon.getTime() + 2_000);
    expect((await ask(choosePreferences, { body: { token, choice: { about: 'everything' } } })).body.channels.every(({ granted }) => granted === false)).toBe(true);
    const { rows } = await shop.platform.pg.query("select text_version, source, evidence from consent where customer_no = $1 and source <> 'test' and channel = 'email' and purpose = 'marketing'", [a]);
    expect(rows).toHaveLength(3);
    expect(rows[0]).toEqual({ text_version: 'preferences 2026-11', source: 'preference_page', evidence: { run: run.runNo, occasion: '' } });
  });

  it('end marketing by one click of a program, once however often it is sent, and by nothing but a post with the token that was made', async () => {
    const [a] = await shop.people(1);
    const run = await shop.run({ channel: 'email', state: 'done' });
    const token = seal('unsubscribe', run.runNo, a);
    const post = (text: string, type: string, payload: string) => server.inject({ method: 'POST', url: `/m/u/${text}`, headers: { 'content-type': type }, payload });
    const statements = async (): Promise<number> => (await shop.platform.pg.query('select from consent where customer_no = $1 and not granted', [a])).rowCount ?? 0;
    for (const method of ['GET', 'HEAD', 'OPTIONS'] as const) await server.inject({ method, url: `/m/u/${token}`, headers: { 'user-agent': 'LinkScanner/1.0' } });
    const middle = Math.floor(token.length / 2);
    const forged = `${token.slice(0, middle)}${token[middle] === 'A' ? 'B' : 'A'}${token.slice(middle + 1)}`;
    expect((await post(forged, 'application/x-www-form-urlencoded', 'List-Unsubscribe=One-Click')).statusCode).toBe(410);
    expect((await post(seal('preferences', run.runNo, a).slice(0, -2), 'application/x-www-form-urlencoded', '')).statusCode).toBe(410);
    expect(await statements()).toBe(0);
    for (let n = 0; n < 2; n++) expect((await post(token, 'application/x-www-form-urlencoded', 'List-Unsubscribe=One-Click')).statusCode).toBe(200);
    expect((await post(token, 'multipart/form-data; boundary=x', '--x\r\ncontent-disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--\r\n')).statusCode).toBe(200);
    expect(await statements()).toBe(1);
    expect(unsubscribeByOneClick.method).toBe('POST');
    await shop.platform.pg.query('update customer set status = 2 where customer_no = $1', [a]);
    expect((await ask(openPreferences, { body: { token } })).code).toBe('messaging.preferences_link_ended');
  });

  it('end marketing for more people at once than there are connections, and say once what somebody clicks twice at the same moment', async () => {
    const people = await shop.people(60);
    const run = await shop.run({ channel: 'email', state: 'done' });
    const click = (no: number) => server.inject({ method: 'POST', url: `/m/u/${seal('unsubscribe', run.runNo, no)}`, headers: { 'content-type': 'application/x-www-form-urlencoded' }, payload: 'List-Unsubscribe=One-Click' });
    const replies = await Promise.all([...people, ...people].map(click));
    expect(new Set(replies.map(({ statusCode }) => statusCode))).toEqual(new Set([200]));
    expect((await shop.platform.pg.query('select from consent where customer_no = any($1::int[]) and not granted', [people])).rowCount).toBe(people.length);
  });

  it('count what somebody is said to want once they have said so themselves by their link', async () => {
    const [a] = await shop.people(1);
    await shop.platform.pg.query('delete from consent where customer_no = $1', [a]);
    const body = { customerNo: a, channel: 'sms' as const, source: 'store', textVersion: 'card 3' };
    const asked = await ask(askOptIn, { body });
    const token = asked.body.path.split('/')[3];
    expect((await ask(readOptIn, { body: { token } })).body).toEqual({ brand: '常青', channel: 'sms', confirmedAt: null });
    expect(await shop.decide(await shop.run(), [a], now)).toMatchObject([{ reason: 'no_consent' }]);
    for (let n = 0; n < 2; n++) expect((await ask(confirmOptIn, { body: { token } })).body.confirmedAt).toBe(now.toISOString());
    expect(await shop.decide(await shop.run(), [a], now)).toMatchObject([{ reason: 'none' }]);
    const { rows } = await shop.platform.pg.query('select source, text_version, evidence from consent where customer_no = $1', [a]);
    expect(rows).toEqual([{ source: 'store', text_version: 'card 3', evidence: { confirmedBy: 'link', optIn: asked.body.requestNo, askedAt: now.toISOString() } }]);
    const other = await ask(askOptIn, { body: { ...body, days: 1 } });
    const before = now;
    now = new Date(now.getTime() + 2 * 86_400_000);
    for (const wrong of [other.body.path.split('/')[3], `${token.slice(0, -2)}AA`, 'x']) expect((await ask(confirmOptIn, { body: { token: wrong } })).code).toBe('messaging.preferences_link_ended');
    now = before;
    expect((await ask(askOptIn, { body: { ...body, customerNo: 2_000_000_000 } })).status).toBe(404);
  });

  it('forget with a person what was decided about them, and of an address keep that it is not written to', async () => {
    const [a] = await shop.people(1);
    const phone = `+86138${String(a).padStart(8, '0')}`;
    await shop.decide(await shop.run(), [a], noon);
    await shop.within((client) => shop.gate.suppress(client, { whom: { address: phone }, channel: 'sms', reason: 'complaint', by: 'test', at: noon }));
    const person = { customerNos: [a], identifiers: [{ kind: 'phone' as const, namespace: '', value: phone }] };
    const sources = shop.gate.heldData ?? [];
    expect(await Promise.all(sources.map((source) => source.count(person)))).toEqual([1, 0, 0, 1]);
    const lines: object[] = [];
    for (const source of sources) for await (const line of source.export(person)) lines.push(line);
    expect(lines).toHaveLength(2);
    for (const source of sources) await source.erase(person);
    expect(await Promise.all(sources.map((source) => source.count(person)))).toEqual([0, 0, 0, 0]);
    const { rows } = await shop.platform.pg.query('select value from send_suppression where hash = $1', [shop.customers.vault.hashOf('phone', '', phone)]);
    expect(rows).toEqual([{ value: null }]);
  });
});
