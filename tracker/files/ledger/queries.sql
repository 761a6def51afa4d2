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

-- name: cells
select current.subject, current.unit, current.field, current.period,
    cell.value, cell.origin, cell.seq, cell.file, cell.place
from current
join cell
    on cell.office = current.office
    and cell.seq = current.seq
where current.office = :office

-- The latest statement of each key among the facts from one number to another.
-- name: ranked_cells
select subject, unit, field, period, value, origin, seq, file, place
from (
    select
        subject, unit, field, period, value, origin, seq, file, place,
        row_number() over (partition by subject, unit, field, period order by seq desc) as rank
    from cell
    where office = :office
        and seq between :first and :last
) as ranked
where rank = 1

-- Brings the projection up to date with the facts after one number; after 0 fills an empty one.
-- name: keep_current
insert into current (office, subject, unit, field, period, seq)
select office, subject, unit, field, period, max(seq)
from cell
where office = :office
    and seq > :after
group by office, subject, unit, field, period
on conflict (office, subject, unit, field, period)
do update set seq = excluded.seq

-- name: forget_current
delete from current
where office = :office
