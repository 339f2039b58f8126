-- Results that are kept say of what no account of their channel tells that it is not told, instead of none.
update campaign_result r set result = jsonb_set(result, '{delivery,untold}', to_jsonb(array_remove(array[
    case when (result->'delivery'->>'delivered')::int = 0 and not exists (select from channel_account a where a.channel = c.definition->>'channel'
      and a.provider in ('ses', 'directmail', 'alisms', 'tencentsms', 'twilio', 'wechat', 'wecom')) then 'delivered' end,
    case when (result->'delivery'->>'opened')::int = 0 and c.definition->>'channel' <> 'email' then 'opened' end], null)))
  from campaign c where c.campaign_no = r.campaign_no;
