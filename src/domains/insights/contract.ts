/** What this domain's permissions allow: seeing reports, and taking them out as a file. */
export const permissions = ['insights.read', 'insights.export'] as const;

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
