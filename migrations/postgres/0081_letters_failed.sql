-- What did not arrive is told on the page of the day.
create index plan_mail_failed on plan_mail (due_at) where state in ('failed', 'unknown');
create index plan_robot_message_failed on plan_robot_message (due_at) where state in ('failed', 'unknown');
