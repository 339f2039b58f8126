/** The server door of the messaging domain. */
export { createMessaging, type Messaging } from './messaging.ts';
export type { Arm, Experiments, NewRun, RunProgress, Sending, TemplateField, Templates } from './part.ts';
export { roleDefaults } from './roles.ts';
