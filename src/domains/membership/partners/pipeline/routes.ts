import { route, type Route } from '../../../../platform/http/route.ts';
import {
  addPartnerContact, addPartnerScene, changePartner, changePartnerContact, changePartnerScene, createPartner, deletePartner, listPartnerHistory, movePartner, notePartner, readPartner, readPartnerBoard,
  removePartnerContact, removePartnerScene, revealPartnerContact,
} from '../../contract/partners.ts';
import { addContact, changeContact, type ContactDoors, readContacts, removeContact, revealContact } from '../contacts/contacts.ts';
import { addScene, changeScene, readScenes, removeScene } from '../scenes/scenes.ts';
import { readHistory } from './history.ts';
import { addNote, editPartner, makePartner, moveToStage, removePartner } from './keep-partners.ts';
import { demandPartner, readBoard, readPartnerRow } from './read-partners.ts';

/** Endpoints of who partners are and what is next with them. */
export const pipelineRoutes = (doors: ContactDoors): Route[] => [
  route(readPartnerBoard, ({ query }) => readBoard(doors.platform, query)),
  route(readPartner, async ({ params: { partnerId } }) => ({
    ...(await readPartnerRow(doors.platform, partnerId)), contacts: await readContacts(doors, partnerId), scenes: await readScenes(doors.platform.pg, partnerId),
  })),
  route(createPartner, async ({ body, actor }) => ({ partnerId: await makePartner(doors.platform, body, actor) })),
  route(changePartner, async ({ params: { partnerId }, body, actor }) => ({ version: await editPartner(doors.platform, partnerId, body, actor) })),
  route(movePartner, async ({ params: { partnerId }, body, actor }) => ({ version: await moveToStage(doors.platform, partnerId, body, actor) })),
  route(deletePartner, async ({ params: { partnerId }, actor }) => {
    await removePartner(doors.platform, partnerId, actor);
    return {};
  }),
  route(notePartner, async ({ params: { partnerId }, body, actor }) => {
    await addNote(doors.platform, partnerId, body.text, actor);
    return {};
  }),
  route(listPartnerHistory, async ({ params: { partnerId }, query: { before, limit } }) => {
    await demandPartner(doors.platform.pg, partnerId);
    const found = await readHistory(doors.platform.pg, partnerId, before, limit);
    const events = found.slice(0, limit);
    return { events, next: found.length > limit ? (events.at(-1)?.eventNo ?? null) : null };
  }),
  route(addPartnerContact, async ({ params: { partnerId }, body, actor }) => ({ contactId: await addContact(doors, partnerId, body, actor) })),
  route(changePartnerContact, async ({ params: { partnerId, contactId }, body, actor }) => {
    await changeContact(doors, partnerId, contactId, body, actor);
    return {};
  }),
  route(removePartnerContact, async ({ params: { partnerId, contactId }, actor }) => {
    await removeContact(doors, partnerId, contactId, actor);
    return {};
  }),
  route(revealPartnerContact, ({ params: { partnerId, contactId }, actor }) => revealContact(doors, partnerId, contactId, actor)),
  route(addPartnerScene, async ({ params: { partnerId }, body, actor }) => ({ sceneId: await addScene(doors.platform, partnerId, body, actor) })),
  route(changePartnerScene, async ({ params: { partnerId, sceneId }, body, actor }) => {
    await changeScene(doors.platform, partnerId, sceneId, body, actor);
    return {};
  }),
  route(removePartnerScene, async ({ params: { partnerId, sceneId }, actor }) => {
    await removeScene(doors.platform, partnerId, sceneId, actor);
    return {};
  }),
];
