import type pg from 'pg';
import { Problem } from '../../../../kernel/problem.ts';
import type { Log } from '../../../../platform/log.ts';
import type { Parcel, PersonValues, Templates } from '../../part.ts';
import type { ArmTemplate, SendTools } from '../run-tools.ts';
import type { Run } from '../runs/run.ts';
import { linksOfMessage, type LinkSettings } from '../tracking/message-links.ts';
import type { Queued } from './claim.ts';
import { deliveryKey } from './delivery.ts';

/** Somebody with what is known of them at the last moment: held for as long as their message is being made, and kept nowhere. */
export interface Known extends Queued {
  personNo: number;
  to: string;
  person: PersonValues;
  isPlain: boolean;
}

/** Opens the templates of a run's arms; an arm that nobody is written to by has none. */
export const openTemplates = (templates: Templates, run: Run, settings: Pick<LinkSettings, 'tokens' | 'site'>): Promise<(ArmTemplate | null)[]> =>
  Promise.all(run.arms.map(async ({ templateNo, templateVersion }) => {
    if (templateNo === null || templateVersion === null) return null;
    const open = await templates.open(templateNo, templateVersion, run.programKind === 'test' ? 'test' : undefined);
    return { open, links: { ...settings, links: await templates.linksOf(templateNo, templateVersion), hasPixel: open.channel === 'email', isForAll: open.channel === 'wecom' } };
  }));

/** Somebody who can be addressed, and whether they get what everybody gets. */
export type Addressed = Omit<Known, 'person'>;

/** Reads addresses, and who refuses what is chosen for them. Who has no address, or is gone, is left out. */
export async function readAddressed(client: pg.PoolClient, { channels, gate }: Pick<SendTools, 'channels' | 'gate'>, run: Run, people: readonly (Queued & { personNo: number })[]): Promise<Addressed[]> {
  const addresses = await channels.addressesOf(client, run.channel, people.map(({ personNo }) => personNo));
  const plain = await gate.plainOf(client, run, people.map(({ personNo }) => personNo));
  return people.flatMap((each) => {
    const to = addresses.get(each.personNo);
    return to === undefined ? [] : [{ ...each, to, isPlain: plain.has(each.personNo) }];
  });
}

/** Reads what the templates show of these people: also of other stores, which may take their time, so in no transaction. What changes meanwhile the gate's last word sees. */
export async function readKnown(pool: pg.Pool, arms: readonly (ArmTemplate | null)[], people: readonly Addressed[]): Promise<Known[]> {
  const known: Known[] = [];
  for (const [arm, template] of arms.entries()) {
    const here = people.filter((each) => each.arm === arm);
    if (!template || here.length === 0) continue;
    const plain = new Set(here.flatMap(({ personNo, isPlain }) => (isPlain ? [personNo] : [])));
    const values = await template.open.read(pool, here.map(({ personNo }) => personNo), { plain });
    for (const each of here) {
      const person = values.get(each.personNo);
      if (person) known.push({ ...each, person });
    }
  }
  return known;
}

/** Makes the messages. One that cannot be made is left out: its person alone is not reached. */
export async function makeParcels(log: Log, run: Run, arms: readonly (ArmTemplate | null)[], people: readonly Known[]): Promise<Map<Known, Parcel>> {
  const parcels = new Map<Known, Parcel>();
  for (const [arm, template] of arms.entries()) {
    const here = people.filter((each) => each.arm === arm);
    if (!template || here.length === 0) continue;
    const linked = here.map((each) => ({ each, links: linksOfMessage(template.links, { runNo: run.runNo, customerNo: each.customerNo, occasion: each.occasion }, arm) }));
    const messages = await template.open.renderAll(linked.map(({ each: { person }, links }) => ({ person, links })));
    for (const [i, { each, links }] of linked.entries()) {
      const message = messages[i];
      if (message instanceof Problem) log.warn({ run: run.runNo, code: message.code }, 'a message could not be made');
      else {
        parcels.set(each, {
          key: deliveryKey(run.runNo, each), to: each.to, locale: each.person.locale, purpose: run.purpose, message, attempts: each.attempts,
          ...(run.channel === 'email' && run.purpose === 'marketing' && { unsubscribeUrl: links.unsubscribeUrl }),
        });
      }
    }
  }
  return parcels;
}
