import { createSurroundings } from '../src/domains/membership/programme/check/known.ts';
import type { DesignDoors } from '../src/domains/membership/programme/doors.ts';
import { createDraft, type ProgrammeDefinition, publishVersion } from '../src/domains/membership/contract.ts';
import { createSay } from '../src/platform/i18n.ts';
import { createMembershipServer, type MembershipServer } from './membership-server.ts';

/** A programme of a test's own, that its tests design: it is noon of 18 June 2026 in Shanghai. */
export interface DesignServer {
  at: MembershipServer;
  doors: DesignDoors;
  /** Keeps a draft and answers with its number. */
  draft(definition: ProgrammeDefinition): Promise<number>;
  /** Somebody joins under a version, and holds a tier of it. */
  join(customerNo: number, versionNo: number, tier?: string): Promise<void>;
  /** Publishes a draft from a day on. */
  start(versionNo: number, startsOn: string, revision?: number): Promise<{ status: number; body: object; text: string }>;
}

export async function createDesignServer(): Promise<DesignServer> {
  const at = await createMembershipServer('membership.read membership.design membership.approve');
  return {
    at,
    doors: { platform: at.platform, say: createSay(), surroundings: createSurroundings(at.platform.pg, at.commerce) },
    draft: async (definition) => (await at.ask(createDraft, { body: { definition } })).body.versionNo,
    async join(customerNo, versionNo, tier = 'silver') {
      await at.platform.pg.query(
        `insert into member (customer_no, joined_at, joined_by, tier, tier_since, cycle_start, version_no) values ($1, now(), 'x', $2, now(), now(), $3)`,
        [customerNo, tier, versionNo],
      );
    },
    start: (versionNo, startsOn, revision = 1) => at.ask(publishVersion, { params: { versionNo }, body: { startsOn, revision } }),
  };
}
