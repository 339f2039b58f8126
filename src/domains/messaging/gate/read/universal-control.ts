import type pg from 'pg';
import { Bitmap } from '../../../../kernel/bitmap/bitmap.ts';
import type { Experiments } from '../../part.ts';
import type { GateSources } from './known.ts';

/** What the experiment is called that everybody is in: its control is reached by no program. */
export const universalSubject = 'universal';

/** Who no program reaches: an experiment over everybody, in which each person is put once. */
export function universalControl(experiments: Experiments | undefined): GateSources['universalControl'] {
  return async (client, personNos, share) => {
    if (!experiments) return new Set();
    const experimentNo = await experiments.ensure(client, universalSubject, [{ key: 'control', isControl: true, share }, { key: 'reached', isControl: false, share: 10_000 - share }]);
    const [control] = await experiments.assign(client, experimentNo, Bitmap.of(personNos));
    return new Set(control);
  };
}

/** Gives the control another share where anybody was drawn; before, it is what the rules say when somebody is. */
export async function reshareUniversalControl(experiments: Experiments | undefined, client: pg.PoolClient, share: number, why: { reason: string; by: string; at: Date }): Promise<void> {
  const found = await experiments?.find(universalSubject);
  if (experiments && found) await experiments.reshare(client, found.experimentNo, [share, 10_000 - share], why);
}

/** How many people no program reaches, as far as anybody was looked at; null before. */
export async function countUniversalControl(experiments: Experiments | undefined): Promise<number | null> {
  const found = await experiments?.find(universalSubject);
  if (!experiments || !found) return null;
  const { people: [control] } = await experiments.peopleOf(found.experimentNo);
  return control.size;
}
