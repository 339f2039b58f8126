import type { InsightsDoors, InsightsPart } from '../part.ts';
import { associationModel } from './model/association-model.ts';
import { associationPeopleSource } from './people.ts';
import { associationRoutes, recommendationRoutes } from './routes.ts';
import { createRecommendations } from './serving/recommendations.ts';

/** What is bought together and after one another, and what a shop recommends out of it. */
export function createAssociation(doors: InsightsDoors): InsightsPart {
  const model = associationModel(doors.platform, doors.commerce.products);
  return {
    routes: [...associationRoutes(doors, model), ...recommendationRoutes(createRecommendations(doors, model))],
    people: [associationPeopleSource(doors)],
    models: [model],
  };
}
