-- The numbered migrations of a ledger on SQLite; `migrations_postgresql.sql` is the same for PostgreSQL.
--
-- Each `-- migration N: what it brings` is applied once, in order, in a transaction of its own, and recorded
-- in the table `migration`. A migration that has been released is never edited: a new fact, or a new field of
-- one, is a new migration in both files. A new ledger is drawn by `schema.py` and has had them all.

-- migration 1: acts, facts and the projection

create table act (
    office text not null,
    no integer not null,
    verb text not null,
    person text not null,
    recorded_at text not null,
    effective_on text,
    version text not null,
    settings text not null,
    first_seq integer not null,
    last_seq integer not null,
    primary key (office, no),
    unique (office, first_seq),
    unique (office, last_seq),
    check (first_seq <= last_seq)
) without rowid;
create trigger act_update before update on act
begin
    select raise(abort, 'facts are insert-only: act');
end;
create trigger act_delete before delete on act
begin
    select raise(abort, 'facts are insert-only: act');
end;

create table file (
    office text not null,
    seq integer not null,
    act integer not null,
    file text not null,
    place text not null,
    sha text not null,
    name text not null,
    sender text not null,
    received_at text not null,
    primary key (office, seq),
    unique (office, sha),
    foreign key (office, act) references act (office, no) deferrable initially deferred
) without rowid;
create index file_by_act on file (office, act);
create trigger file_update before update on file
begin
    select raise(abort, 'facts are insert-only: file');
end;
create trigger file_delete before delete on file
begin
    select raise(abort, 'facts are insert-only: file');
end;

create table setting (
    office text not null,
    seq integer not null,
    act integer not null,
    file text not null,
    place text not null,
    name text not null,
    sha text not null,
    content text not null,
    primary key (office, seq),
    unique (office, name, sha),
    foreign key (office, act) references act (office, no) deferrable initially deferred
) without rowid;
create index setting_by_act on setting (office, act);
create trigger setting_update before update on setting
begin
    select raise(abort, 'facts are insert-only: setting');
end;
create trigger setting_delete before delete on setting
begin
    select raise(abort, 'facts are insert-only: setting');
end;

create table unit (
    office text not null,
    seq integer not null,
    act integer not null,
    file text not null,
    place text not null,
    unit text not null,
    kind text not null,
    retired integer not null,
    primary key (office, seq),
    foreign key (office, act) references act (office, no) deferrable initially deferred
) without rowid;
create index unit_by_act on unit (office, act);
create trigger unit_update before update on unit
begin
    select raise(abort, 'facts are insert-only: unit');
end;
create trigger unit_delete before delete on unit
begin
    select raise(abort, 'facts are insert-only: unit');
end;

create table unit_name (
    office text not null,
    seq integer not null,
    act integer not null,
    file text not null,
    place text not null,
    unit text not null,
    name text not null,
    since text,
    until text,
    rank text not null,
    primary key (office, seq),
    foreign key (office, act) references act (office, no) deferrable initially deferred
) without rowid;
create index unit_name_by_act on unit_name (office, act);
create trigger unit_name_update before update on unit_name
begin
    select raise(abort, 'facts are insert-only: unit_name');
end;
create trigger unit_name_delete before delete on unit_name
begin
    select raise(abort, 'facts are insert-only: unit_name');
end;

create table unit_link (
    office text not null,
    seq integer not null,
    act integer not null,
    file text not null,
    place text not null,
    unit text not null,
    successor text not null,
    "on" text not null,
    how text not null,
    primary key (office, seq),
    foreign key (office, act) references act (office, no) deferrable initially deferred
) without rowid;
create index unit_link_by_act on unit_link (office, act);
create trigger unit_link_update before update on unit_link
begin
    select raise(abort, 'facts are insert-only: unit_link');
end;
create trigger unit_link_delete before delete on unit_link
begin
    select raise(abort, 'facts are insert-only: unit_link');
end;

create table contact (
    office text not null,
    seq integer not null,
    act integer not null,
    file text not null,
    place text not null,
    unit text not null,
    role text not null,
    name text not null,
    phone text not null,
    mail text not null,
    active integer not null,
    primary key (office, seq),
    foreign key (office, act) references act (office, no) deferrable initially deferred
) without rowid;
create index contact_by_act on contact (office, act);
create trigger contact_update before update on contact
begin
    select raise(abort, 'facts are insert-only: contact');
end;
create trigger contact_delete before delete on contact
begin
    select raise(abort, 'facts are insert-only: contact');
end;

create table plan_edition (
    office text not null,
    seq integer not null,
    act integer not null,
    file text not null,
    place text not null,
    plan text not null,
    edition integer not null,
    how text not null,
    title text not null,
    number text not null,
    issuer text not null,
    issued_on text,
    year integer not null,
    theme text not null,
    primary key (office, seq),
    unique (office, plan, edition),
    foreign key (office, act) references act (office, no) deferrable initially deferred
) without rowid;
create index plan_edition_by_act on plan_edition (office, act);
create trigger plan_edition_update before update on plan_edition
begin
    select raise(abort, 'facts are insert-only: plan_edition');
end;
create trigger plan_edition_delete before delete on plan_edition
begin
    select raise(abort, 'facts are insert-only: plan_edition');
end;

create table work_point (
    office text not null,
    seq integer not null,
    act integer not null,
    file text not null,
    place text not null,
    wp text not null,
    plan text not null,
    primary key (office, seq),
    unique (office, wp),
    foreign key (office, act) references act (office, no) deferrable initially deferred
) without rowid;
create index work_point_by_act on work_point (office, act);
create trigger work_point_update before update on work_point
begin
    select raise(abort, 'facts are insert-only: work_point');
end;
create trigger work_point_delete before delete on work_point
begin
    select raise(abort, 'facts are insert-only: work_point');
end;

create table wp_text (
    office text not null,
    seq integer not null,
    act integer not null,
    file text not null,
    place text not null,
    wp text not null,
    edition integer not null,
    position integer not null,
    section text not null,
    task text not null,
    no text not null,
    requirement text not null,
    deadline text not null,
    mode text not null,
    inherited integer not null,
    matched_by text not null,
    retired integer not null,
    primary key (office, seq),
    unique (office, wp, edition),
    foreign key (office, act) references act (office, no) deferrable initially deferred
) without rowid;
create index wp_text_by_act on wp_text (office, act);
create trigger wp_text_update before update on wp_text
begin
    select raise(abort, 'facts are insert-only: wp_text');
end;
create trigger wp_text_delete before delete on wp_text
begin
    select raise(abort, 'facts are insert-only: wp_text');
end;

create table assignment (
    office text not null,
    seq integer not null,
    act integer not null,
    file text not null,
    place text not null,
    wp text not null,
    edition integer not null,
    written text not null,
    unit text not null,
    role text not null,
    via text not null,
    part text not null,
    active integer not null,
    primary key (office, seq),
    foreign key (office, act) references act (office, no) deferrable initially deferred
) without rowid;
create index assignment_by_act on assignment (office, act);
create trigger assignment_update before update on assignment
begin
    select raise(abort, 'facts are insert-only: assignment');
end;
create trigger assignment_delete before delete on assignment
begin
    select raise(abort, 'facts are insert-only: assignment');
end;

create table member (
    office text not null,
    seq integer not null,
    act integer not null,
    file text not null,
    place text not null,
    plan text not null,
    edition integer not null,
    collective text not null,
    unit text not null,
    active integer not null,
    primary key (office, seq),
    foreign key (office, act) references act (office, no) deferrable initially deferred
) without rowid;
create index member_by_act on member (office, act);
create trigger member_update before update on member
begin
    select raise(abort, 'facts are insert-only: member');
end;
create trigger member_delete before delete on member
begin
    select raise(abort, 'facts are insert-only: member');
end;

create table plan_duty (
    office text not null,
    seq integer not null,
    act integer not null,
    file text not null,
    place text not null,
    plan text not null,
    edition integer not null,
    n integer not null,
    what text not null,
    addressee text not null,
    deadline text not null,
    primary key (office, seq),
    unique (office, plan, edition, n),
    foreign key (office, act) references act (office, no) deferrable initially deferred
) without rowid;
create index plan_duty_by_act on plan_duty (office, act);
create trigger plan_duty_update before update on plan_duty
begin
    select raise(abort, 'facts are insert-only: plan_duty');
end;
create trigger plan_duty_delete before delete on plan_duty
begin
    select raise(abort, 'facts are insert-only: plan_duty');
end;

create table carried (
    office text not null,
    seq integer not null,
    act integer not null,
    file text not null,
    place text not null,
    from_wp text not null,
    to_wp text not null,
    how text not null,
    decided_by text not null,
    primary key (office, seq),
    foreign key (office, act) references act (office, no) deferrable initially deferred
) without rowid;
create index carried_by_act on carried (office, act);
create trigger carried_update before update on carried
begin
    select raise(abort, 'facts are insert-only: carried');
end;
create trigger carried_delete before delete on carried
begin
    select raise(abort, 'facts are insert-only: carried');
end;

create table round (
    office text not null,
    seq integer not null,
    act integer not null,
    file text not null,
    place text not null,
    round text not null,
    plan text not null,
    name text not null,
    opens text not null,
    due text not null,
    primary key (office, seq),
    foreign key (office, act) references act (office, no) deferrable initially deferred
) without rowid;
create index round_by_act on round (office, act);
create trigger round_update before update on round
begin
    select raise(abort, 'facts are insert-only: round');
end;
create trigger round_delete before delete on round
begin
    select raise(abort, 'facts are insert-only: round');
end;

create table form (
    office text not null,
    seq integer not null,
    act integer not null,
    file text not null,
    place text not null,
    form text not null,
    round text not null,
    unit text not null,
    base_seq integer not null,
    rows text not null,
    columns text not null,
    path text not null,
    primary key (office, seq),
    unique (office, form),
    foreign key (office, act) references act (office, no) deferrable initially deferred
) without rowid;
create index form_by_act on form (office, act);
create trigger form_update before update on form
begin
    select raise(abort, 'facts are insert-only: form');
end;
create trigger form_delete before delete on form
begin
    select raise(abort, 'facts are insert-only: form');
end;

create table return (
    office text not null,
    seq integer not null,
    act integer not null,
    file text not null,
    place text not null,
    form text not null,
    sha text not null,
    outcome text not null,
    reason text not null,
    balance text not null,
    primary key (office, seq),
    foreign key (office, act) references act (office, no) deferrable initially deferred
) without rowid;
create index return_by_act on return (office, act);
create trigger return_update before update on return
begin
    select raise(abort, 'facts are insert-only: return');
end;
create trigger return_delete before delete on return
begin
    select raise(abort, 'facts are insert-only: return');
end;

create table sheet_written (
    office text not null,
    seq integer not null,
    act integer not null,
    file text not null,
    place text not null,
    workbook text not null,
    revision integer not null,
    base_seq integer not null,
    sha text not null,
    primary key (office, seq),
    unique (office, workbook, revision),
    foreign key (office, act) references act (office, no) deferrable initially deferred
) without rowid;
create index sheet_written_by_act on sheet_written (office, act);
create trigger sheet_written_update before update on sheet_written
begin
    select raise(abort, 'facts are insert-only: sheet_written');
end;
create trigger sheet_written_delete before delete on sheet_written
begin
    select raise(abort, 'facts are insert-only: sheet_written');
end;

create table cell (
    office text not null,
    seq integer not null,
    act integer not null,
    file text not null,
    place text not null,
    subject text not null,
    unit text not null,
    field text not null,
    period text not null,
    value text not null,
    origin text not null,
    base_seq integer not null,
    primary key (office, seq),
    foreign key (office, act) references act (office, no) deferrable initially deferred
) without rowid;
create index cell_by_act on cell (office, act);
create trigger cell_update before update on cell
begin
    select raise(abort, 'facts are insert-only: cell');
end;
create trigger cell_delete before delete on cell
begin
    select raise(abort, 'facts are insert-only: cell');
end;

create table conflict (
    office text not null,
    seq integer not null,
    act integer not null,
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
) without rowid;
create index conflict_by_act on conflict (office, act);
create trigger conflict_update before update on conflict
begin
    select raise(abort, 'facts are insert-only: conflict');
end;
create trigger conflict_delete before delete on conflict
begin
    select raise(abort, 'facts are insert-only: conflict');
end;

create table settled (
    office text not null,
    seq integer not null,
    act integer not null,
    file text not null,
    place text not null,
    conflict text not null,
    choice text not null,
    value text not null,
    primary key (office, seq),
    foreign key (office, act) references act (office, no) deferrable initially deferred
) without rowid;
create index settled_by_act on settled (office, act);
create trigger settled_update before update on settled
begin
    select raise(abort, 'facts are insert-only: settled');
end;
create trigger settled_delete before delete on settled
begin
    select raise(abort, 'facts are insert-only: settled');
end;

create table event (
    office text not null,
    seq integer not null,
    act integer not null,
    file text not null,
    place text not null,
    subject text not null,
    kind text not null,
    n integer not null,
    at text not null,
    data text not null,
    primary key (office, seq),
    foreign key (office, act) references act (office, no) deferrable initially deferred
) without rowid;
create index event_by_act on event (office, act);
create trigger event_update before update on event
begin
    select raise(abort, 'facts are insert-only: event');
end;
create trigger event_delete before delete on event
begin
    select raise(abort, 'facts are insert-only: event');
end;

create table document (
    office text not null,
    seq integer not null,
    act integer not null,
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
) without rowid;
create index document_by_act on document (office, act);
create trigger document_update before update on document
begin
    select raise(abort, 'facts are insert-only: document');
end;
create trigger document_delete before delete on document
begin
    select raise(abort, 'facts are insert-only: document');
end;

create table report_edition (
    office text not null,
    seq integer not null,
    act integer not null,
    file text not null,
    place text not null,
    report text not null,
    n integer not null,
    plan text not null,
    as_of text not null,
    content text not null,
    primary key (office, seq),
    unique (office, report, n),
    foreign key (office, act) references act (office, no) deferrable initially deferred
) without rowid;
create index report_edition_by_act on report_edition (office, act);
create trigger report_edition_update before update on report_edition
begin
    select raise(abort, 'facts are insert-only: report_edition');
end;
create trigger report_edition_delete before delete on report_edition
begin
    select raise(abort, 'facts are insert-only: report_edition');
end;

-- The projection: what each cell says now. Upserted with its facts, rebuilt at will.
create table current (
    office text not null,
    subject text not null,
    unit text not null,
    field text not null,
    period text not null,
    value text not null,
    origin text not null,
    seq integer not null,
    act integer not null,
    file text not null,
    place text not null,
    primary key (office, subject, unit, field, period)
) without rowid;
create index current_by_seq on current (office, seq);

-- migration 2: what is sent, and what was due

create table message (
    office text not null,
    seq integer not null,
    act integer not null,
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
) without rowid;
create index message_by_act on message (office, act);
create trigger message_update before update on message
begin
    select raise(abort, 'facts are insert-only: message');
end;
create trigger message_delete before delete on message
begin
    select raise(abort, 'facts are insert-only: message');
end;

create table message_attempt (
    office text not null,
    seq integer not null,
    act integer not null,
    file text not null,
    place text not null,
    message text not null,
    n integer not null,
    worker text not null,
    primary key (office, seq),
    unique (office, message, n),
    foreign key (office, act) references act (office, no) deferrable initially deferred
) without rowid;
create index message_attempt_by_act on message_attempt (office, act);
create trigger message_attempt_update before update on message_attempt
begin
    select raise(abort, 'facts are insert-only: message_attempt');
end;
create trigger message_attempt_delete before delete on message_attempt
begin
    select raise(abort, 'facts are insert-only: message_attempt');
end;

create table message_outcome (
    office text not null,
    seq integer not null,
    act integer not null,
    file text not null,
    place text not null,
    message text not null,
    n integer not null,
    state text not null,
    note text not null,
    primary key (office, seq),
    foreign key (office, act) references act (office, no) deferrable initially deferred
) without rowid;
create index message_outcome_by_act on message_outcome (office, act);
create trigger message_outcome_update before update on message_outcome
begin
    select raise(abort, 'facts are insert-only: message_outcome');
end;
create trigger message_outcome_delete before delete on message_outcome
begin
    select raise(abort, 'facts are insert-only: message_outcome');
end;

create table slot (
    office text not null,
    seq integer not null,
    act integer not null,
    file text not null,
    place text not null,
    job text not null,
    due text not null,
    primary key (office, seq),
    unique (office, job, due),
    foreign key (office, act) references act (office, no) deferrable initially deferred
) without rowid;
create index slot_by_act on slot (office, act);
create trigger slot_update before update on slot
begin
    select raise(abort, 'facts are insert-only: slot');
end;
create trigger slot_delete before delete on slot
begin
    select raise(abort, 'facts are insert-only: slot');
end;

create table slot_attempt (
    office text not null,
    seq integer not null,
    act integer not null,
    file text not null,
    place text not null,
    job text not null,
    due text not null,
    n integer not null,
    worker text not null,
    primary key (office, seq),
    unique (office, job, due, n),
    foreign key (office, act) references act (office, no) deferrable initially deferred
) without rowid;
create index slot_attempt_by_act on slot_attempt (office, act);
create trigger slot_attempt_update before update on slot_attempt
begin
    select raise(abort, 'facts are insert-only: slot_attempt');
end;
create trigger slot_attempt_delete before delete on slot_attempt
begin
    select raise(abort, 'facts are insert-only: slot_attempt');
end;

create table slot_outcome (
    office text not null,
    seq integer not null,
    act integer not null,
    file text not null,
    place text not null,
    job text not null,
    due text not null,
    n integer not null,
    state text not null,
    note text not null,
    primary key (office, seq),
    unique (office, job, due, n),
    foreign key (office, act) references act (office, no) deferrable initially deferred
) without rowid;
create index slot_outcome_by_act on slot_outcome (office, act);
create trigger slot_outcome_update before update on slot_outcome
begin
    select raise(abort, 'facts are insert-only: slot_outcome');
end;
create trigger slot_outcome_delete before delete on slot_outcome
begin
    select raise(abort, 'facts are insert-only: slot_outcome');
end;

-- migration 3: year to year and level to level

alter table carried add column note text not null default '';

create table plan_kind (
    office text not null,
    seq integer not null,
    act integer not null,
    file text not null,
    place text not null,
    plan text not null,
    kind text not null,
    primary key (office, seq),
    foreign key (office, act) references act (office, no) deferrable initially deferred
) without rowid;
create index plan_kind_by_act on plan_kind (office, act);
create trigger plan_kind_update before update on plan_kind
begin
    select raise(abort, 'facts are insert-only: plan_kind');
end;
create trigger plan_kind_delete before delete on plan_kind
begin
    select raise(abort, 'facts are insert-only: plan_kind');
end;

create table plan_link (
    office text not null,
    seq integer not null,
    act integer not null,
    file text not null,
    place text not null,
    plan text not null,
    other text not null,
    how text not null,
    primary key (office, seq),
    foreign key (office, act) references act (office, no) deferrable initially deferred
) without rowid;
create index plan_link_by_act on plan_link (office, act);
create trigger plan_link_update before update on plan_link
begin
    select raise(abort, 'facts are insert-only: plan_link');
end;
create trigger plan_link_delete before delete on plan_link
begin
    select raise(abort, 'facts are insert-only: plan_link');
end;

create table serves (
    office text not null,
    seq integer not null,
    act integer not null,
    file text not null,
    place text not null,
    theirs text not null,
    ours text not null,
    how text not null,
    decided_by text not null,
    note text not null,
    primary key (office, seq),
    foreign key (office, act) references act (office, no) deferrable initially deferred
) without rowid;
create index serves_by_act on serves (office, act);
create trigger serves_update before update on serves
begin
    select raise(abort, 'facts are insert-only: serves');
end;
create trigger serves_delete before delete on serves
begin
    select raise(abort, 'facts are insert-only: serves');
end;

-- migration 4: acts own ranges of facts, files are numbers

create table source (
    office text not null, no integer not null, sha text not null,
    primary key (office, no),
    unique (office, sha)
) without rowid;
create trigger source_update before update on source begin
    select raise(abort, 'facts are insert-only: source');
end;
create trigger source_delete before delete on source begin
    select raise(abort, 'facts are insert-only: source');
end;
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

alter table file rename to old;
create table file (
    office text not null, seq integer not null, file integer, place text not null,
    sha text not null, name text not null, sender text not null, received_at text not null,
    primary key (office, seq),
    unique (office, sha),
    foreign key (office, file) references source (office, no)
) without rowid;
insert into file (office, seq, file, place, sha, name, sender, received_at)
select old.office, seq, source.no, place, old.sha, name, sender, received_at
from old left join source on source.office = old.office and source.sha = old.file;
drop table old;
create trigger file_update before update on file begin
    select raise(abort, 'facts are insert-only: file');
end;
create trigger file_delete before delete on file begin
    select raise(abort, 'facts are insert-only: file');
end;

alter table setting rename to old;
create table setting (
    office text not null, seq integer not null, file integer, place text not null,
    name text not null, sha text not null, content text not null,
    primary key (office, seq),
    unique (office, name, sha),
    foreign key (office, file) references source (office, no)
) without rowid;
insert into setting (office, seq, file, place, name, sha, content)
select old.office, seq, source.no, place, name, old.sha, content
from old left join source on source.office = old.office and source.sha = old.file;
drop table old;
create trigger setting_update before update on setting begin
    select raise(abort, 'facts are insert-only: setting');
end;
create trigger setting_delete before delete on setting begin
    select raise(abort, 'facts are insert-only: setting');
end;

alter table unit rename to old;
create table unit (
    office text not null, seq integer not null, file integer, place text not null,
    unit text not null, kind text not null, retired integer not null,
    primary key (office, seq),
    foreign key (office, file) references source (office, no)
) without rowid;
insert into unit (office, seq, file, place, unit, kind, retired)
select old.office, seq, source.no, place, unit, kind, retired
from old left join source on source.office = old.office and source.sha = old.file;
drop table old;
create trigger unit_update before update on unit begin
    select raise(abort, 'facts are insert-only: unit');
end;
create trigger unit_delete before delete on unit begin
    select raise(abort, 'facts are insert-only: unit');
end;

alter table unit_name rename to old;
create table unit_name (
    office text not null, seq integer not null, file integer, place text not null,
    unit text not null, name text not null, since text, until text, rank text not null,
    primary key (office, seq),
    foreign key (office, file) references source (office, no)
) without rowid;
insert into unit_name (office, seq, file, place, unit, name, since, until, rank)
select old.office, seq, source.no, place, unit, name, since, until, rank
from old left join source on source.office = old.office and source.sha = old.file;
drop table old;
create trigger unit_name_update before update on unit_name begin
    select raise(abort, 'facts are insert-only: unit_name');
end;
create trigger unit_name_delete before delete on unit_name begin
    select raise(abort, 'facts are insert-only: unit_name');
end;

alter table unit_link rename to old;
create table unit_link (
    office text not null, seq integer not null, file integer, place text not null,
    unit text not null, successor text not null, "on" text not null, how text not null,
    primary key (office, seq),
    foreign key (office, file) references source (office, no)
) without rowid;
insert into unit_link (office, seq, file, place, unit, successor, "on", how)
select old.office, seq, source.no, place, unit, successor, "on", how
from old left join source on source.office = old.office and source.sha = old.file;
drop table old;
create trigger unit_link_update before update on unit_link begin
    select raise(abort, 'facts are insert-only: unit_link');
end;
create trigger unit_link_delete before delete on unit_link begin
    select raise(abort, 'facts are insert-only: unit_link');
end;

alter table contact rename to old;
create table contact (
    office text not null, seq integer not null, file integer, place text not null,
    unit text not null, role text not null, name text not null, phone text not null, mail text not null,
    active integer not null,
    primary key (office, seq),
    foreign key (office, file) references source (office, no)
) without rowid;
insert into contact (office, seq, file, place, unit, role, name, phone, mail, active)
select old.office, seq, source.no, place, unit, role, name, phone, mail, active
from old left join source on source.office = old.office and source.sha = old.file;
drop table old;
create trigger contact_update before update on contact begin
    select raise(abort, 'facts are insert-only: contact');
end;
create trigger contact_delete before delete on contact begin
    select raise(abort, 'facts are insert-only: contact');
end;

alter table plan_edition rename to old;
create table plan_edition (
    office text not null, seq integer not null, file integer, place text not null,
    plan text not null, edition integer not null, how text not null, title text not null,
    number text not null, issuer text not null, issued_on text, year integer not null, theme text not null,
    primary key (office, seq),
    unique (office, plan, edition),
    foreign key (office, file) references source (office, no)
) without rowid;
insert into plan_edition (office, seq, file, place, plan, edition, how, title, number, issuer, issued_on,
    year, theme)
select old.office, seq, source.no, place, plan, edition, how, title, number, issuer, issued_on, year, theme
from old left join source on source.office = old.office and source.sha = old.file;
drop table old;
create trigger plan_edition_update before update on plan_edition begin
    select raise(abort, 'facts are insert-only: plan_edition');
end;
create trigger plan_edition_delete before delete on plan_edition begin
    select raise(abort, 'facts are insert-only: plan_edition');
end;

alter table work_point rename to old;
create table work_point (
    office text not null, seq integer not null, file integer, place text not null,
    wp text not null, plan text not null,
    primary key (office, seq),
    unique (office, wp),
    foreign key (office, file) references source (office, no)
) without rowid;
insert into work_point (office, seq, file, place, wp, plan)
select old.office, seq, source.no, place, wp, plan
from old left join source on source.office = old.office and source.sha = old.file;
drop table old;
create trigger work_point_update before update on work_point begin
    select raise(abort, 'facts are insert-only: work_point');
end;
create trigger work_point_delete before delete on work_point begin
    select raise(abort, 'facts are insert-only: work_point');
end;

alter table wp_text rename to old;
create table wp_text (
    office text not null, seq integer not null, file integer, place text not null,
    wp text not null, edition integer not null, position integer not null, section text not null,
    task text not null, no text not null, requirement text not null, deadline text not null,
    mode text not null, inherited integer not null, matched_by text not null, retired integer not null,
    primary key (office, seq),
    unique (office, wp, edition),
    foreign key (office, file) references source (office, no)
) without rowid;
insert into wp_text (office, seq, file, place, wp, edition, position, section, task, no, requirement,
    deadline, mode, inherited, matched_by, retired)
select old.office, seq, source.no, place, wp, edition, position, section, task, old.no, requirement,
    deadline, mode, inherited, matched_by, retired
from old left join source on source.office = old.office and source.sha = old.file;
drop table old;
create trigger wp_text_update before update on wp_text begin
    select raise(abort, 'facts are insert-only: wp_text');
end;
create trigger wp_text_delete before delete on wp_text begin
    select raise(abort, 'facts are insert-only: wp_text');
end;

alter table assignment rename to old;
create table assignment (
    office text not null, seq integer not null, file integer, place text not null,
    wp text not null, edition integer not null, written text not null, unit text not null,
    role text not null, via text not null, part text not null, active integer not null,
    primary key (office, seq),
    foreign key (office, file) references source (office, no)
) without rowid;
insert into assignment (office, seq, file, place, wp, edition, written, unit, role, via, part, active)
select old.office, seq, source.no, place, wp, edition, written, unit, role, via, part, active
from old left join source on source.office = old.office and source.sha = old.file;
drop table old;
create trigger assignment_update before update on assignment begin
    select raise(abort, 'facts are insert-only: assignment');
end;
create trigger assignment_delete before delete on assignment begin
    select raise(abort, 'facts are insert-only: assignment');
end;

alter table member rename to old;
create table member (
    office text not null, seq integer not null, file integer, place text not null,
    plan text not null, edition integer not null, collective text not null, unit text not null,
    active integer not null,
    primary key (office, seq),
    foreign key (office, file) references source (office, no)
) without rowid;
insert into member (office, seq, file, place, plan, edition, collective, unit, active)
select old.office, seq, source.no, place, plan, edition, collective, unit, active
from old left join source on source.office = old.office and source.sha = old.file;
drop table old;
create trigger member_update before update on member begin
    select raise(abort, 'facts are insert-only: member');
end;
create trigger member_delete before delete on member begin
    select raise(abort, 'facts are insert-only: member');
end;

alter table plan_duty rename to old;
create table plan_duty (
    office text not null, seq integer not null, file integer, place text not null,
    plan text not null, edition integer not null, n integer not null, what text not null,
    addressee text not null, deadline text not null,
    primary key (office, seq),
    unique (office, plan, edition, n),
    foreign key (office, file) references source (office, no)
) without rowid;
insert into plan_duty (office, seq, file, place, plan, edition, n, what, addressee, deadline)
select old.office, seq, source.no, place, plan, edition, n, what, addressee, deadline
from old left join source on source.office = old.office and source.sha = old.file;
drop table old;
create trigger plan_duty_update before update on plan_duty begin
    select raise(abort, 'facts are insert-only: plan_duty');
end;
create trigger plan_duty_delete before delete on plan_duty begin
    select raise(abort, 'facts are insert-only: plan_duty');
end;

alter table carried rename to old;
create table carried (
    office text not null, seq integer not null, file integer, place text not null,
    from_wp text not null, to_wp text not null, how text not null, decided_by text not null,
    note text not null,
    primary key (office, seq),
    foreign key (office, file) references source (office, no)
) without rowid;
insert into carried (office, seq, file, place, from_wp, to_wp, how, decided_by, note)
select old.office, seq, source.no, place, from_wp, to_wp, how, decided_by, note
from old left join source on source.office = old.office and source.sha = old.file;
drop table old;
create trigger carried_update before update on carried begin
    select raise(abort, 'facts are insert-only: carried');
end;
create trigger carried_delete before delete on carried begin
    select raise(abort, 'facts are insert-only: carried');
end;

alter table plan_kind rename to old;
create table plan_kind (
    office text not null, seq integer not null, file integer, place text not null,
    plan text not null, kind text not null,
    primary key (office, seq),
    foreign key (office, file) references source (office, no)
) without rowid;
insert into plan_kind (office, seq, file, place, plan, kind)
select old.office, seq, source.no, place, plan, kind
from old left join source on source.office = old.office and source.sha = old.file;
drop table old;
create trigger plan_kind_update before update on plan_kind begin
    select raise(abort, 'facts are insert-only: plan_kind');
end;
create trigger plan_kind_delete before delete on plan_kind begin
    select raise(abort, 'facts are insert-only: plan_kind');
end;

alter table plan_link rename to old;
create table plan_link (
    office text not null, seq integer not null, file integer, place text not null,
    plan text not null, other text not null, how text not null,
    primary key (office, seq),
    foreign key (office, file) references source (office, no)
) without rowid;
insert into plan_link (office, seq, file, place, plan, other, how)
select old.office, seq, source.no, place, plan, other, how
from old left join source on source.office = old.office and source.sha = old.file;
drop table old;
create trigger plan_link_update before update on plan_link begin
    select raise(abort, 'facts are insert-only: plan_link');
end;
create trigger plan_link_delete before delete on plan_link begin
    select raise(abort, 'facts are insert-only: plan_link');
end;

alter table serves rename to old;
create table serves (
    office text not null, seq integer not null, file integer, place text not null,
    theirs text not null, ours text not null, how text not null, decided_by text not null,
    note text not null,
    primary key (office, seq),
    foreign key (office, file) references source (office, no)
) without rowid;
insert into serves (office, seq, file, place, theirs, ours, how, decided_by, note)
select old.office, seq, source.no, place, theirs, ours, how, decided_by, note
from old left join source on source.office = old.office and source.sha = old.file;
drop table old;
create trigger serves_update before update on serves begin
    select raise(abort, 'facts are insert-only: serves');
end;
create trigger serves_delete before delete on serves begin
    select raise(abort, 'facts are insert-only: serves');
end;

alter table round rename to old;
create table round (
    office text not null, seq integer not null, file integer, place text not null,
    round text not null, plan text not null, name text not null, opens text not null, due text not null,
    primary key (office, seq),
    foreign key (office, file) references source (office, no)
) without rowid;
insert into round (office, seq, file, place, round, plan, name, opens, due)
select old.office, seq, source.no, place, round, plan, name, opens, due
from old left join source on source.office = old.office and source.sha = old.file;
drop table old;
create trigger round_update before update on round begin
    select raise(abort, 'facts are insert-only: round');
end;
create trigger round_delete before delete on round begin
    select raise(abort, 'facts are insert-only: round');
end;

alter table form rename to old;
create table form (
    office text not null, seq integer not null, file integer, place text not null,
    form text not null, round text not null, unit text not null, base_seq integer not null,
    rows text not null, columns text not null, path text not null,
    primary key (office, seq),
    unique (office, form),
    foreign key (office, file) references source (office, no)
) without rowid;
insert into form (office, seq, file, place, form, round, unit, base_seq, rows, columns, path)
select old.office, seq, source.no, place, form, round, unit, base_seq, rows, columns, path
from old left join source on source.office = old.office and source.sha = old.file;
drop table old;
create trigger form_update before update on form begin
    select raise(abort, 'facts are insert-only: form');
end;
create trigger form_delete before delete on form begin
    select raise(abort, 'facts are insert-only: form');
end;

alter table return rename to old;
create table return (
    office text not null, seq integer not null, file integer, place text not null,
    form text not null, sha text not null, outcome text not null, reason text not null,
    balance text not null,
    primary key (office, seq),
    foreign key (office, file) references source (office, no)
) without rowid;
insert into return (office, seq, file, place, form, sha, outcome, reason, balance)
select old.office, seq, source.no, place, form, old.sha, outcome, reason, balance
from old left join source on source.office = old.office and source.sha = old.file;
drop table old;
create trigger return_update before update on return begin
    select raise(abort, 'facts are insert-only: return');
end;
create trigger return_delete before delete on return begin
    select raise(abort, 'facts are insert-only: return');
end;

alter table sheet_written rename to old;
create table sheet_written (
    office text not null, seq integer not null, file integer, place text not null,
    workbook text not null, revision integer not null, base_seq integer not null, sha text not null,
    primary key (office, seq),
    unique (office, workbook, revision),
    foreign key (office, file) references source (office, no)
) without rowid;
insert into sheet_written (office, seq, file, place, workbook, revision, base_seq, sha)
select old.office, seq, source.no, place, workbook, revision, base_seq, old.sha
from old left join source on source.office = old.office and source.sha = old.file;
drop table old;
create trigger sheet_written_update before update on sheet_written begin
    select raise(abort, 'facts are insert-only: sheet_written');
end;
create trigger sheet_written_delete before delete on sheet_written begin
    select raise(abort, 'facts are insert-only: sheet_written');
end;

alter table cell rename to old;
create table cell (
    office text not null, seq integer not null, file integer, place text not null,
    subject text not null, unit text not null, field text not null, period text not null,
    value text not null, origin text not null, base_seq integer not null,
    primary key (office, seq),
    foreign key (office, file) references source (office, no)
) without rowid;
insert into cell (office, seq, file, place, subject, unit, field, period, value, origin, base_seq)
select old.office, seq, source.no, place, subject, unit, field, period, value, origin, base_seq
from old left join source on source.office = old.office and source.sha = old.file;
drop table old;
create trigger cell_update before update on cell begin
    select raise(abort, 'facts are insert-only: cell');
end;
create trigger cell_delete before delete on cell begin
    select raise(abort, 'facts are insert-only: cell');
end;

alter table conflict rename to old;
create table conflict (
    office text not null, seq integer not null, file integer, place text not null,
    conflict text not null, subject text not null, unit text not null, field text not null,
    period text not null, base text not null, ours text not null, theirs text not null, why text not null,
    primary key (office, seq),
    unique (office, conflict),
    foreign key (office, file) references source (office, no)
) without rowid;
insert into conflict (office, seq, file, place, conflict, subject, unit, field, period, base, ours, theirs,
    why)
select old.office, seq, source.no, place, conflict, subject, unit, field, period, base, ours, theirs, why
from old left join source on source.office = old.office and source.sha = old.file;
drop table old;
create trigger conflict_update before update on conflict begin
    select raise(abort, 'facts are insert-only: conflict');
end;
create trigger conflict_delete before delete on conflict begin
    select raise(abort, 'facts are insert-only: conflict');
end;

alter table settled rename to old;
create table settled (
    office text not null, seq integer not null, file integer, place text not null,
    conflict text not null, choice text not null, value text not null,
    primary key (office, seq),
    foreign key (office, file) references source (office, no)
) without rowid;
insert into settled (office, seq, file, place, conflict, choice, value)
select old.office, seq, source.no, place, conflict, choice, value
from old left join source on source.office = old.office and source.sha = old.file;
drop table old;
create trigger settled_update before update on settled begin
    select raise(abort, 'facts are insert-only: settled');
end;
create trigger settled_delete before delete on settled begin
    select raise(abort, 'facts are insert-only: settled');
end;

alter table event rename to old;
create table event (
    office text not null, seq integer not null, file integer, place text not null,
    subject text not null, kind text not null, n integer not null, at text not null, data text not null,
    primary key (office, seq),
    foreign key (office, file) references source (office, no)
) without rowid;
insert into event (office, seq, file, place, subject, kind, n, at, data)
select old.office, seq, source.no, place, subject, kind, n, at, data
from old left join source on source.office = old.office and source.sha = old.file;
drop table old;
create trigger event_update before update on event begin
    select raise(abort, 'facts are insert-only: event');
end;
create trigger event_delete before delete on event begin
    select raise(abort, 'facts are insert-only: event');
end;

alter table document rename to old;
create table document (
    office text not null, seq integer not null, file integer, place text not null,
    document text not null, tier text not null, unit text not null, subjects text not null,
    "on" text not null, state text not null, number text not null, path text not null,
    primary key (office, seq),
    foreign key (office, file) references source (office, no)
) without rowid;
insert into document (office, seq, file, place, document, tier, unit, subjects, "on", state, number, path)
select old.office, seq, source.no, place, document, tier, unit, subjects, "on", state, number, path
from old left join source on source.office = old.office and source.sha = old.file;
drop table old;
create trigger document_update before update on document begin
    select raise(abort, 'facts are insert-only: document');
end;
create trigger document_delete before delete on document begin
    select raise(abort, 'facts are insert-only: document');
end;

alter table report_edition rename to old;
create table report_edition (
    office text not null, seq integer not null, file integer, place text not null,
    report text not null, n integer not null, plan text not null, as_of text not null,
    content text not null,
    primary key (office, seq),
    unique (office, report, n),
    foreign key (office, file) references source (office, no)
) without rowid;
insert into report_edition (office, seq, file, place, report, n, plan, as_of, content)
select old.office, seq, source.no, place, report, n, plan, as_of, content
from old left join source on source.office = old.office and source.sha = old.file;
drop table old;
create trigger report_edition_update before update on report_edition begin
    select raise(abort, 'facts are insert-only: report_edition');
end;
create trigger report_edition_delete before delete on report_edition begin
    select raise(abort, 'facts are insert-only: report_edition');
end;

alter table message rename to old;
create table message (
    office text not null, seq integer not null, file integer, place text not null,
    message text not null, key text not null, document text not null, unit text not null,
    tier text not null, treatment text not null, channel text not null, recipient text not null,
    message_id text not null, subject text not null, body text not null, attachments text not null,
    hashes text not null,
    primary key (office, seq),
    unique (office, message),
    unique (office, key),
    foreign key (office, file) references source (office, no)
) without rowid;
insert into message (office, seq, file, place, message, key, document, unit, tier, treatment, channel,
    recipient, message_id, subject, body, attachments, hashes)
select old.office, seq, source.no, place, message, key, document, unit, tier, treatment, channel, recipient,
    message_id, subject, body, attachments, hashes
from old left join source on source.office = old.office and source.sha = old.file;
drop table old;
create trigger message_update before update on message begin
    select raise(abort, 'facts are insert-only: message');
end;
create trigger message_delete before delete on message begin
    select raise(abort, 'facts are insert-only: message');
end;

alter table message_attempt rename to old;
create table message_attempt (
    office text not null, seq integer not null, file integer, place text not null,
    message text not null, n integer not null, worker text not null,
    primary key (office, seq),
    unique (office, message, n),
    foreign key (office, file) references source (office, no)
) without rowid;
insert into message_attempt (office, seq, file, place, message, n, worker)
select old.office, seq, source.no, place, message, n, worker
from old left join source on source.office = old.office and source.sha = old.file;
drop table old;
create trigger message_attempt_update before update on message_attempt begin
    select raise(abort, 'facts are insert-only: message_attempt');
end;
create trigger message_attempt_delete before delete on message_attempt begin
    select raise(abort, 'facts are insert-only: message_attempt');
end;

alter table message_outcome rename to old;
create table message_outcome (
    office text not null, seq integer not null, file integer, place text not null,
    message text not null, n integer not null, state text not null, note text not null,
    primary key (office, seq),
    foreign key (office, file) references source (office, no)
) without rowid;
insert into message_outcome (office, seq, file, place, message, n, state, note)
select old.office, seq, source.no, place, message, n, state, note
from old left join source on source.office = old.office and source.sha = old.file;
drop table old;
create trigger message_outcome_update before update on message_outcome begin
    select raise(abort, 'facts are insert-only: message_outcome');
end;
create trigger message_outcome_delete before delete on message_outcome begin
    select raise(abort, 'facts are insert-only: message_outcome');
end;

alter table slot rename to old;
create table slot (
    office text not null, seq integer not null, file integer, place text not null,
    job text not null, due text not null,
    primary key (office, seq),
    unique (office, job, due),
    foreign key (office, file) references source (office, no)
) without rowid;
insert into slot (office, seq, file, place, job, due)
select old.office, seq, source.no, place, job, due
from old left join source on source.office = old.office and source.sha = old.file;
drop table old;
create trigger slot_update before update on slot begin
    select raise(abort, 'facts are insert-only: slot');
end;
create trigger slot_delete before delete on slot begin
    select raise(abort, 'facts are insert-only: slot');
end;

alter table slot_attempt rename to old;
create table slot_attempt (
    office text not null, seq integer not null, file integer, place text not null,
    job text not null, due text not null, n integer not null, worker text not null,
    primary key (office, seq),
    unique (office, job, due, n),
    foreign key (office, file) references source (office, no)
) without rowid;
insert into slot_attempt (office, seq, file, place, job, due, n, worker)
select old.office, seq, source.no, place, job, due, n, worker
from old left join source on source.office = old.office and source.sha = old.file;
drop table old;
create trigger slot_attempt_update before update on slot_attempt begin
    select raise(abort, 'facts are insert-only: slot_attempt');
end;
create trigger slot_attempt_delete before delete on slot_attempt begin
    select raise(abort, 'facts are insert-only: slot_attempt');
end;

alter table slot_outcome rename to old;
create table slot_outcome (
    office text not null, seq integer not null, file integer, place text not null,
    job text not null, due text not null, n integer not null, state text not null, note text not null,
    primary key (office, seq),
    unique (office, job, due, n),
    foreign key (office, file) references source (office, no)
) without rowid;
insert into slot_outcome (office, seq, file, place, job, due, n, state, note)
select old.office, seq, source.no, place, job, due, n, state, note
from old left join source on source.office = old.office and source.sha = old.file;
drop table old;
create trigger slot_outcome_update before update on slot_outcome begin
    select raise(abort, 'facts are insert-only: slot_outcome');
end;
create trigger slot_outcome_delete before delete on slot_outcome begin
    select raise(abort, 'facts are insert-only: slot_outcome');
end;

drop table current;
create table current (
    office text not null, subject text not null, unit text not null, field text not null,
    period text not null, seq integer not null,
    primary key (office, subject, unit, field, period)
) without rowid;
insert into current (office, subject, unit, field, period, seq)
select office, subject, unit, field, period, max(seq)
from cell
group by office, subject, unit, field, period;

-- migration 5: a cell says what its last fact says, which is read with the facts

drop table current;
