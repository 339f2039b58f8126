-- Results that stand for good say of what they did not count that it was none.
update campaign_result set result = jsonb_set(result, '{delivery}', jsonb_build_object('openedByMachine', 0, 'planned', result->'delivery'->'cost', 'messages', result->'delivery'->'handed', 'priced', 0) || (result->'delivery'))
  where not result->'delivery' ? 'planned';
