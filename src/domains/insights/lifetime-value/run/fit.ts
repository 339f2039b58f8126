import { Problem } from '../../../../kernel/problem.ts';
import type { BuyingModelName, LifetimeResult } from '../../contract/lifetime-value.ts';
import { bgNbd } from '../model/bg-nbd.ts';
import type { BuyingModel } from '../model/buying-model.ts';
import { type BuyingCells, coarser, peopleIn } from '../model/cells.ts';
import { gammaGammaLikelihood, gammaGammaNames, gammaGammaStarts, meanSpend, type SpendingCells } from '../model/gamma-gamma.ts';
import { paretoNbd } from '../model/pareto-nbd.ts';
import { type Fit, maximise } from '../numerics/maximise.ts';
import type { Pause } from '../numerics/nelder-mead.ts';

export const modelOf: Record<BuyingModelName, BuyingModel> = { bg_nbd: bgNbd, pareto_nbd: paretoNbd };

/** Looking for where to begin costs the same for any number of people. */
const roughCells = 10_000;
const roughDays = 14;

/** Fits who buys when. Throws where no parameters are the best. */
export async function fitBuying(name: BuyingModelName, cells: BuyingCells, pause: Pause): Promise<Fit> {
  const model = modelOf[name];
  const [repeats, days] = cells.people.reduce(([sum, time], people, i) => [sum + people * cells.repeats[i], time + people * cells.age[i]], [0, 0]);
  const rough = cells.people.length > roughCells ? coarser(cells, roughDays) : cells;
  const fit = await maximise(model.likelihood(cells), model.starts(Math.max(1, days / Math.max(1, repeats))), pause, model.likelihood(rough));
  if (!fit.isConverged) throw new Problem('insights.lifetime_not_converged', { status: 422, params: { buyers: peopleIn(cells) } });
  return fit;
}

/** What purchases are worth, as far as it can be fitted; and by which parameters it is reckoned in any case. */
export interface Spending {
  fit: Fit | null;
  parameters: readonly number[];
  mean: number;
}

/** Parameters by which everybody's purchases are worth the same: all weight is on the mean of all. */
const sameForAll = (mean: number): number[] => [1e-9, 2, mean * 1e9];
const leastSpenders = 30;

export async function fitSpending(cells: SpendingCells, pause: Pause): Promise<Spending> {
  let [people, purchases, spent] = [0, 0, 0];
  cells.people.forEach((count, i) => {
    people += count;
    purchases += count * cells.purchases[i];
    spent += count * cells.purchases[i] * Math.exp(cells.logAverage[i]);
  });
  const average = purchases === 0 ? 0 : spent / purchases;
  const none = { fit: null, parameters: sameForAll(average), mean: average };
  if (people < leastSpenders) return none;
  const fit = await maximise(gammaGammaLikelihood(cells), gammaGammaStarts(average), pause);
  const mean = meanSpend(fit.parameters);
  return fit.isConverged && Number.isFinite(mean) ? { fit, parameters: fit.parameters, mean } : none;
}

const shown = (names: readonly string[], { parameters, standardErrors, logLikelihood, atBorder }: Fit): LifetimeResult['buying'] => ({
  parameters: names.map((name, i) => ({ name, value: parameters[i], standardError: standardErrors?.[i] ?? null })),
  logLikelihood,
  atBorder: atBorder.map((place) => names[place]),
});

export const shownBuying = (name: BuyingModelName, fit: Fit): LifetimeResult['buying'] => shown(modelOf[name].names, fit);
export const shownSpending = ({ fit }: Spending): LifetimeResult['spending'] => fit && shown(gammaGammaNames, fit);
