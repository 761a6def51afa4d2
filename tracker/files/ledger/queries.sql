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

-- name: insert_fact
insert into {table} (office, seq, act, file, place, {columns})
values (:office, :seq, :act, :file, :place, {values})

-- name: entries
select seq, act, file, place, {columns}
from {table}
where office = :office
    and act <= :until
order by seq

-- name: entries_after
select seq, act, file, place, {columns}
from {table}
where office = :office
    and seq > :after
order by seq

-- name: entries_as_of
select fact.seq, fact.act, fact.file, fact.place, {fact_columns}
from {table} as fact
join act
    on act.office = fact.office
    and act.no = fact.act
where fact.office = :office
    and coalesce(act.effective_on, substr(act.recorded_at, 1, 10)) <= :day
order by fact.seq

-- name: seqs
select seq, act
from {table}
where office = :office

-- name: ids
select distinct {column}
from {table}
where office = :office

-- name: cells
select subject, unit, field, period, value, origin, seq, act, file, place
from current
where office = :office

-- name: cells_after
select subject, unit, field, period, value, origin, seq, act, file, place
from current
where office = :office
    and seq > :after

-- The latest statement of each key among the facts up to one act.
-- name: ranked_cells
select subject, unit, field, period, value, origin, seq, act, file, place
from (
    select
        subject, unit, field, period, value, origin, seq, act, file, place,
        row_number() over (partition by subject, unit, field, period order by seq desc) as rank
    from cell
    where office = :office
        and act <= :until
) as ranked
where rank = 1

-- name: ranked_cells_as_of
select subject, unit, field, period, value, origin, seq, act, file, place
from (
    select
        cell.subject, cell.unit, cell.field, cell.period, cell.value, cell.origin,
        cell.seq, cell.act, cell.file, cell.place,
        row_number() over (
            partition by cell.subject, cell.unit, cell.field, cell.period
            order by cell.seq desc
        ) as rank
    from cell
    join act
        on act.office = cell.office
        and act.no = cell.act
    where cell.office = :office
        and coalesce(act.effective_on, substr(act.recorded_at, 1, 10)) <= :day
) as ranked
where rank = 1

-- Brings the projection up to date with the facts after one number; after 0 fills an empty one.
-- name: keep_current
insert into current (office, subject, unit, field, period, value, origin, seq, act, file, place)
select office, subject, unit, field, period, value, origin, seq, act, file, place
from (
    select
        office, subject, unit, field, period, value, origin, seq, act, file, place,
        row_number() over (partition by subject, unit, field, period order by seq desc) as rank
    from cell
    where office = :office
        and seq > :after
) as ranked
where rank = 1
on conflict (office, subject, unit, field, period)
do update set
    value = excluded.value,
    origin = excluded.origin,
    seq = excluded.seq,
    act = excluded.act,
    file = excluded.file,
    place = excluded.place

-- name: forget_current
delete from current
where office = :office
