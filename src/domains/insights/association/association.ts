import type { InsightsDoors, InsightsPart } from '../part.ts';
import { associationModel } from './model/association-model.ts';
import { associationPeopleSource } from './people.ts';
import { associationRoutes, recommendationRoutes } from './routes.ts';
import { type Answer, createRecommendations, type Wanted } from './serving/recommendations.ts';

export type Recommend = (wanted: Wanted) => Promise<Answer>;
export type RecommendMany = ReturnType<typeof createRecommendations>['recommendMany'];

/** What is bought together and after one another, and what a shop recommends out of it. */
export function createAssociation(doors: InsightsDoors): InsightsPart & { recommend: Recommend; recommendMany: RecommendMany } {
  const model = associationModel(doors.platform, doors.commerce.products);
  const { recommend, recommendMany } = createRecommendations(doors, model);
  return {
    routes: [...associationRoutes(doors, model), ...recommendationRoutes(recommend)],
    people: [associationPeopleSource(doors)],
    models: [model],
    recommend,
    recommendMany,
  };
}
