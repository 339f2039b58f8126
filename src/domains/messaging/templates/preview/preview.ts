import type { Locale } from '../../../../kernel/locale.ts';
import { Problem } from '../../../../kernel/problem.ts';
import { activeRoots, maskName, maskText } from '../../../customers/public.ts';
import { type Actor, may } from '../../../../kernel/actor.ts';
import { forbidden, notFound } from '../../../../kernel/problem.ts';
import type { EndpointInput } from '../../../../kernel/endpoint.ts';
import { recordAudit } from '../../../access/public.ts';
import type { MessagePreview, previewTemplate } from '../../contract.ts';
import type { MessagingDoors, OpenTemplate, PersonValues } from '../../part.ts';
import { isChinese } from '../check/check-template.ts';
import { readCheckSettings } from '../check/settings.ts';
import { sizeOf } from '../check/text-size.ts';
import type { Fields } from '../fields/registry.ts';
import { openContent, type OpenDoors } from '../open.ts';
import { exampleLinks, exampleOf } from './example.ts';

type Asked = EndpointInput<typeof previewTemplate>['body'];

/** Somebody as whom words are shown. */
export interface ShownPerson {
  customerNo: number | null;
  person: PersonValues;
}

/** Words as people would get them. */
export async function previewAs(doors: MessagingDoors, open: OpenDoors, asked: Asked, actor: Actor): Promise<MessagePreview[]> {
  const { channel, content } = asked;
  const { template, shown } = await shownAs(doors, open, asked, actor);
  const { partPrice } = await readCheckSettings(doors.platform.pg);
  const messages = await template.renderAll(shown.map(({ person }) => ({ person, links: exampleLinks })));
  return shown.map(({ customerNo, person }, n) => {
    const message = messages[n];
    if (message instanceof Problem) return { customerNo, locale: person.locale, message: null, problem: problemText(doors, actor.locale, message), size: null };
    const size = channel === 'sms' ? sizeOf(message.text, isChinese(content, person.locale), partPrice) : null;
    return { customerNo, locale: person.locale, message, problem: null, size };
  });
}

/** Words that can be written, and people to write them for. Personal values are masked; in full they are shown to who may see them, and it is written down. */
export async function shownAs(doors: MessagingDoors, open: OpenDoors, { channel, purpose, content, locale, as, inFull, isPlain }: Asked, actor: Actor): Promise<{ template: OpenTemplate; shown: ShownPerson[] }> {
  const { pg } = doors.platform;
  if (inFull && !may(actor, 'customers.reveal')) throw forbidden('platform.not_permitted', { permission: 'customers.reveal' });
  const template = await openContent(open, { channel, purpose, category: '' }, content).catch((error: unknown) => {
    throw error instanceof Problem ? error : new Problem('messaging.template_unreadable');
  });
  const shown: ShownPerson[] = [];
  if (as.who === 'example') shown.push(...template.locales.filter((one) => locale === undefined || one === locale).map((one) => ({ customerNo: null, person: { locale: one, fields: exampleOf(open.fields, one, isPlain) } })));
  else {
    const people = as.who === 'person' ? await activeRoots(pg, [as.customerNo]) : await someAtRandom(doors, as.people);
    if (as.who === 'person' && people.length === 0) throw notFound('customers.not_found', { customerNo: as.customerNo });
    const values = await template.read(pg, people, { locale, ...(isPlain ? { plain: new Set(people) } : {}) });
    for (const [customerNo, person] of values) shown.push({ customerNo, person: inFull ? person : masked(person, open.fields) });
    if (inFull) await recordAudit(pg, { actor, action: 'messaging.preview_in_full', subject: as.who === 'person' ? `customer:${people[0]}` : 'customer', details: { customerNos: people } });
  }
  return { template, shown };
}

const problemText = ({ say }: MessagingDoors, locale: Locale, { code, params }: Problem): string => {
  const [namespace, ...key] = code.split('.');
  return say(locale, namespace, `problem.${key.join('.')}`, params);
};

/** Some customers, whoever they are: from places at random in the order of their numbers. */
async function someAtRandom({ platform: { pg } }: MessagingDoors, people: number): Promise<number[]> {
  const { rows } = await pg.query<{ customerNo: number }>(
    `with bounds as (select coalesce(max(customer_no), 0) as last from customer),
      places as (select 1 + floor(random() * last)::int as place from bounds, generate_series(1, $1::int * 3))
    select distinct on (place) found.customer_no as "customerNo" from places,
      lateral (select customer_no from customer where customer_no >= place and status = 0 order by customer_no limit 1) as found`, [people]);
  return [...new Set(rows.map(({ customerNo }) => customerNo))].slice(0, people);
}

/** The same person with what is personal as everybody may see it. */
function masked({ locale, fields: values }: PersonValues, fields: Fields): PersonValues {
  const hidden = fields.all().filter(({ isPersonal }) => isPersonal);
  const kept: Record<string, unknown> = structuredClone(values) as Record<string, unknown>;
  for (const { name } of hidden) {
    const [group, key] = name.split('.');
    const holder = key === undefined ? kept : (kept[group] as Record<string, unknown> | undefined);
    const at = key ?? group;
    if (holder && holder[at] !== undefined && holder[at] !== null) holder[at] = maskedValue(name, holder[at]);
  }
  return { locale, fields: kept };
}

function maskedValue(name: string, value: unknown): unknown {
  if (typeof value === 'string') return name === 'person.name' ? maskName(value) : maskText(value);
  if (typeof value !== 'object' || value === null) return null;
  if (Array.isArray(value)) return value.map((one) => maskedValue(name, one));
  return Object.fromEntries(Object.entries(value).map(([key, held]) => [key, maskedValue(name, held)]));
}
