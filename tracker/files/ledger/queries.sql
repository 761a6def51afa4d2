-- The ledger's queries: one set, which means the same on SQLite and on PostgreSQL.
--
-- Each stands below its `-- name:`. Values are bound as `:name`. Names in braces are tables, columns and
-- placeholders of a fact, filled in from `tracker.facts`; nothing that a user typed is ever put there.

-- name: migration_table
create table if not exists migration (
    version integer primary key,
    title text not null,
    program text not null
)

-- name: migrations
select version
from migration
order by version

-- name: record_migration
insert into migration (version, title, program)
values (:version, :title, :program)

-- name: last
select coalesce(max(no), 0), coalesce(max(last_seq), 0)
from act
where office = :office

-- name: acts
select no, verb, person, recorded_at, effective_on, version, settings, first_seq, last_seq
from act
where office = :office
    and no > :after
order by no

-- name: insert_act
insert into act (office, no, verb, person, recorded_at, effective_on, version, settings, first_seq, last_seq)
values (:office, :no, :verb, :person, :recorded_at, :effective_on, :version, :settings, :first_seq, :last_seq)

-- name: ends
select last_seq
from act
where office = :office
order by no

-- Files that facts came from, by number.
-- name: sources
select no, sha
from source
where office = :office

-- name: insert_source
insert into source (office, no, sha)
values (:office, :no, :sha)

-- name: insert_fact
insert into {table} (office, seq, file, place, {columns})
values (:office, :seq, :file, :place, {values})

-- Facts from one number to another: up to an act, after one, or all.
-- name: entries
select seq, file, place, {columns}
from {table}
where office = :office
    and seq between :first and :last
order by seq

-- name: seqs
select seq
from {table}
where office = :office

-- name: ids
select distinct {column}
from {table}
where office = :office

-- What was said of cells, from one number to another: the last one of a key holds.
-- name: cells
select subject, unit, field, period, value, origin, seq, file, place
from cell
where office = :office
    and seq between :first and :last
order by seq
