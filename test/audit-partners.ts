type Drive = (
  name: string,
  action: string | null,
  payload?: object,
  params?: Record<string, string | number>,
) => Promise<Record<string, unknown>>;

/** Drives every endpoint of partners that changes something, in the order of a partner's life; see audit-complete.test.ts. */
export async function drivePartners(drive: Drive, customerNo: number): Promise<void> {
  const { partnerId } = (await drive('POST /api/partners', 'membership.partner_created', {
    name: '山野露营',
  })) as { partnerId: number };
  const partner = { partnerId };
  await drive(
    'PATCH /api/partners/:partnerId',
    'membership.partner_changed',
    { version: 1, trade: '户外' },
    partner,
  );
  await drive(
    'POST /api/partners/:partnerId/stage',
    'membership.partner_moved',
    { version: 2, stage: 'contacted' },
    partner,
  );
  await drive(
    'POST /api/partners/:partnerId/notes',
    'membership.partner_noted',
    { text: '寄了样品' },
    partner,
  );
  const contact = { role: '市场', name: '王', phone: '13800138000', email: '', wechat: '' };
  const { contactId } = (await drive(
    'POST /api/partners/:partnerId/contacts',
    'membership.partner_contact_added',
    contact,
    partner,
  )) as { contactId: number };
  await drive(
    'PUT /api/partners/:partnerId/contacts/:contactId',
    'membership.partner_contact_changed',
    { ...contact, version: 1 },
    { ...partner, contactId },
  );
  await drive(
    'POST /api/partners/:partnerId/contacts/:contactId/revelation',
    'membership.partner_contact_revealed',
    undefined,
    { ...partner, contactId },
  );
  await drive(
    'DELETE /api/partners/:partnerId/contacts/:contactId',
    'membership.partner_contact_removed',
    undefined,
    { ...partner, contactId },
  );
  const scene = {
    title: '露营',
    moment: 'event',
    categories: [],
    theirProduct: '',
    description: '',
  };
  const { sceneId } = (await drive(
    'POST /api/partners/:partnerId/scenes',
    'membership.partner_scene_added',
    scene,
    partner,
  )) as { sceneId: number };
  await drive(
    'PUT /api/partners/:partnerId/scenes/:sceneId',
    'membership.partner_scene_changed',
    { ...scene, version: 1 },
    { ...partner, sceneId },
  );
  await drive(
    'DELETE /api/partners/:partnerId/scenes/:sceneId',
    'membership.partner_scene_removed',
    undefined,
    { ...partner, sceneId },
  );
  const survey = { kind: 'survey', source: '问卷', asOf: '2026-06-01', asked: 10, saidYes: 3 };
  const { estimateId } = (await drive(
    'POST /api/partners/:partnerId/estimates',
    'membership.partner_estimate_added',
    survey,
    partner,
  )) as { estimateId: number };
  await drive(
    'DELETE /api/partners/:partnerId/estimates/:estimateId',
    'membership.partner_estimate_removed',
    undefined,
    { ...partner, estimateId },
  );
  const { matchingId } = (await drive(
    'POST /api/partners/:partnerId/matchings',
    'membership.partner_matching_opened',
    { kind: 'phone' },
    partner,
  )) as { matchingId: number };
  const hashes = Array.from({ length: 1_000 }, (_, n) => n.toString(16).padStart(64, '0')).join(
    '\n',
  );
  await drive(
    'POST /api/partners/:partnerId/matchings/:matchingId/hashes',
    'membership.partner_hashes_uploaded',
    { text: hashes },
    { ...partner, matchingId },
  );
  const contract = {
    startsOn: '2020-01-01',
    endsOn: '2100-12-31',
    settlement: 'billed',
    billedOn: 'grant',
    priceEach: '9',
    cap: null,
    currency: 'CNY',
    terms: '',
  };
  const { contractId } = (await drive(
    'POST /api/partners/:partnerId/contracts',
    'membership.partner_contract_added',
    contract,
    partner,
  )) as { contractId: number };
  await drive(
    'PUT /api/partners/:partnerId/contracts/:contractId',
    'membership.partner_contract_changed',
    { ...contract, version: 1 },
    { ...partner, contractId },
  );
  await drive(
    'POST /api/partners/:partnerId/stage',
    'membership.partner_moved',
    { version: 3, stage: 'running' },
    partner,
  );
  await drivePacks(drive, partner, contractId, customerNo);
  const { partnerId: other } = (await drive('POST /api/partners', 'membership.partner_created', {
    name: '另一家',
  })) as { partnerId: number };
  await drive('DELETE /api/partners/:partnerId', 'membership.partner_deleted', undefined, {
    partnerId: other,
  });
}

async function drivePacks(
  drive: Drive,
  partner: { partnerId: number },
  contractId: number,
  customerNo: number,
): Promise<void> {
  const told = {
    names: { 'zh-CN': '券' },
    startsOn: '2020-01-01',
    endsOn: '2100-12-31',
    validDays: null,
    perPerson: null,
    alertLevel: 1,
  };
  const { packNo } = (await drive(
    'POST /api/partners/:partnerId/packs',
    'membership.partner_pack_made',
    { ...told, contractId, codes: 'uploaded', priceEach: '9', most: 5 },
    partner,
  )) as { packNo: number };
  await drive(
    'PUT /api/partner-packs/:packNo',
    'membership.partner_pack_changed',
    { ...told, version: 1, state: 'active' },
    { packNo },
  );
  await drive(
    'POST /api/partner-packs/:packNo/purchases',
    'membership.partner_bought',
    { key: 'buy', units: 5 },
    { packNo },
  );
  await drive(
    'POST /api/partner-packs/:packNo/codes',
    'membership.partner_codes_uploaded',
    { text: 'CODE-1\nCODE-2' },
    { packNo },
  );
  const { grantNo } = (await drive(
    'POST /api/partner-packs/:packNo/grants',
    null,
    { key: 'give', customerNo },
    { packNo },
  )) as { grantNo: number };
  await drive(
    'POST /api/partner-packs/:packNo/uses',
    'membership.partner_used',
    { key: 'use', code: 'CODE-1' },
    { packNo },
  );
  await drive(
    'POST /api/partner-grants/:grantNo/reversals',
    'membership.partner_reversed',
    { key: 'back', reason: '退款', returns: false },
    { grantNo },
  );
  const today = new Date().toISOString().slice(0, 10);
  const text = `code,amount\nCODE-1,9\nG${grantNo},9`;
  const { comparisonId } = (await drive(
    'POST /api/partners/:partnerId/comparisons',
    'membership.partner_statement_compared',
    { from: '2026-01-01', to: '2026-06-30', basis: 'used', text },
    partner,
  )) as { comparisonId: number };
  if (!comparisonId) throw new Error('nothing was compared');
  await drive(
    'POST /api/partner-differences/:differenceNo/decisions',
    'membership.partner_difference_decided',
    { version: 1, state: 'accepted', note: '' },
    { differenceNo: 1 },
  );
  await drive(
    `GET /api/partners/:partnerId/statement-lines?from=${today}&to=${today}`,
    'membership.partner_statement_exported',
    undefined,
    partner,
  );
}
