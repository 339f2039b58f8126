/** What this domain's permissions allow: seeing audiences, making and changing them, taking members out, saying where they may be sent, keeping the tag library. */
export const permissions = ['audiences.read', 'audiences.edit', 'audiences.export', 'audiences.destinations', 'audiences.tags'] as const;

export { audienceKinds, compareAudiences, createAudience, deleteAudience, listAudiences, listMembers, readAudience, readHistory, type ShownAudience, updateAudience } from './contract/audiences.ts';
export {
  createDelivery, createDestination, deliveryFormats, deliveryModes, destinationKinds, endDelivery, listDeliveries, listDestinations, listShipments, resumeDelivery,
  revokeDestination, type Shipment, type ShownDelivery, type ShownDestination, testDestination,
} from './contract/deliveries.ts';
export { cancelExpansion, expandAudience, expansionStages, leastToLearnFrom, readExpansion, saveExpansion, type ShownExpansion } from './contract/expansion.ts';
export { deletePeopleList, listPeopleLists, renamePeopleList, type ShownList, uploadPeopleList } from './contract/lists.ts';
export { type MakeUp, readMakeUp } from './contract/make-up.ts';
export { exportMakeUp, readRfm, type RfmLimits, rfmLimits, type RfmSegment, rfmSegments } from './contract/rfm.ts';
export { listReadyMade, readyMadeTasks } from './contract/ready-made.ts';
export { exportBitmap, exportMembers } from './contract/take-out.ts';
export { listAudienceRules } from './contract/rule-history.ts';
export { explainPerson, listEventProperties, listFields, listFieldValues, previewPeople, previewRule } from './contract/preview.ts';
export { type Condition, everybody, type Group, type HeldCondition, type PlainCondition, rule, type Rule, ruleLimits } from './contract/rule.ts';
export { calendarUnits, type CalendarUnit, type Comparison, type Period, type Point, textValue, timeUnits, type TimeUnit } from './contract/values.ts';
export { eventCounts, eventValues, type Facts, facts as factsSchema, lineNumberFields, lineTextFields, type LineFilter, orderCounts, orderValues, propertyMeasures, type PropertyFilter } from './contract/facts.ts';
export type { FieldTest } from './contract/conditions.ts';
export { labelsOf, type TagDefinition, tagDefinition, type TagKind, tagKinds, type TieredValue, type Tiers } from './contract/tag-definition.ts';
export {
  addTagList, createLibraryTag, createTagCategory, deleteLibraryTag, deleteTagCategory, evaluateLibraryTag, fileKinds, type LibraryTag, listLibraryTags,
  listTagCategories, listTagPeople, orderTagCategories, readLibraryTag, readTagHistory, removeTagList, renameTagCategory, replaceLibraryTag,
  type TagDetail, tagPeople, tagSorts, type TagUse, updateLibraryTag, uploadTagFile,
} from './contract/tag-library.ts';
