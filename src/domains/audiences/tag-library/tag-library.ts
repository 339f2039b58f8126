import type { Route } from '../../../platform/http/route.ts';
import { type Background, createBackground, type ComputedTagSource, type HeldDataSource, type TimelineSource } from '../../customers/public.ts';
import type { TagLibraryDoors } from './doors.ts';
import { keepTagsUp } from './evaluation/keep-up.ts';
import { heldComputedTags } from './members/held-tags.ts';
import { computedTags } from './members/person-tags.ts';
import { computedTagTimeline } from './members/timeline.ts';
import { createHandSizes } from './reading/hand-sizes.ts';
import { tagLibraryRoutes } from './routes.ts';
import { audienceUses, tagRuleUses, type TagUseSource } from './uses/uses.ts';

/** The tag library. */
export interface TagLibrary {
  routes: Route[];
  /** What other domains use tags for. */
  registerUses(source: TagUseSource): void;
  /** For a person's page, timeline, export and erasure. */
  computedTags: ComputedTagSource;
  timeline: TimelineSource;
  heldData: HeldDataSource;
  /** Keeps computed tags up to date, for the process that does background work. */
  background: Background;
}

const pauseMs = 3_000;

export function createTagLibrary(doors: TagLibraryDoors): TagLibrary {
  const { platform, say } = doors;
  const sources: TagUseSource[] = [tagRuleUses(platform), audienceUses(doors.audiences)];
  const handSizes = createHandSizes(platform.reader, doors.dataVersion, () => platform.clock.now());
  const stopping = new AbortController();
  const upkeep = createBackground('computed tags', () => keepTagsUp(doors, stopping.signal), pauseMs, platform.log);
  return {
    routes: tagLibraryRoutes(doors, { platform, say, handSizes, sources }),
    registerUses: (source) => void sources.push(source),
    computedTags: computedTags(platform.pg),
    timeline: computedTagTimeline(platform.pg),
    heldData: heldComputedTags(platform.pg),
    background: {
      start: upkeep.start,
      stop() {
        stopping.abort();
        return upkeep.stop();
      },
    },
  };
}
