-- The language somebody reads: mail to them is in it. Null until they choose one; then the brand's, or what is asked for them, holds.
alter table staff add column language text check (language in ('zh-CN', 'zh-TW', 'en'));
