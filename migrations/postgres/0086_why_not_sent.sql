-- Why a letter or a message did not leave is told with what its sentence needs: which server, in which words.
alter table plan_mail add column problem_params jsonb not null default '{}';
alter table plan_robot_message add column problem_params jsonb not null default '{}';
create index plan_mail_again on plan_mail (due_at) where state in ('waiting', 'sending') and failures > 0;
create index plan_robot_message_again on plan_robot_message (due_at) where state in ('waiting', 'sending') and failures > 0;
