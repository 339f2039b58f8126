import type pg from 'pg';
import type { Actor } from '../../../../kernel/actor.ts';
import { conflict, notFound } from '../../../../kernel/problem.ts';
import type { Platform } from '../../../../platform/platform.ts';
import { inTransaction } from '../../../../platform/postgres/pool.ts';
import type { PartnerScene } from '../../contract/partners.ts';
import { lockPartner } from '../pipeline/keep-partners.ts';
import { recordHappening } from '../pipeline/history.ts';
import { demandImpersonal } from '../pipeline/open-text.ts';

type World = Pick<Platform, 'pg' | 'clock'>;
type SceneText = Omit<PartnerScene, 'sceneId' | 'version'>;

const mostScenes = 50;
const valuesOf = ({ title, moment, categories, theirProduct, description }: SceneText) => [title, moment, categories, theirProduct, description];
const demandOpen = ({ title, theirProduct, description }: SceneText): void => demandImpersonal({ title, theirProduct, description });

export async function readScenes(pool: pg.Pool, partnerId: number): Promise<PartnerScene[]> {
  const { rows } = await pool.query<PartnerScene>(
    'select scene_id as "sceneId", title, moment, categories, their_product as "theirProduct", description, version from partner_scene where partner_id = $1 order by scene_id', [partnerId]);
  return rows;
}

export async function addScene({ pg: pool, clock }: World, partnerId: number, scene: SceneText, actor: Actor): Promise<number> {
  demandOpen(scene);
  return inTransaction(pool, async (client) => {
    await lockPartner(client, partnerId);
    const { rows: [{ held }] } = await client.query<{ held: number }>('select count(*)::int as held from partner_scene where partner_id = $1', [partnerId]);
    if (held >= mostScenes) throw conflict('membership.too_many_partner_scenes', { most: mostScenes });
    const { rows: [{ sceneId }] } = await client.query<{ sceneId: number }>(
      'insert into partner_scene (partner_id, title, moment, categories, their_product, description) values ($1, $2, $3, $4, $5, $6) returning scene_id as "sceneId"', [partnerId, ...valuesOf(scene)]);
    await recordHappening(client, { partnerId, kind: 'scene_added', actor, at: clock.now(), details: { title: scene.title }, audit: { sceneId } });
    return sceneId;
  });
}

export async function changeScene({ pg: pool, clock }: World, partnerId: number, sceneId: number, { version, ...scene }: SceneText & { version: number }, actor: Actor): Promise<void> {
  demandOpen(scene);
  await inTransaction(pool, async (client) => {
    const before = await lockScene(client, partnerId, sceneId);
    if (before.version !== version) throw conflict('membership.partner_part_edited_meanwhile');
    await client.query('update partner_scene set title = $2, moment = $3, categories = $4, their_product = $5, description = $6, version = version + 1 where scene_id = $1', [sceneId, ...valuesOf(scene)]);
    await recordHappening(client, { partnerId, kind: 'scene_changed', actor, at: clock.now(), details: { title: scene.title }, audit: { sceneId } });
  });
}

export async function removeScene({ pg: pool, clock }: World, partnerId: number, sceneId: number, actor: Actor): Promise<void> {
  await inTransaction(pool, async (client) => {
    const { title } = await lockScene(client, partnerId, sceneId);
    await client.query('delete from partner_scene where scene_id = $1', [sceneId]);
    await recordHappening(client, { partnerId, kind: 'scene_removed', actor, at: clock.now(), details: { title }, audit: { sceneId } });
  });
}

async function lockScene(client: pg.PoolClient, partnerId: number, sceneId: number): Promise<{ title: string; version: number }> {
  const { rows: [row] } = await client.query<{ title: string; version: number }>('select title, version from partner_scene where partner_id = $1 and scene_id = $2 for update', [partnerId, sceneId]);
  if (!row) throw notFound('membership.partner_scene_not_found', { sceneId });
  return row;
}
