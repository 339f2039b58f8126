import type pg from 'pg';

type Drive = (
  name: string,
  action: string | null,
  payload?: object,
  params?: Record<string, string | number>,
  cookie?: string,
) => Promise<Record<string, unknown>>;

const definition = {
  name: '五月新茶',
  audience: { kind: 'group', match: 'all', parts: [] },
  channel: 'email',
  arms: [{ key: 'a', weight: 1, templateNo: 1, templateVersion: 1 }],
  holdout: { share: 1_000 },
  schedule: { when: 'once', at: null },
};

/** Drives every endpoint of campaigns that changes something; see audit-complete.test.ts. What takes a channel and people is in plans.test.ts. */
export async function driveCampaigns(
  drive: Drive,
  pool: pg.Pool,
  second: string,
): Promise<void> {
  const path = '/api/campaigns';
  await drive('POST /api/campaigns/preview', null, { definition });
  await drive('POST /api/campaigns/estimate', null, { definition });
  await drive('PUT /api/campaign-policy', 'campaigns.change_policy', {
    approvalAbove: 0,
  });
  const made = (await drive(`POST ${path}`, 'campaigns.create_campaign', {
    key: 'a',
    definition,
  })) as { campaignNo: number };
  const { campaignNo } = made;
  const of = { campaignNo };
  await drive(
    `PUT ${path}/:campaignNo`,
    'campaigns.change_campaign',
    { version: 1, definition },
    of,
  );
  await pool.query(
    "update campaign set state = 'checked' where campaign_no = $1",
    [campaignNo],
  );
  await drive(
    `POST ${path}/:campaignNo/state`,
    'campaigns.submit_campaign',
    { version: 2, turn: 'submit' },
    of,
  );
  await drive(
    `POST ${path}/:campaignNo/approval`,
    'campaigns.give_back_campaign',
    { version: 3, isApproved: false, reason: 'x' },
    of,
    second,
  );
  // As if it had gone, to nobody.
  await pool.query(
    "insert into experiment (subject, salt, arms, created_at) values ($1, 's', $2, now())",
    [
      `campaign ${campaignNo}`,
      JSON.stringify([
        { key: 'control', isControl: true, share: 1_000 },
        { key: 'a', isControl: false, share: 9_000 },
      ]),
    ],
  );
  await pool.query(
    "update campaign set state = 'done', began_at = now() - interval '1 hour', last_at = now() - interval '1 hour', experiment_no = (select max(experiment_no) from experiment) where campaign_no = $1",
    [campaignNo],
  );
  const { lessonNo } = (await drive(
    `POST ${path}/:campaignNo/lessons`,
    'campaigns.save_lesson',
    { title: 'x' },
    of,
  )) as { lessonNo: number };
  await drive(
    'DELETE /api/campaign-lessons/:lessonNo',
    'campaigns.delete_lesson',
    undefined,
    { lessonNo },
  );
  await drive(
    `PUT ${path}/:campaignNo/report`,
    'campaigns.edit_report',
    { version: 0, sections: [{ key: 'own', title: 'x', text: 'y' }] },
    of,
  );
  const {
    rows: [{ staffId }],
  } = await pool.query<{ staffId: number }>(
    'select staff_id as "staffId" from staff where disabled_at is null limit 1',
  );
  await drive(
    `POST ${path}/:campaignNo/report/copies`,
    'campaigns.send_report',
    { staffIds: [staffId] },
    of,
  );
  await drive(
    `DELETE ${path}/:campaignNo/report`,
    'campaigns.reset_report',
    undefined,
    of,
  );
  const draft = (await drive(`POST ${path}`, 'campaigns.create_campaign', {
    key: 'b',
    definition,
  })) as { campaignNo: number };
  await drive(
    `DELETE ${path}/:campaignNo`,
    'campaigns.delete_campaign',
    undefined,
    { campaignNo: draft.campaignNo },
  );
}
