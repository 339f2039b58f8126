-- What a report said in each language when it wrote itself last: {locale: [{key, title, lines}]}. Whoever edits it edits one; of the parts that stayed, readers of the others have theirs.
alter table plan_report add column written jsonb not null default '{}';
