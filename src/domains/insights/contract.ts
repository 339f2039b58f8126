/** What this domain's permissions allow: seeing reports, taking them out as a file, having models computed. */
export const permissions = ['insights.read', 'insights.export', 'insights.train'] as const;

export { cancelModel, modelStages, readModel, type ShownRun, trainModel } from './contract/models.ts';
export { keepPeople, peopleOf, type PeopleOf, readPeople } from './contract/people.ts';
export { changeRfmLimits, readRfmBoard, readRfmLimits, readRfmMonths, readRfmMoves, type RfmPlace, rfmPlaces } from './contract/rfm.ts';
export { type PreferenceDimension, preferenceDimensions, type PreferenceResult, readPreference } from './contract/preference.ts';
export { exportBreakdown, readBreakdown, readDefinitions, readOverview } from './contract/endpoints.ts';
export {
  dimensionNames,
  fieldDimensions,
  figures,
  metricNames,
  metricTraits,
  timeDimensions,
  type DimensionName,
  type FieldDimension,
  type Figures,
  type MetricName,
  type MetricTraits,
  type TimeDimension,
} from './contract/figures.ts';
