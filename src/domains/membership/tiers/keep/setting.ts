import type { Platform } from '../../../../platform/platform.ts';
import { readBrand } from '../../../../platform/settings.ts';
import type { Programme } from '../../programme/programme.ts';
import type { TierSetting } from '../rules/life.ts';

/** What holds for everybody's tiers. Under a first version that counts what was bought before it, it is as if it had always been in force. */
export async function readSetting({ pg }: Pick<Platform, 'pg'>, programme: Programme): Promise<TierSetting> {
  const [versions, pauses, { timeZone }] = await Promise.all([programme.versions(), programme.pauses(), readBrand(pg)]);
  return {
    versions: versions.map((version, i) => (i === 0 && version.definition.settlement === 'by_rules' ? { ...version, startsAt: 0 } : version)),
    pauses,
    timeZone,
  };
}

/** Whether no tier may move at a moment. */
export const isPaused = ({ pauses }: TierSetting, now: number): boolean => pauses.some(({ from, until }) => from <= now && (until === null || until > now));
