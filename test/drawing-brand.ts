import { createAccess } from '../src/domains/access/public.ts';
import { createMembership, type Membership } from '../src/domains/membership/public.ts';
import { createBudgetBook } from '../src/domains/planning/budget/book.ts';
import { followPrograms } from '../src/domains/planning/budget/draw/follow.ts';
import { addItem } from '../src/domains/planning/contract.ts';
import { createPrograms } from '../src/domains/planning/programs/programs.ts';
import { createPlanning } from '../src/domains/planning/public.ts';
import { insertCustomers } from './audience-people.ts';
import { budgetPlan } from './budget-plan.ts';
import { addMailAccount } from './channel-accounts.ts';
import { createTestServer } from './harness.ts';
import { createMailBox, type MailBox } from './mail-box.ts';
import { askOf } from './messaging-server.ts';
import { publishSample, sampleProgramme } from './sample-programme.ts';
import { createSendingBrand, type SendingBrand } from './sending-brand.ts';

const everything =
  'planning.read planning.edit planning.budget planning.approve planning.people campaigns.read campaigns.edit messaging.read membership.read membership.activities membership.benefits';

/** A brand that sends and has members, with a plan whose budget its programs draw on. */
export interface DrawingBrand {
  brand: SendingBrand;
  box: MailBox;
  membership: Membership;
  plan: Awaited<ReturnType<typeof budgetPlan>>;
  ask: SendingBrand['ask'];
  /** Brings lines up to their programs, as the worker does each minute. */
  follow(): Promise<number>;
  /** Gives a program its lines. */
  place(program: string, lineNos: number[]): Promise<void>;
  amounts(lineNo: number): Promise<Record<'reserved' | 'committed' | 'spent' | 'free', string>>;
  close(): Promise<void>;
}

export async function createDrawingBrand(people: number): Promise<DrawingBrand> {
  const [brand, box] = await Promise.all([createSendingBrand(), createMailBox()]);
  const { platform } = brand;
  await addMailAccount(platform, box.port);
  await publishSample(platform.pg, sampleProgramme(), '2026-01-01T00:00:00Z');
  const numbers = [...(await brand.people(people))];
  await insertCustomers(platform.clickhouse, numbers.map((customerNo) => ({ customerNo, consents: ['email/marketing/granted'], identifierKinds: [3] })));
  const membership = createMembership(platform, brand);
  const access = createAccess(platform, { permissions: [] });
  const options = { ...brand, membership, rolesByChart: access.rolesByChart, permissionsOf: access.permissionsOf };
  const planning = createPlanning(platform, options);
  const [programs, book] = [createPrograms(options), createBudgetBook(platform)];
  const server = await createTestServer(platform, [...planning.routes, ...membership.routes, ...brand.campaigns.routes, ...brand.messaging.routes]);
  const ask = askOf(server, everything);
  const plan = await budgetPlan({ ask });
  return {
    brand, box, membership, plan, ask,
    follow: () => followPrograms({ platform, programs, membership }, book),
    async place(program, lineNos) {
      const { status, text } = await ask(addItem, { params: { planNo: plan.planNo }, body: { kind: 'program_place', parentNo: null, afterNo: null, body: { program, lineNos } } });
      if (status !== 201) throw new Error(text);
    },
    async amounts(lineNo) {
      const { reserved, committed, spent, free } = (await plan.read(lineNo)).line;
      return { reserved, committed, spent, free };
    },
    async close() {
      await planning.stop();
      await membership.stop();
      await server.close();
      await box.close();
      await brand.close();
    },
  };
}
