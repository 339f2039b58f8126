-- What an estimate says of who is not reached is said by the gate's reasons.
update campaign set estimate = (estimate - 'withoutConsent' - 'withoutAddress') || jsonb_build_object('at', estimate->'computedAt', 'stopped', jsonb_build_array(
    jsonb_build_object('reason', 'no_consent', 'people', estimate->'withoutConsent', 'waits', false), jsonb_build_object('reason', 'no_address', 'people', estimate->'withoutAddress', 'waits', false)))
  where estimate ? 'withoutConsent';
