-- The numbered migrations of a ledger on PostgreSQL; `migrations_sqlite.sql` is the same for SQLite, and says how they work.

-- migration 1: acts, facts and the projection

create function refuse_change() returns trigger language plpgsql as $$
begin
    raise exception 'facts are insert-only: %', tg_table_name;
end
$$;

create table act (
    office text not null,
    no bigint not null,
    verb text not null,
    person text not null,
    recorded_at text not null,
    effective_on text,
    version text not null,
    settings text not null,
    first_seq bigint not null,
    last_seq bigint not null,
    primary key (office, no),
    unique (office, first_seq),
    unique (office, last_seq),
    check (first_seq <= last_seq)
);
create trigger act_insert_only before update or delete or truncate on act
    for each statement execute function refuse_change();

create table file (
    office text not null,
    seq bigint not null,
    act bigint not null,
    file text not null,
    place text not null,
    sha text not null,
    name text not null,
    sender text not null,
    received_at text not null,
    primary key (office, seq),
    unique (office, sha),
    foreign key (office, act) references act (office, no) deferrable initially deferred
);
create trigger file_insert_only before update or delete or truncate on file
    for each statement execute function refuse_change();

create table setting (
    office text not null,
    seq bigint not null,
    act bigint not null,
    file text not null,
    place text not null,
    name text not null,
    sha text not null,
    content text not null,
    primary key (office, seq),
    unique (office, name, sha),
    foreign key (office, act) references act (office, no) deferrable initially deferred
);
create trigger setting_insert_only before update or delete or truncate on setting
    for each statement execute function refuse_change();

create table unit (
    office text not null,
    seq bigint not null,
    act bigint not null,
    file text not null,
    place text not null,
    unit text not null,
    kind text not null,
    retired boolean not null,
    primary key (office, seq),
    foreign key (office, act) references act (office, no) deferrable initially deferred
);
create trigger unit_insert_only before update or delete or truncate on unit
    for each statement execute function refuse_change();

create table unit_name (
    office text not null,
    seq bigint not null,
    act bigint not null,
    file text not null,
    place text not null,
    unit text not null,
    name text not null,
    since text,
    until text,
    rank text not null,
    primary key (office, seq),
    foreign key (office, act) references act (office, no) deferrable initially deferred
);
create trigger unit_name_insert_only before update or delete or truncate on unit_name
    for each statement execute function refuse_change();

create table unit_link (
    office text not null,
    seq bigint not null,
    act bigint not null,
    file text not null,
    place text not null,
    unit text not null,
    successor text not null,
    "on" text not null,
    how text not null,
    primary key (office, seq),
    foreign key (office, act) references act (office, no) deferrable initially deferred
);
create trigger unit_link_insert_only before update or delete or truncate on unit_link
    for each statement execute function refuse_change();

create table contact (
    office text not null,
    seq bigint not null,
    act bigint not null,
    file text not null,
    place text not null,
    unit text not null,
    role text not null,
    name text not null,
    phone text not null,
    mail text not null,
    active boolean not null,
    primary key (office, seq),
    foreign key (office, act) references act (office, no) deferrable initially deferred
);
create trigger contact_insert_only before update or delete or truncate on contact
    for each statement execute function refuse_change();

create table plan_edition (
    office text not null,
    seq bigint not null,
    act bigint not null,
    file text not null,
    place text not null,
    plan text not null,
    edition bigint not null,
    how text not null,
    title text not null,
    number text not null,
    issuer text not null,
    issued_on text,
    year bigint not null,
    theme text not null,
    primary key (office, seq),
    unique (office, plan, edition),
    foreign key (office, act) references act (office, no) deferrable initially deferred
);
create trigger plan_edition_insert_only before update or delete or truncate on plan_edition
    for each statement execute function refuse_change();

create table work_point (
    office text not null,
    seq bigint not null,
    act bigint not null,
    file text not null,
    place text not null,
    wp text not null,
    plan text not null,
    primary key (office, seq),
    unique (office, wp),
    foreign key (office, act) references act (office, no) deferrable initially deferred
);
create trigger work_point_insert_only before update or delete or truncate on work_point
    for each statement execute function refuse_change();

create table wp_text (
    office text not null,
    seq bigint not null,
    act bigint not null,
    file text not null,
    place text not null,
    wp text not null,
    edition bigint not null,
    position bigint not null,
    section text not null,
    task text not null,
    no text not null,
    requirement text not null,
    deadline text not null,
    mode text not null,
    inherited boolean not null,
    matched_by text not null,
    retired boolean not null,
    primary key (office, seq),
    unique (office, wp, edition),
    foreign key (office, act) references act (office, no) deferrable initially deferred
);
create trigger wp_text_insert_only before update or delete or truncate on wp_text
    for each statement execute function refuse_change();

create table assignment (
    office text not null,
    seq bigint not null,
    act bigint not null,
    file text not null,
    place text not null,
    wp text not null,
    edition bigint not null,
    written text not null,
    unit text not null,
    role text not null,
    via text not null,
    part text not null,
    active boolean not null,
    primary key (office, seq),
    foreign key (office, act) references act (office, no) deferrable initially deferred
);
create trigger assignment_insert_only before update or delete or truncate on assignment
    for each statement execute function refuse_change();

create table member (
    office text not null,
    seq bigint not null,
    act bigint not null,
    file text not null,
    place text not null,
    plan text not null,
    edition bigint not null,
    collective text not null,
    unit text not null,
    active boolean not null,
    primary key (office, seq),
    foreign key (office, act) references act (office, no) deferrable initially deferred
);
create trigger member_insert_only before update or delete or truncate on member
    for each statement execute function refuse_change();

create table plan_duty (
    office text not null,
    seq bigint not null,
    act bigint not null,
    file text not null,
    place text not null,
    plan text not null,
    edition bigint not null,
    n bigint not null,
    what text not null,
    addressee text not null,
    deadline text not null,
    primary key (office, seq),
    unique (office, plan, edition, n),
    foreign key (office, act) references act (office, no) deferrable initially deferred
);
create trigger plan_duty_insert_only before update or delete or truncate on plan_duty
    for each statement execute function refuse_change();

create table carried (
    office text not null,
    seq bigint not null,
    act bigint not null,
    file text not null,
    place text not null,
    from_wp text not null,
    to_wp text not null,
    how text not null,
    decided_by text not null,
    primary key (office, seq),
    foreign key (office, act) references act (office, no) deferrable initially deferred
);
create trigger carried_insert_only before update or delete or truncate on carried
    for each statement execute function refuse_change();

create table round (
    office text not null,
    seq bigint not null,
    act bigint not null,
    file text not null,
    place text not null,
    round text not null,
    plan text not null,
    name text not null,
    opens text not null,
    due text not null,
    primary key (office, seq),
    foreign key (office, act) references act (office, no) deferrable initially deferred
);
create trigger round_insert_only before update or delete or truncate on round
    for each statement execute function refuse_change();

create table form (
    office text not null,
    seq bigint not null,
    act bigint not null,
    file text not null,
    place text not null,
    form text not null,
    round text not null,
    unit text not null,
    base_seq bigint not null,
    rows text not null,
    columns text not null,
    path text not null,
    primary key (office, seq),
    unique (office, form),
    foreign key (office, act) references act (office, no) deferrable initially deferred
);
create trigger form_insert_only before update or delete or truncate on form
    for each statement execute function refuse_change();

create table return (
    office text not null,
    seq bigint not null,
    act bigint not null,
    file text not null,
    place text not null,
    form text not null,
    sha text not null,
    outcome text not null,
    reason text not null,
    balance text not null,
    primary key (office, seq),
    foreign key (office, act) references act (office, no) deferrable initially deferred
);
create trigger return_insert_only before update or delete or truncate on return
    for each statement execute function refuse_change();

create table sheet_written (
    office text not null,
    seq bigint not null,
    act bigint not null,
    file text not null,
    place text not null,
    workbook text not null,
    revision bigint not null,
    base_seq bigint not null,
    sha text not null,
    primary key (office, seq),
    unique (office, workbook, revision),
    foreign key (office, act) references act (office, no) deferrable initially deferred
);
create trigger sheet_written_insert_only before update or delete or truncate on sheet_written
    for each statement execute function refuse_change();

create table cell (
    office text not null,
    seq bigint not null,
    act bigint not null,
    file text not null,
    place text not null,
    subject text not null,
    unit text not null,
    field text not null,
    period text not null,
    value text not null,
    origin text not null,
    base_seq bigint not null,
    primary key (office, seq),
    foreign key (office, act) references act (office, no) deferrable initially deferred
);
create trigger cell_insert_only before update or delete or truncate on cell
    for each statement execute function refuse_change();

create table conflict (
    office text not null,
    seq bigint not null,
    act bigint not null,
    file text not null,
    place text not null,
    conflict text not null,
    subject text not null,
    unit text not null,
    field text not null,
    period text not null,
    base text not null,
    ours text not null,
    theirs text not null,
    why text not null,
    primary key (office, seq),
    unique (office, conflict),
    foreign key (office, act) references act (office, no) deferrable initially deferred
);
create trigger conflict_insert_only before update or delete or truncate on conflict
    for each statement execute function refuse_change();

create table settled (
    office text not null,
    seq bigint not null,
    act bigint not null,
    file text not null,
    place text not null,
    conflict text not null,
    choice text not null,
    value text not null,
    primary key (office, seq),
    foreign key (office, act) references act (office, no) deferrable initially deferred
);
create trigger settled_insert_only before update or delete or truncate on settled
    for each statement execute function refuse_change();

create table event (
    office text not null,
    seq bigint not null,
    act bigint not null,
    file text not null,
    place text not null,
    subject text not null,
    kind text not null,
    n bigint not null,
    at text not null,
    data text not null,
    primary key (office, seq),
    foreign key (office, act) references act (office, no) deferrable initially deferred
);
create trigger event_insert_only before update or delete or truncate on event
    for each statement execute function refuse_change();

create table document (
    office text not null,
    seq bigint not null,
    act bigint not null,
    file text not null,
    place text not null,
    document text not null,
    tier text not null,
    unit text not null,
    subjects text not null,
    "on" text not null,
    state text not null,
    number text not null,
    path text not null,
    primary key (office, seq),
    foreign key (office, act) references act (office, no) deferrable initially deferred
);
create trigger document_insert_only before update or delete or truncate on document
    for each statement execute function refuse_change();

create table report_edition (
    office text not null,
    seq bigint not null,
    act bigint not null,
    file text not null,
    place text not null,
    report text not null,
    n bigint not null,
    plan text not null,
    as_of text not null,
    content text not null,
    primary key (office, seq),
    unique (office, report, n),
    foreign key (office, act) references act (office, no) deferrable initially deferred
);
create trigger report_edition_insert_only before update or delete or truncate on report_edition
    for each statement execute function refuse_change();

-- The projection: what each cell says now. Upserted with its facts, rebuilt at will.
create table current (
    office text not null,
    subject text not null,
    unit text not null,
    field text not null,
    period text not null,
    value text not null,
    origin text not null,
    seq bigint not null,
    act bigint not null,
    file text not null,
    place text not null,
    primary key (office, subject, unit, field, period)
);
create index current_by_seq on current (office, seq);

-- migration 2: what is sent, and what was due

create table message (
    office text not null,
    seq bigint not null,
    act bigint not null,
    file text not null,
    place text not null,
    message text not null,
    key text not null,
    document text not null,
    unit text not null,
    tier text not null,
    treatment text not null,
    channel text not null,
    recipient text not null,
    message_id text not null,
    subject text not null,
    body text not null,
    attachments text not null,
    hashes text not null,
    primary key (office, seq),
    unique (office, message),
    unique (office, key),
    foreign key (office, act) references act (office, no) deferrable initially deferred
);
create trigger message_insert_only before update or delete or truncate on message
    for each statement execute function refuse_change();

create table message_attempt (
    office text not null,
    seq bigint not null,
    act bigint not null,
    file text not null,
    place text not null,
    message text not null,
    n bigint not null,
    worker text not null,
    primary key (office, seq),
    unique (office, message, n),
    foreign key (office, act) references act (office, no) deferrable initially deferred
);
create trigger message_attempt_insert_only before update or delete or truncate on message_attempt
    for each statement execute function refuse_change();

create table message_outcome (
    office text not null,
    seq bigint not null,
    act bigint not null,
    file text not null,
    place text not null,
    message text not null,
    n bigint not null,
    state text not null,
    note text not null,
    primary key (office, seq),
    foreign key (office, act) references act (office, no) deferrable initially deferred
);
create trigger message_outcome_insert_only before update or delete or truncate on message_outcome
    for each statement execute function refuse_change();

create table slot (
    office text not null,
    seq bigint not null,
    act bigint not null,
    file text not null,
    place text not null,
    job text not null,
    due text not null,
    primary key (office, seq),
    unique (office, job, due),
    foreign key (office, act) references act (office, no) deferrable initially deferred
);
create trigger slot_insert_only before update or delete or truncate on slot
    for each statement execute function refuse_change();

create table slot_attempt (
    office text not null,
    seq bigint not null,
    act bigint not null,
    file text not null,
    place text not null,
    job text not null,
    due text not null,
    n bigint not null,
    worker text not null,
    primary key (office, seq),
    unique (office, job, due, n),
    foreign key (office, act) references act (office, no) deferrable initially deferred
);
create trigger slot_attempt_insert_only before update or delete or truncate on slot_attempt
    for each statement execute function refuse_change();

create table slot_outcome (
    office text not null,
    seq bigint not null,
    act bigint not null,
    file text not null,
    place text not null,
    job text not null,
    due text not null,
    n bigint not null,
    state text not null,
    note text not null,
    primary key (office, seq),
    unique (office, job, due, n),
    foreign key (office, act) references act (office, no) deferrable initially deferred
);
create trigger slot_outcome_insert_only before update or delete or truncate on slot_outcome
    for each statement execute function refuse_change();

-- migration 3: year to year and level to level

alter table carried add column note text not null default '';

create table plan_kind (
    office text not null,
    seq bigint not null,
    act bigint not null,
    file text not null,
    place text not null,
    plan text not null,
    kind text not null,
    primary key (office, seq),
    foreign key (office, act) references act (office, no) deferrable initially deferred
);
create trigger plan_kind_insert_only before update or delete or truncate on plan_kind
    for each statement execute function refuse_change();

create table plan_link (
    office text not null,
    seq bigint not null,
    act bigint not null,
    file text not null,
    place text not null,
    plan text not null,
    other text not null,
    how text not null,
    primary key (office, seq),
    foreign key (office, act) references act (office, no) deferrable initially deferred
);
create trigger plan_link_insert_only before update or delete or truncate on plan_link
    for each statement execute function refuse_change();

create table serves (
    office text not null,
    seq bigint not null,
    act bigint not null,
    file text not null,
    place text not null,
    theirs text not null,
    ours text not null,
    how text not null,
    decided_by text not null,
    note text not null,
    primary key (office, seq),
    foreign key (office, act) references act (office, no) deferrable initially deferred
);
create trigger serves_insert_only before update or delete or truncate on serves
    for each statement execute function refuse_change();

-- migration 4: acts own ranges of facts, files are numbers

create table source (
    office text not null, no bigint not null, sha text not null,
    primary key (office, no),
    unique (office, sha)
);
create trigger source_insert_only before update or delete or truncate on source
    for each statement execute function refuse_change();
insert into source (office, no, sha)
select office, row_number() over (partition by office order by min(seq)), file
from (
        select office, seq, file from file
        union all select office, seq, file from setting
        union all select office, seq, file from unit
        union all select office, seq, file from unit_name
        union all select office, seq, file from unit_link
        union all select office, seq, file from contact
        union all select office, seq, file from plan_edition
        union all select office, seq, file from work_point
        union all select office, seq, file from wp_text
        union all select office, seq, file from assignment
        union all select office, seq, file from member
        union all select office, seq, file from plan_duty
        union all select office, seq, file from carried
        union all select office, seq, file from plan_kind
        union all select office, seq, file from plan_link
        union all select office, seq, file from serves
        union all select office, seq, file from round
        union all select office, seq, file from form
        union all select office, seq, file from return
        union all select office, seq, file from sheet_written
        union all select office, seq, file from cell
        union all select office, seq, file from conflict
        union all select office, seq, file from settled
        union all select office, seq, file from event
        union all select office, seq, file from document
        union all select office, seq, file from report_edition
        union all select office, seq, file from message
        union all select office, seq, file from message_attempt
        union all select office, seq, file from message_outcome
        union all select office, seq, file from slot
        union all select office, seq, file from slot_attempt
        union all select office, seq, file from slot_outcome
) as facts
where file <> ''
group by office, file;

create function source_no(text, text) returns bigint language sql stable as
    'select no from source where office = $1 and sha = $2';
alter table file drop column act, alter column file drop not null,
    alter column file type bigint using source_no(office, file),
    add foreign key (office, file) references source (office, no);
alter table setting drop column act, alter column file drop not null,
    alter column file type bigint using source_no(office, file),
    add foreign key (office, file) references source (office, no);
alter table unit drop column act, alter column file drop not null,
    alter column file type bigint using source_no(office, file),
    add foreign key (office, file) references source (office, no);
alter table unit_name drop column act, alter column file drop not null,
    alter column file type bigint using source_no(office, file),
    add foreign key (office, file) references source (office, no);
alter table unit_link drop column act, alter column file drop not null,
    alter column file type bigint using source_no(office, file),
    add foreign key (office, file) references source (office, no);
alter table contact drop column act, alter column file drop not null,
    alter column file type bigint using source_no(office, file),
    add foreign key (office, file) references source (office, no);
alter table plan_edition drop column act, alter column file drop not null,
    alter column file type bigint using source_no(office, file),
    add foreign key (office, file) references source (office, no);
alter table work_point drop column act, alter column file drop not null,
    alter column file type bigint using source_no(office, file),
    add foreign key (office, file) references source (office, no);
alter table wp_text drop column act, alter column file drop not null,
    alter column file type bigint using source_no(office, file),
    add foreign key (office, file) references source (office, no);
alter table assignment drop column act, alter column file drop not null,
    alter column file type bigint using source_no(office, file),
    add foreign key (office, file) references source (office, no);
alter table member drop column act, alter column file drop not null,
    alter column file type bigint using source_no(office, file),
    add foreign key (office, file) references source (office, no);
alter table plan_duty drop column act, alter column file drop not null,
    alter column file type bigint using source_no(office, file),
    add foreign key (office, file) references source (office, no);
alter table carried drop column act, alter column file drop not null,
    alter column file type bigint using source_no(office, file),
    add foreign key (office, file) references source (office, no);
alter table plan_kind drop column act, alter column file drop not null,
    alter column file type bigint using source_no(office, file),
    add foreign key (office, file) references source (office, no);
alter table plan_link drop column act, alter column file drop not null,
    alter column file type bigint using source_no(office, file),
    add foreign key (office, file) references source (office, no);
alter table serves drop column act, alter column file drop not null,
    alter column file type bigint using source_no(office, file),
    add foreign key (office, file) references source (office, no);
alter table round drop column act, alter column file drop not null,
    alter column file type bigint using source_no(office, file),
    add foreign key (office, file) references source (office, no);
alter table form drop column act, alter column file drop not null,
    alter column file type bigint using source_no(office, file),
    add foreign key (office, file) references source (office, no);
alter table return drop column act, alter column file drop not null,
    alter column file type bigint using source_no(office, file),
    add foreign key (office, file) references source (office, no);
alter table sheet_written drop column act, alter column file drop not null,
    alter column file type bigint using source_no(office, file),
    add foreign key (office, file) references source (office, no);
alter table cell drop column act, alter column file drop not null,
    alter column file type bigint using source_no(office, file),
    add foreign key (office, file) references source (office, no);
alter table conflict drop column act, alter column file drop not null,
    alter column file type bigint using source_no(office, file),
    add foreign key (office, file) references source (office, no);
alter table settled drop column act, alter column file drop not null,
    alter column file type bigint using source_no(office, file),
    add foreign key (office, file) references source (office, no);
alter table event drop column act, alter column file drop not null,
    alter column file type bigint using source_no(office, file),
    add foreign key (office, file) references source (office, no);
alter table document drop column act, alter column file drop not null,
    alter column file type bigint using source_no(office, file),
    add foreign key (office, file) references source (office, no);
alter table report_edition drop column act, alter column file drop not null,
    alter column file type bigint using source_no(office, file),
    add foreign key (office, file) references source (office, no);
alter table message drop column act, alter column file drop not null,
    alter column file type bigint using source_no(office, file),
    add foreign key (office, file) references source (office, no);
alter table message_attempt drop column act, alter column file drop not null,
    alter column file type bigint using source_no(office, file),
    add foreign key (office, file) references source (office, no);
alter table message_outcome drop column act, alter column file drop not null,
    alter column file type bigint using source_no(office, file),
    add foreign key (office, file) references source (office, no);
alter table slot drop column act, alter column file drop not null,
    alter column file type bigint using source_no(office, file),
    add foreign key (office, file) references source (office, no);
alter table slot_attempt drop column act, alter column file drop not null,
    alter column file type bigint using source_no(office, file),
    add foreign key (office, file) references source (office, no);
alter table slot_outcome drop column act, alter column file drop not null,
    alter column file type bigint using source_no(office, file),
    add foreign key (office, file) references source (office, no);
drop function source_no(text, text);
alter table carried alter column note drop default;

drop table current;
create table current (
    office text not null, subject text not null, unit text not null, field text not null,
    period text not null, seq bigint not null,
    primary key (office, subject, unit, field, period)
);
insert into current (office, subject, unit, field, period, seq)
select office, subject, unit, field, period, max(seq)
from cell
group by office, subject, unit, field, period;

-- migration 5: a cell says what its last fact says, which is read with the facts

drop table current;
