import { addMonths, addDays, dayIn } from '../../../../kernel/day.ts';
import { formatDecimal } from '../../../../kernel/decimal.ts';
import { readBrand } from '../../../../platform/settings.ts';
import type { AddToDemo } from '../../../collect/public.ts';
import { sealContact } from '../contacts/contacts.ts';
import { compareLines } from '../statements/compare.ts';
import { readOurs, writeDifferences } from '../statements/comparisons.ts';
import type { PackDoors } from '../packs/doors.ts';
import type { ContactDoors } from '../contacts/contacts.ts';
import { type DemoPartner, demoPartners } from './brands.ts';
import { addDemoPack, ago, dayAgo, type DemoWorld } from './demo-pack.ts';

const mostPeople = 300;
const firstSeenDaysAgo = 240;

/** Gives the demonstration brand partners in every stage, two of them with packs that people were given benefits of, and a statement to talk about. */
export const addDemoPartners = (doors: PackDoors & ContactDoors): AddToDemo => async (client, { endMs }) => {
  const { timeZone } = await readBrand(client);
  const world: DemoWorld = { client, book: doors.book, timeZone, endMs };
  const { rows } = await client.query<{ customerNo: number }>(`select customer_no as "customerNo" from customer where status = 0 order by customer_no % 61, customer_no limit ${mostPeople}`);
  for (const partner of demoPartners) {
    const partnerId = await addPartner(world, doors, partner);
    const contractId = await addContract(world, partnerId, partner);
    if (contractId === null) continue;
    await addDemoPack(world, { partnerId, contractId }, partner, rows.map(({ customerNo }) => customerNo));
    if (partner.contract?.settlement === 'billed') await addComparison(world, partnerId);
  }
};

async function addPartner(world: DemoWorld, doors: ContactDoors, { stages, nextStep, notes, contact, scenes, estimates, ...partner }: DemoPartner): Promise<number> {
  const { client } = world;
  const last = stages.at(-1) ?? { stage: 'idea', daysAgo: 3 };
  const { rows: [{ partnerId }] } = await client.query<{ partnerId: number }>(
    `insert into partner (name, trade, website, summary, stage, stage_since, next_step, next_step_on, created_at, updated_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $6) returning partner_id as "partnerId"`,
    [partner.name, partner.trade, partner.website, partner.summary, last.stage, ago(world, last.daysAgo), nextStep?.text ?? '', nextStep && dayAgo(world, -nextStep.inDays), ago(world, Math.min(firstSeenDaysAgo, (stages[0]?.daysAgo ?? 0) + 5))]);
  const moves = stages.map(({ stage, daysAgo }, n) => ({ kind: 'moved', daysAgo, details: { from: stages[n - 1]?.stage ?? 'idea', to: stage } }));
  const events = [{ kind: 'created', daysAgo: Math.min(firstSeenDaysAgo, (stages[0]?.daysAgo ?? 0) + 5), details: {} }, ...moves, ...notes.map(({ text, daysAgo }) => ({ kind: 'noted', daysAgo, details: { text } }))];
  for (const { kind, daysAgo, details } of events.sort((a, b) => b.daysAgo - a.daysAgo)) {
    await client.query("insert into partner_event (partner_id, kind, at, by_name, details) values ($1, $2, $3, 'system', $4)", [partnerId, kind, ago(world, daysAgo), details]);
  }
  if (contact) await client.query('insert into partner_contact (partner_id, role, sealed) values ($1, $2, $3)', [partnerId, contact.role, sealContact(doors, partnerId, contact)]);
  for (const { title, moment, categories, theirProduct, description } of scenes) {
    await client.query('insert into partner_scene (partner_id, title, moment, categories, their_product, description) values ($1, $2, $3, $4, $5, $6)', [partnerId, title, moment, categories, theirProduct, description]);
  }
  for (const { kind, source, daysAgo, basis } of estimates) {
    await client.query("insert into partner_estimate (partner_id, kind, basis, source, as_of, made_at, made_by) values ($1, $2, $3, $4, $5, $6, 'system')", [partnerId, kind, basis, source, dayAgo(world, daysAgo), ago(world, daysAgo)]);
  }
  return partnerId;
}

async function addContract(world: DemoWorld, partnerId: number, { contract }: DemoPartner): Promise<number | null> {
  if (!contract) return null;
  const { rows: [{ contractId }] } = await world.client.query<{ contractId: number }>(
    `insert into partner_contract (partner_id, starts_on, ends_on, settlement, billed_on, price_each, cap, currency, terms) values ($1, $2, $3, $4, $5, $6, $7, 'CNY', $8) returning contract_id as "contractId"`,
    [partnerId, dayAgo(world, contract.startsDaysAgo), dayAgo(world, contract.startsDaysAgo - contract.days), contract.settlement, contract.billedOn, contract.priceEach, contract.cap, contract.terms]);
  return contractId;
}

/** Last month against what the partner sent: nearly the same, as such statements are. */
async function addComparison({ client, timeZone, endMs }: DemoWorld, partnerId: number): Promise<void> {
  const firstOfThis = `${dayIn(timeZone, new Date(endMs)).slice(0, 7)}-01`;
  const period = { from: addMonths(firstOfThis, -1), to: addDays(firstOfThis, -1) };
  const ours = await readOurs(client, partnerId, { ...period, basis: 'used' }, timeZone);
  const theirs = ours.slice(1).map((line, n) => ({ ...line, text: '', amount: n === 2 ? line.amount + 25_000n : line.amount }));
  const stranger = { grantNo: null, text: 'ZK4M-77QH-XE21', amount: 125_000n, on: period.to };
  const { matched, matchedAmount, differences } = compareLines(ours, [...theirs, stranger]);
  const at = new Date(endMs);
  const { rows: [{ comparisonId }] } = await client.query<{ comparisonId: number }>(
    `insert into partner_comparison (partner_id, from_on, to_on, basis, lines, matched, matched_amount, bad, bad_count, made_at, made_by) values ($1, $2, $3, 'used', $4, $5, $6, '[]', 0, $7, 'system') returning comparison_id as "comparisonId"`,
    [partnerId, period.from, period.to, theirs.length + 1, matched, formatDecimal(matchedAmount), at]);
  await writeDifferences(client, comparisonId, differences);
}
