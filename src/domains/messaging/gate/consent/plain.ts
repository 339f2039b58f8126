import type pg from 'pg';
import { readStandings } from '../../../customers/public.ts';
import { consentOf } from '../../contract.ts';
import type { GatedRun } from '../../part.ts';
import { readPeople } from '../read/people.ts';

const nobody: ReadonlySet<number> = new Set();

/** Who of these people refused, anywhere, to be shown what is chosen for them. What somebody has to be told is told in full. */
export async function plainOf(client: pg.PoolClient, { channel, purpose }: Pick<GatedRun, 'channel' | 'purpose'>, personNos: readonly number[]): Promise<ReadonlySet<number>> {
  const agreement = consentOf(channel, purpose);
  if (purpose !== 'marketing' || !agreement || personNos.length === 0) return nobody;
  const { merged } = await readPeople(client, personNos);
  const standings = await readStandings(client, personNos, [...merged.keys()], agreement);
  return new Set(personNos.filter((no) => standings.get(no)?.mayPersonalise === false));
}
