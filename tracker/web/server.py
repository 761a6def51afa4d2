"""One run of the page: a port of this PC's own, a browser that is shown it, and an end when nobody looks any more.

It ends when for `IDLE_SECONDS` no page was looked at (each asks `/beat` now and then; a browser lets a page in the
background do so once a minute) and no job runs. A job that runs outlives even a page that is killed.

The routes: what is asked of the page, and what it answers.

    /enter/TOKEN     lets a browser in, once
    /                the first page; /plans, /forms … the others (`views.MENU`)
    /do/ACT          POST: start what a button stands for (`jobs.BUTTONS`), then back to its page
    /drop/PAGE       POST: files that come in, put where they belong; what follows is started at once
    /stop/N          POST: stop a job
    /open            POST: show a file or folder in the PC's own program
    /jobs            how the job that runs is getting on, for the script of the page
    /beat            a page is still looked at

Every request passes `safety.Gate` first. Whatever is refused is said in one sentence on a page of its own, or on top of
the page that it belongs to.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import threading
import time
import webbrowser
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from flask import (
    Flask,
    Response,
    abort,
    make_response,
    redirect,
    render_template,
    request,
    send_from_directory,
)
from waitress import create_server
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

from tracker.files.folders import find_office
from tracker.files.guard import FILE_BYTES, MEGABYTE
from tracker.files.programs import open_with_system
from tracker.files.templates import shipped_path
from tracker.problems.base import TrackerError
from tracker.problems.office import (
    FilesWait,
    ForeignRequest,
    JobRunning,
    NoFileChosen,
    NoOffice,
    NoProgramForIt,
    NoSuchPage,
    UploadTooLarge,
)
from tracker.steps.call import CHINA, Call, Result
from tracker.steps.desk import open_desk
from tracker.steps.status import status
from tracker.web import views
from tracker.web.jobs import BUTTONS, JobState, JobView, Workshop, order_of
from tracker.web.safety import HEADERS, HOST, Gate, document_inside, safe_upload

TOTAL_LIMIT = 256 * MEGABYTE
FILE_COUNT = 2000
# For so long a page may show what was so a moment ago, in seconds; a job that ends makes it anew.
_FRESH = 10.0
# What was done longer ago is no news any more, in seconds.
_STALE = 16 * 3600
# What follows when files came in.
_AFTER = {"plans": "read", "returns": "take-back", "fill": "fill"}


class FreshStatus:
    """What `tracker status` says, asked again when something was done or some seconds have passed."""

    def __init__(self, call: Callable[[], Call], workshop: Workshop) -> None:
        self._call, self._workshop = call, workshop
        self._lock = threading.Lock()
        self._key: tuple[object, ...] = ()
        self._data: dict[str, Any] = {}

    def read(self) -> dict[str, Any]:
        """The state; `NoOffice` where there is none yet."""
        with self._lock:
            over = sum(not view.is_running for view in self._workshop.views())
            key = (over, int(time.monotonic() / _FRESH))
            if key != self._key or not self._data:
                # To look changes nothing: what was missed is made up for by what a person does.
                self._data = dict(status(replace(self._call(), dry_run=True), is_for_machines=True).data)
                self._key = key
            return self._data


def make_app(call: Callable[[], Call], gate: Gate, workshop: Workshop, heard: Callable[[], None]) -> Flask:
    """The page of an office.

    Args:
        call: The clock, the person and the folder, asked anew for every request.
        gate: Who is let in.
        workshop: The jobs.
        heard: Told of every request that was let in.
    """
    app = Flask(
        __name__,
        static_folder=None,
        template_folder=str(shipped_path("templates", "desk")),
        root_path=str(Path(__file__).parent),
    )
    app.config.update(
        MAX_CONTENT_LENGTH=TOTAL_LIMIT, MAX_FORM_PARTS=FILE_COUNT, MAX_FORM_MEMORY_SIZE=4 * MEGABYTE
    )
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    state = FreshStatus(call, workshop)

    def root() -> Path:
        try:
            return find_office(call().start).root
        except NoOffice:
            return call().start

    @app.before_request
    def check() -> None:
        headers = request.headers
        if not gate.is_own(
            request.method, headers.get("Host", ""), headers.get("Origin"), headers.get("Sec-Fetch-Site")
        ):
            raise ForeignRequest
        if request.endpoint != "enter" and not gate.is_known(request.cookies.get(gate.cookie)):
            raise ForeignRequest
        heard()

    @app.after_request
    def protect(response: Response) -> Response:
        response.headers.update(HEADERS)
        return response

    def refusal(problem: TrackerError, code: int) -> tuple[str, int]:
        """A refusal on a page of its own; the menu is for whoever was let in."""
        menu = {} if isinstance(problem, ForeignRequest) else views.MENU
        line = next(views.lines_of([str(problem)]))
        button = BUTTONS.get(request.path.removeprefix("/do/"))
        back = button.page if button else ""  # to where it was pressed
        return render_template("refused.html", line=line, menu=menu, page=None, back=back), code

    @app.errorhandler(TrackerError)
    def refuse(problem: TrackerError) -> tuple[str, int]:
        codes = {ForeignRequest: 403, NoSuchPage: 404, UploadTooLarge: 413}
        return refusal(problem, codes.get(type(problem), 409))

    @app.errorhandler(RequestEntityTooLarge)
    def refuse_size(_: RequestEntityTooLarge) -> tuple[str, int]:
        return refusal(too_large(request.path.rpartition("/")[2]), 413)

    @app.errorhandler(HTTPException)
    def refuse_address(problem: HTTPException) -> tuple[str, int]:
        return refusal(NoSuchPage(), problem.code or 404)

    @app.get("/enter/<token>")
    def enter(token: str) -> Any:
        if not gate.enter(token):
            raise ForeignRequest
        response = make_response(redirect("/"))
        response.set_cookie(gate.cookie, gate.secret, httponly=True, samesite="Strict")
        return response

    @app.get("/desk.css")
    @app.get("/desk.js")
    @app.get("/desk.svg")
    def asset() -> Any:
        return send_from_directory(shipped_path("templates", "desk"), request.path[1:])

    def latest(*acts: str, **about: Any) -> JobView | None:
        return workshop.latest(*acts, **about)

    pages: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
        "": lambda now: views.home(root(), now),
        "plans": lambda now: views.plans(
            root(), now, latest("read", "proof"), latest("try-record", "record")
        ),
        "forms": lambda now: views.forms(root(), now, call().today),
        "returns": lambda now: views.returns(root(), now, latest("take-back")),
        "questions": lambda now: views.questions(root(), now),
        "ledger": lambda now: views.ledger(root(), now),
        "chase": lambda now: views.chase(root(), now, latest("sign", "withdraw", "send", "message")),
        "check": lambda now: views.check(root(), latest("check")),
        "score": lambda now: views.score(root(), latest("score", "issue")),
        "report": lambda now: views.report(root(), now, latest("report", "why")),
        "fill": lambda now: views.fill(root(), now, latest("fill")),
        "settings": lambda now: views.settings(root(), now),
    }

    @app.get("/")
    @app.get("/<page>")
    def show(page: str = "") -> Any:
        if page not in pages:
            raise NoSuchPage
        common = {"menu": views.MENU, "page": page, "job": shown_job(page), "root": root()}
        try:
            now = state.read()
        except NoOffice:
            return render_template(
                "first.html",
                **{**common, "menu": {}, "page": "first", "job": shown_job("")},
                year=call().today.year,
                others=sum(not path.name.startswith(".") for path in root().iterdir()),
            )
        except TrackerError as problem:
            if page != "settings":
                raise
            # What is wrong may stand in a workbook that is opened from here.
            now = {"office": ""}
            common["job"] = {"state": "refused", "title": "读设置", "lines": views.lines_of([str(problem)])}
        values = pages[page](now)
        return render_template(f"{page or 'home'}.html", office=now["office"], state=now, **common, **values)

    def shown_job(page: str) -> dict[str, Any] | None:
        """The job that runs, or the last of this page; of 今日 and of an earlier day only what is news."""
        past = workshop.views() if page else workshop.views()[:1]
        job = workshop.job_now() or next((view for view in past if view.order.page == page), None)
        if job is None or (not job.is_running and time.monotonic() - job.end > _STALE):
            return None
        return job_values(job, page)

    def job_values(job: JobView, page: str) -> dict[str, Any]:
        lines = list(views.lines_of(job.lines))
        return {
            "number": job.number,
            "act": job.order.act,
            "subject": job.order.subject,
            "title": job.order.title,
            "state": job.state.value,
            "seconds": job.seconds,
            "page": job.order.page if job.order.page in pages else "",
            "lines": lines,
            "ways": views.ways_from(lines, page) if job.number == workshop.views()[0].number else {},
            # The page itself shows these as tables; what is not the last that was done is folded up.
            "is_folded": job.state is JobState.DONE
            and (job.order.act in ("read", "take-back") or job.number != workshop.views()[0].number),
        }

    @app.post("/do/<act>")
    def do(act: str) -> Any:
        if act not in BUTTONS:
            abort(404)
        order = order_of(act, root(), request.form.to_dict(flat=False))
        workshop.start(order, root(), request.form.get("secret", "").strip())
        return back_to(order.page)

    def back_to(page: str) -> Any:
        return redirect(f"/{page if page in pages else ''}", code=303)

    def too_large(page: str) -> UploadTooLarge:
        folder = views.DROPS.get(page, "各单位报送")
        return UploadTooLarge(file=FILE_BYTES // MEGABYTE, total=TOTAL_LIMIT // MEGABYTE, folder=folder)

    @app.post("/drop/<page>")
    def drop(page: str) -> Any:
        if page not in views.DROPS:
            abort(404)
        folder = root() / views.DROPS[page]
        uploads = [upload for upload in request.files.getlist("file") if upload.filename]
        if not uploads:
            raise NoFileChosen
        sizes = []
        for upload in uploads:
            sizes.append(upload.stream.seek(0, 2))
            upload.stream.seek(0)
        if max(sizes) > FILE_BYTES:
            raise too_large(page)
        names = request.form.getlist("name")
        targets = []
        for n, upload in enumerate(uploads):
            # A folder that is dropped tells where each file lay in it.
            name = names[n] if n < len(names) and names[n] else upload.filename or ""
            target = safe_upload(folder, name)
            target.parent.mkdir(parents=True, exist_ok=True)
            with target.open("xb") as file:
                upload.save(file)
            targets.append(target.relative_to(root()).as_posix())
        try:
            workshop.start(order_of(_AFTER[page], root(), {"file": targets[:1]}), root())
        except JobRunning as problem:
            title, place = problem.facts["title"], views.DROPS[page]
            raise FilesWait(count=len(targets), folder=place, title=title) from None
        return back_to(page)

    @app.post("/stop/<int:number>")
    def stop(number: int) -> Any:
        workshop.stop(number)
        return back_to(request.form.get("page", ""))

    @app.post("/open")
    def show_file() -> Any:
        path = document_inside(root(), request.form.get("path", ""))
        try:
            open_with_system(path)
        except OSError:
            raise NoProgramForIt(name=path.name) from None
        page = request.form.get("page", "")
        return Response(status=204) if request.headers.get("X-Script") else back_to(page)

    @app.get("/jobs")
    def jobs() -> Any:
        job = workshop.job_now()
        if job is None:
            return {"state": JobState.DONE.value}
        return {
            "state": job.state.value,
            "number": job.number,
            "seconds": job.seconds,
            "last": job.lines[-1] if job.lines else "",
        }

    @app.get("/beat")
    def beat() -> Any:
        return Response(status=204)

    return app


IDLE_SECONDS = 600.0
_STEP = 1.0


def serve(
    call: Call,
    *,
    moment: tuple[str, ...] = (),
    is_shown: bool = True,
    tell: Callable[[str], None] = print,
    idle: float = IDLE_SECONDS,
) -> Result:
    """Serve the page of the office that the call stands in, or of a folder that is to become one.

    Args:
        call: The person and the folder; its clock where `moment` says so.
        moment: `--now` and the moment, typed after every verb; empty for the clock of the PC.
        is_shown: Whether to open the PC's browser.
        tell: Says where it is.
        idle: After how many seconds without anybody it ends.
    """

    def now() -> Call:
        return call if moment else replace(call, now=dt.datetime.now(CHINA))

    _back_up(call)
    last = time.monotonic()

    def note_visit() -> None:
        nonlocal last
        last = time.monotonic()

    workshop = Workshop(moment)
    app_of: dict[str, object] = {}

    def application(environ: dict[str, object], start: Callable[..., object]) -> object:
        return app_of["app"](environ, start)  # type: ignore[operator]

    server = create_server(
        application, host=HOST, port=0, threads=6, max_request_body_size=TOTAL_LIMIT + MEGABYTE, ident=None
    )
    gate = Gate(int(server.effective_port))
    app_of["app"] = make_app(now, gate, workshop, note_visit)
    page = threading.Thread(target=server.run, name="page", daemon=True)
    page.start()
    address = f"{gate.origin}/enter/{gate.token}"
    if is_shown:
        webbrowser.open(address)
        tell("工作台已在浏览器里打开。办完关掉网页就可以，这个窗口过一会儿会自己结束。")
    else:
        tell(f"请在本机浏览器里打开（只能用一次）：{address}")
    while time.monotonic() - last < idle or workshop.job_now() is not None:
        time.sleep(min(_STEP, idle))
    # Closed by the thread that waits on its sockets: taken from under it they are an error there, now and then.
    server.trigger.pull_trigger(server.close)
    page.join(_STEP)
    return Result(("工作台已结束：有一会儿没有人看了。需要时再打开。",), {"port": gate.port})


def _back_up(call: Call) -> None:
    """Keep the day's copy of the ledger: an office without the scheduler has no other."""
    # A folder that is no office yet, or whose settings are spoiled: the page says what to do.
    with contextlib.suppress(TrackerError, OSError), open_desk(call) as desk:
        desk.back_up()
