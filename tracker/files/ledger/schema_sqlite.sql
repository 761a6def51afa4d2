-- The tables of a new ledger on SQLite, drawn by `scripts/draw_schema.py` from `tracker.facts`: not edited by hand.
--
-- Envelope of a fact: `seq`, its number in the office (its act is the one whose range it lies in); `file`, the number
-- in `source` of the file that it came from; `place`, the cell or paragraph in it.

create table act (
    office text not null, no integer not null, verb text not null, person text not null,
    recorded_at text not null, effective_on text, version text not null, settings text not null,
    first_seq integer not null, last_seq integer not null,
    primary key (office, no),
    unique (office, first_seq),
    unique (office, last_seq),
    check (first_seq <= last_seq)
) without rowid;
create trigger act_update before update on act begin
    select raise(abort, 'facts are insert-only: act');
end;
create trigger act_delete before delete on act begin
    select raise(abort, 'facts are insert-only: act');
end;

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

create table file (
    office text not null, seq integer not null, file integer, place text not null,
    sha text not null, name text not null, sender text not null, received_at text not null,
    primary key (office, seq),
    unique (office, sha),
    foreign key (office, file) references source (office, no)
) without rowid;
create trigger file_update before update on file begin
    select raise(abort, 'facts are insert-only: file');
end;
create trigger file_delete before delete on file begin
    select raise(abort, 'facts are insert-only: file');
end;

create table setting (
    office text not null, seq integer not null, file integer, place text not null,
    name text not null, sha text not null, content text not null,
    primary key (office, seq),
    unique (office, name, sha),
    foreign key (office, file) references source (office, no)
) without rowid;
create trigger setting_update before update on setting begin
    select raise(abort, 'facts are insert-only: setting');
end;
create trigger setting_delete before delete on setting begin
    select raise(abort, 'facts are insert-only: setting');
end;

create table unit (
    office text not null, seq integer not null, file integer, place text not null,
    unit text not null, kind text not null, retired integer not null,
    primary key (office, seq),
    foreign key (office, file) references source (office, no)
) without rowid;
create trigger unit_update before update on unit begin
    select raise(abort, 'facts are insert-only: unit');
end;
create trigger unit_delete before delete on unit begin
    select raise(abort, 'facts are insert-only: unit');
end;

create table unit_name (
    office text not null, seq integer not null, file integer, place text not null,
    unit text not null, name text not null, since text, until text, rank text not null,
    primary key (office, seq),
    foreign key (office, file) references source (office, no)
) without rowid;
create trigger unit_name_update before update on unit_name begin
    select raise(abort, 'facts are insert-only: unit_name');
end;
create trigger unit_name_delete before delete on unit_name begin
    select raise(abort, 'facts are insert-only: unit_name');
end;

create table unit_link (
    office text not null, seq integer not null, file integer, place text not null,
    unit text not null, successor text not null, "on" text not null, how text not null,
    primary key (office, seq),
    foreign key (office, file) references source (office, no)
) without rowid;
create trigger unit_link_update before update on unit_link begin
    select raise(abort, 'facts are insert-only: unit_link');
end;
create trigger unit_link_delete before delete on unit_link begin
    select raise(abort, 'facts are insert-only: unit_link');
end;

create table contact (
    office text not null, seq integer not null, file integer, place text not null,
    unit text not null, role text not null, name text not null, phone text not null, mail text not null,
    active integer not null,
    primary key (office, seq),
    foreign key (office, file) references source (office, no)
) without rowid;
create trigger contact_update before update on contact begin
    select raise(abort, 'facts are insert-only: contact');
end;
create trigger contact_delete before delete on contact begin
    select raise(abort, 'facts are insert-only: contact');
end;

create table plan_edition (
    office text not null, seq integer not null, file integer, place text not null,
    plan text not null, edition integer not null, how text not null, title text not null,
    number text not null, issuer text not null, issued_on text, year integer not null, theme text not null,
    primary key (office, seq),
    unique (office, plan, edition),
    foreign key (office, file) references source (office, no)
) without rowid;
create trigger plan_edition_update before update on plan_edition begin
    select raise(abort, 'facts are insert-only: plan_edition');
end;
create trigger plan_edition_delete before delete on plan_edition begin
    select raise(abort, 'facts are insert-only: plan_edition');
end;

create table work_point (
    office text not null, seq integer not null, file integer, place text not null,
    wp text not null, plan text not null,
    primary key (office, seq),
    unique (office, wp),
    foreign key (office, file) references source (office, no)
) without rowid;
create trigger work_point_update before update on work_point begin
    select raise(abort, 'facts are insert-only: work_point');
end;
create trigger work_point_delete before delete on work_point begin
    select raise(abort, 'facts are insert-only: work_point');
end;

create table wp_text (
    office text not null, seq integer not null, file integer, place text not null,
    wp text not null, edition integer not null, position integer not null, section text not null,
    task text not null, no text not null, requirement text not null, deadline text not null,
    mode text not null, inherited integer not null, matched_by text not null, retired integer not null,
    primary key (office, seq),
    unique (office, wp, edition),
    foreign key (office, file) references source (office, no)
) without rowid;
create trigger wp_text_update before update on wp_text begin
    select raise(abort, 'facts are insert-only: wp_text');
end;
create trigger wp_text_delete before delete on wp_text begin
    select raise(abort, 'facts are insert-only: wp_text');
end;

create table assignment (
    office text not null, seq integer not null, file integer, place text not null,
    wp text not null, edition integer not null, written text not null, unit text not null,
    role text not null, via text not null, part text not null, active integer not null,
    primary key (office, seq),
    foreign key (office, file) references source (office, no)
) without rowid;
create trigger assignment_update before update on assignment begin
    select raise(abort, 'facts are insert-only: assignment');
end;
create trigger assignment_delete before delete on assignment begin
    select raise(abort, 'facts are insert-only: assignment');
end;

create table member (
    office text not null, seq integer not null, file integer, place text not null,
    plan text not null, edition integer not null, collective text not null, unit text not null,
    active integer not null,
    primary key (office, seq),
    foreign key (office, file) references source (office, no)
) without rowid;
create trigger member_update before update on member begin
    select raise(abort, 'facts are insert-only: member');
end;
create trigger member_delete before delete on member begin
    select raise(abort, 'facts are insert-only: member');
end;

create table plan_duty (
    office text not null, seq integer not null, file integer, place text not null,
    plan text not null, edition integer not null, n integer not null, what text not null,
    addressee text not null, deadline text not null,
    primary key (office, seq),
    unique (office, plan, edition, n),
    foreign key (office, file) references source (office, no)
) without rowid;
create trigger plan_duty_update before update on plan_duty begin
    select raise(abort, 'facts are insert-only: plan_duty');
end;
create trigger plan_duty_delete before delete on plan_duty begin
    select raise(abort, 'facts are insert-only: plan_duty');
end;

create table carried (
    office text not null, seq integer not null, file integer, place text not null,
    from_wp text not null, to_wp text not null, how text not null, decided_by text not null,
    note text not null,
    primary key (office, seq),
    foreign key (office, file) references source (office, no)
) without rowid;
create trigger carried_update before update on carried begin
    select raise(abort, 'facts are insert-only: carried');
end;
create trigger carried_delete before delete on carried begin
    select raise(abort, 'facts are insert-only: carried');
end;

create table plan_kind (
    office text not null, seq integer not null, file integer, place text not null,
    plan text not null, kind text not null,
    primary key (office, seq),
    foreign key (office, file) references source (office, no)
) without rowid;
create trigger plan_kind_update before update on plan_kind begin
    select raise(abort, 'facts are insert-only: plan_kind');
end;
create trigger plan_kind_delete before delete on plan_kind begin
    select raise(abort, 'facts are insert-only: plan_kind');
end;

create table plan_link (
    office text not null, seq integer not null, file integer, place text not null,
    plan text not null, other text not null, how text not null,
    primary key (office, seq),
    foreign key (office, file) references source (office, no)
) without rowid;
create trigger plan_link_update before update on plan_link begin
    select raise(abort, 'facts are insert-only: plan_link');
end;
create trigger plan_link_delete before delete on plan_link begin
    select raise(abort, 'facts are insert-only: plan_link');
end;

create table serves (
    office text not null, seq integer not null, file integer, place text not null,
    theirs text not null, ours text not null, how text not null, decided_by text not null,
    note text not null,
    primary key (office, seq),
    foreign key (office, file) references source (office, no)
) without rowid;
create trigger serves_update before update on serves begin
    select raise(abort, 'facts are insert-only: serves');
end;
create trigger serves_delete before delete on serves begin
    select raise(abort, 'facts are insert-only: serves');
end;

create table round (
    office text not null, seq integer not null, file integer, place text not null,
    round text not null, plan text not null, name text not null, opens text not null, due text not null,
    primary key (office, seq),
    foreign key (office, file) references source (office, no)
) without rowid;
create trigger round_update before update on round begin
    select raise(abort, 'facts are insert-only: round');
end;
create trigger round_delete before delete on round begin
    select raise(abort, 'facts are insert-only: round');
end;

create table form (
    office text not null, seq integer not null, file integer, place text not null,
    form text not null, round text not null, unit text not null, base_seq integer not null,
    rows text not null, columns text not null, path text not null,
    primary key (office, seq),
    unique (office, form),
    foreign key (office, file) references source (office, no)
) without rowid;
create trigger form_update before update on form begin
    select raise(abort, 'facts are insert-only: form');
end;
create trigger form_delete before delete on form begin
    select raise(abort, 'facts are insert-only: form');
end;

create table return (
    office text not null, seq integer not null, file integer, place text not null,
    form text not null, sha text not null, outcome text not null, reason text not null,
    balance text not null,
    primary key (office, seq),
    foreign key (office, file) references source (office, no)
) without rowid;
create trigger return_update before update on return begin
    select raise(abort, 'facts are insert-only: return');
end;
create trigger return_delete before delete on return begin
    select raise(abort, 'facts are insert-only: return');
end;

create table sheet_written (
    office text not null, seq integer not null, file integer, place text not null,
    workbook text not null, revision integer not null, base_seq integer not null, sha text not null,
    primary key (office, seq),
    unique (office, workbook, revision),
    foreign key (office, file) references source (office, no)
) without rowid;
create trigger sheet_written_update before update on sheet_written begin
    select raise(abort, 'facts are insert-only: sheet_written');
end;
create trigger sheet_written_delete before delete on sheet_written begin
    select raise(abort, 'facts are insert-only: sheet_written');
end;

create table cell (
    office text not null, seq integer not null, file integer, place text not null,
    subject text not null, unit text not null, field text not null, period text not null,
    value text not null, origin text not null, base_seq integer not null,
    primary key (office, seq),
    foreign key (office, file) references source (office, no)
) without rowid;
create trigger cell_update before update on cell begin
    select raise(abort, 'facts are insert-only: cell');
end;
create trigger cell_delete before delete on cell begin
    select raise(abort, 'facts are insert-only: cell');
end;

create table conflict (
    office text not null, seq integer not null, file integer, place text not null,
    conflict text not null, subject text not null, unit text not null, field text not null,
    period text not null, base text not null, ours text not null, theirs text not null, why text not null,
    primary key (office, seq),
    unique (office, conflict),
    foreign key (office, file) references source (office, no)
) without rowid;
create trigger conflict_update before update on conflict begin
    select raise(abort, 'facts are insert-only: conflict');
end;
create trigger conflict_delete before delete on conflict begin
    select raise(abort, 'facts are insert-only: conflict');
end;

create table settled (
    office text not null, seq integer not null, file integer, place text not null,
    conflict text not null, choice text not null, value text not null,
    primary key (office, seq),
    foreign key (office, file) references source (office, no)
) without rowid;
create trigger settled_update before update on settled begin
    select raise(abort, 'facts are insert-only: settled');
end;
create trigger settled_delete before delete on settled begin
    select raise(abort, 'facts are insert-only: settled');
end;

create table event (
    office text not null, seq integer not null, file integer, place text not null,
    subject text not null, kind text not null, n integer not null, at text not null, data text not null,
    primary key (office, seq),
    foreign key (office, file) references source (office, no)
) without rowid;
create trigger event_update before update on event begin
    select raise(abort, 'facts are insert-only: event');
end;
create trigger event_delete before delete on event begin
    select raise(abort, 'facts are insert-only: event');
end;

create table document (
    office text not null, seq integer not null, file integer, place text not null,
    document text not null, tier text not null, unit text not null, subjects text not null,
    "on" text not null, state text not null, number text not null, path text not null,
    primary key (office, seq),
    foreign key (office, file) references source (office, no)
) without rowid;
create trigger document_update before update on document begin
    select raise(abort, 'facts are insert-only: document');
end;
create trigger document_delete before delete on document begin
    select raise(abort, 'facts are insert-only: document');
end;

create table report_edition (
    office text not null, seq integer not null, file integer, place text not null,
    report text not null, n integer not null, plan text not null, as_of text not null,
    content text not null,
    primary key (office, seq),
    unique (office, report, n),
    foreign key (office, file) references source (office, no)
) without rowid;
create trigger report_edition_update before update on report_edition begin
    select raise(abort, 'facts are insert-only: report_edition');
end;
create trigger report_edition_delete before delete on report_edition begin
    select raise(abort, 'facts are insert-only: report_edition');
end;

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
create trigger message_update before update on message begin
    select raise(abort, 'facts are insert-only: message');
end;
create trigger message_delete before delete on message begin
    select raise(abort, 'facts are insert-only: message');
end;

create table message_attempt (
    office text not null, seq integer not null, file integer, place text not null,
    message text not null, n integer not null, worker text not null,
    primary key (office, seq),
    unique (office, message, n),
    foreign key (office, file) references source (office, no)
) without rowid;
create trigger message_attempt_update before update on message_attempt begin
    select raise(abort, 'facts are insert-only: message_attempt');
end;
create trigger message_attempt_delete before delete on message_attempt begin
    select raise(abort, 'facts are insert-only: message_attempt');
end;

create table message_outcome (
    office text not null, seq integer not null, file integer, place text not null,
    message text not null, n integer not null, state text not null, note text not null,
    primary key (office, seq),
    foreign key (office, file) references source (office, no)
) without rowid;
create trigger message_outcome_update before update on message_outcome begin
    select raise(abort, 'facts are insert-only: message_outcome');
end;
create trigger message_outcome_delete before delete on message_outcome begin
    select raise(abort, 'facts are insert-only: message_outcome');
end;

create table slot (
    office text not null, seq integer not null, file integer, place text not null,
    job text not null, due text not null,
    primary key (office, seq),
    unique (office, job, due),
    foreign key (office, file) references source (office, no)
) without rowid;
create trigger slot_update before update on slot begin
    select raise(abort, 'facts are insert-only: slot');
end;
create trigger slot_delete before delete on slot begin
    select raise(abort, 'facts are insert-only: slot');
end;

create table slot_attempt (
    office text not null, seq integer not null, file integer, place text not null,
    job text not null, due text not null, n integer not null, worker text not null,
    primary key (office, seq),
    unique (office, job, due, n),
    foreign key (office, file) references source (office, no)
) without rowid;
create trigger slot_attempt_update before update on slot_attempt begin
    select raise(abort, 'facts are insert-only: slot_attempt');
end;
create trigger slot_attempt_delete before delete on slot_attempt begin
    select raise(abort, 'facts are insert-only: slot_attempt');
end;

create table slot_outcome (
    office text not null, seq integer not null, file integer, place text not null,
    job text not null, due text not null, n integer not null, state text not null, note text not null,
    primary key (office, seq),
    unique (office, job, due, n),
    foreign key (office, file) references source (office, no)
) without rowid;
create trigger slot_outcome_update before update on slot_outcome begin
    select raise(abort, 'facts are insert-only: slot_outcome');
end;
create trigger slot_outcome_delete before delete on slot_outcome begin
    select raise(abort, 'facts are insert-only: slot_outcome');
end;
