/** The server door of the messaging domain. */
export { armsDuring } from './experiments/arms-during.ts';
export { universalSubject } from './gate/read/universal-control.ts';
export { heldBitmaps } from './held-bitmaps.ts';
export { createMessaging, type Messaging } from './messaging.ts';
export type { Arm, Budget, Experiments, NewRun, OpenTemplate, PersonValues, RunProgress, Sending, ShareChange, Stopped, TemplateField, Templates, ToRender } from './part.ts';
export { roleDefaults } from './roles.ts';
